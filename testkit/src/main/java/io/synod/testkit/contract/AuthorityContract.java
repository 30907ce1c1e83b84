package io.synod.testkit.contract;

import static io.synod.testkit.contract.LayerWorld.N1;
import static io.synod.testkit.contract.LayerWorld.N2;
import static io.synod.testkit.contract.LayerWorld.N3;
import static io.synod.testkit.contract.LayerWorld.N4;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Eras;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.model.Reconfigure;
import io.synod.api.model.Value;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.api.reconfig.Authority;
import io.synod.api.storage.DurableRecord;
import io.synod.testkit.sim.Variants;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Authority} over configurations must keep, the option of the slot
 * {@code synod.reconfig}: eras are made by a compare-and-set in the decided prefix, what is known
 * to be active never falls, and all of it comes back from records and snapshots. A plugin's test
 * extends it and gives the plugin. An authority persists nothing: whoever tells it a fact does.
 */
public abstract class AuthorityContract {
  private static final int SEEDS = 50;
  private static final int STEPS = 30;
  private static final Era ONE = new Era(1);
  private static final Era TWO = new Era(2);

  private LayerNode node;
  private Configuration founders;
  private Configuration later;
  private Configuration latest;

  /** The plugin under test. */
  protected abstract Plugins.Reconfig plugin();

  /** Settings that it works with. */
  protected Settings settings() {
    return Settings.DEFAULTS;
  }

  @BeforeEach
  void compose() {
    LayerWorld<LayerNode> world = world();
    node = world.node(N1);
    founders = world.founders();
    later = world.members(N1, N2, N4);
    latest = world.members(N2, N4);
  }

  @AfterEach
  void persistsNothing() {
    assertThat(node.journal()).isEmpty();
  }

  private LayerWorld<LayerNode> world() {
    return new LayerWorld<>(
        new Variants().fall().with(settings()).with(plugin()), 3, 2, LayerNode::new);
  }

  private Authority fresh() {
    return world().node(N1).authority();
  }

  private static Value change(Era expected, Configuration next) {
    return new Reconfigure(expected, next).encode();
  }

  private static DurableRecord.Checkpoint checkpoint(Eras eras) {
    return new DurableRecord.Checkpoint(
        1, true, Map.of(), Ballot.BOTTOM, Optional.empty(), InstanceId.FIRST, InstanceId.FIRST,
        Era.ZERO, eras, Ballot.BOTTOM, InstanceId.NONE, List.of());
  }

  @Test
  void itBeginsWithTheFoundersInEraZero() {
    Authority authority = node.authority();
    assertThat(authority.active()).isEqualTo(Era.ZERO);
    assertThat(authority.made()).isEqualTo(Era.ZERO);
    assertThat(authority.configuration(Era.ZERO)).isEqualTo(founders);
    assertThat(authority.audience()).isEqualTo(List.of(N1, N2, N3));
    assertThat(authority.eras()).isEqualTo(Eras.founding(founders));
  }

  @Test
  void anUnknownEraIsRefusedByNumber() {
    assertThat(node.authority().known(new Era(7))).isEmpty();
    assertThatThrownBy(() -> node.authority().configuration(new Era(7)))
        .isInstanceOf(RuntimeException.class).hasMessageContaining("7");
  }

  /** Compare-and-set: the first one that expects the era made last, and no other. */
  @Test
  void anEraIsMadeByTheFirstReconfigureThatExpectsTheOneBefore() {
    Authority authority = node.authority();
    assertThat(authority.decided(change(ONE, latest))).as("not made yet").isFalse();
    assertThat(authority.decided(Value.SKIP)).isFalse();
    assertThat(authority.decided(RegisterContract.value(1))).isFalse();
    assertThat(authority.made()).isEqualTo(Era.ZERO);
    assertThat(authority.decided(change(Era.ZERO, later))).isTrue();
    assertThat(authority.decided(change(Era.ZERO, latest))).as("stale").isFalse();
    assertThat(authority.made()).isEqualTo(ONE);
    assertThat(authority.configuration(ONE)).isEqualTo(later);
    assertThat(authority.decided(change(ONE, latest))).isTrue();
    assertThat(authority.configuration(TWO)).isEqualTo(latest);
  }

  @Test
  void anEraMadeIsActiveOnlyWhenToldSoAndThenForEver() {
    Authority authority = node.authority();
    authority.decided(change(Era.ZERO, later));
    assertThat(authority.active()).isEqualTo(Era.ZERO);
    assertThat(authority.activate(ONE, later)).as("news").isTrue();
    assertThat(authority.activate(ONE, later)).as("no news").isFalse();
    assertThat(authority.activate(Era.ZERO, founders)).as("older").isFalse();
    assertThat(authority.active()).isEqualTo(ONE);
  }

  @Test
  void anEraMayBeActiveBeforeThePrefixKnownHereHasMadeIt() {
    Authority authority = node.authority();
    assertThat(authority.activate(TWO, latest)).isTrue();
    assertThat(authority.made()).isEqualTo(Era.ZERO);
    assertThat(authority.configuration(TWO)).isEqualTo(latest);
    assertThat(authority.decided(change(Era.ZERO, later))).isTrue();
    assertThat(authority.decided(change(ONE, latest))).isTrue();
    assertThat(authority.made()).isEqualTo(TWO);
    assertThat(authority.active()).isEqualTo(TWO);
  }

  @Test
  void whatOthersShowIsKnownButNeitherMadeNorActive() {
    Authority authority = node.authority();
    authority.learn(ONE, later);
    assertThat(authority.known(ONE)).contains(later);
    assertThat(authority.made()).isEqualTo(Era.ZERO);
    assertThat(authority.active()).isEqualTo(Era.ZERO);
  }

  @Test
  void toldOfDecisionsAreTheMembersOfTheActiveEraAndOfLaterOnes() {
    Authority authority = node.authority();
    authority.decided(change(Era.ZERO, later));
    authority.decided(change(ONE, latest));
    assertThat(authority.audience()).isEqualTo(List.of(N1, N2, N3, N4));
    authority.activate(ONE, later);
    assertThat(authority.audience()).as("n3 has left").isEqualTo(List.of(N1, N2, N4));
    authority.activate(TWO, latest);
    assertThat(authority.audience()).isEqualTo(List.of(N2, N4));
  }

  @Test
  void recordsBringBackWhatTheyTellAndNoMore() {
    Authority authority = node.authority();
    authority.recover(new DurableRecord.Booted(4));
    authority.recover(new DurableRecord.DecidedUpTo(InstanceId.of(9)));
    assertThat(authority.eras()).isEqualTo(Eras.founding(founders));
    authority.recover(new DurableRecord.StoredOneC(
        new OneC(new Ballot(1, N2, 0), ONE, later, InstanceId.FIRST, List.of())));
    assertThat(authority.configuration(ONE)).isEqualTo(later);
    assertThat(authority.active()).isEqualTo(Era.ZERO);
    authority.recover(new DurableRecord.Activated(ONE, later));
    assertThat(authority.active()).isEqualTo(ONE);
    assertThat(authority.made()).as("the log is replayed elsewhere").isEqualTo(Era.ZERO);
    authority.recover(checkpoint(Eras.founding(founders)));
    assertThat(authority.active()).as("it never falls").isEqualTo(ONE);
  }

  @Test
  void aSnapshotSaysWhatWasMadeAndTheLogGoesOnThere() {
    Authority authority = node.authority();
    authority.restore(new Eras(ONE, TWO, Map.of(ONE, later, TWO, latest)));
    assertThat(authority.made()).isEqualTo(TWO);
    assertThat(authority.configuration(TWO)).isEqualTo(latest);
    assertThat(authority.active()).isEqualTo(Era.ZERO);
    assertThat(authority.decided(change(ONE, founders))).isFalse();
    authority.restore(new Eras(Era.ZERO, ONE, Map.of(Era.ZERO, founders, ONE, later)));
    assertThat(authority.made()).as("an older one takes nothing back").isEqualTo(TWO);
    assertThat(authority.decided(change(TWO, founders))).isTrue();
  }

  /** The same log, other facts in any order between: all make the same eras, and none falls. */
  @Test
  void oneLogMakesTheSameErasWhateverElseIsHeardMeanwhile() {
    for (long seed = 0; seed < SEEDS; seed++) {
      long which = seed;
      Seeded.check(which, () -> {
        Random dice = new Random(which);
        List<Value> log = log(dice);
        TreeMap<Era, Configuration> made = made(log);
        for (int i = 0; i < 3; i++) {
          follow(fresh(), log, made, dice);
        }
        return made.size();
      });
    }
  }

  /** Changes with expectations that hold, are stale, or come too early. */
  private List<Value> log(Random dice) {
    List<Value> log = new ArrayList<>();
    List<Configuration> some = List.of(founders, later, latest);
    for (int i = 0; i < STEPS; i++) {
      log.add(change(new Era(dice.nextInt(2 + i / 4)), some.get(dice.nextInt(3))));
    }
    return log;
  }

  /** What the rule says of that log. */
  private TreeMap<Era, Configuration> made(List<Value> log) {
    TreeMap<Era, Configuration> made = new TreeMap<>(Map.of(Era.ZERO, founders));
    for (Value value : log) {
      Reconfigure change = Reconfigure.decode(value);
      if (change.expected().equals(made.lastKey())) {
        made.put(change.makes(), change.configuration());
      }
    }
    return made;
  }

  private void follow(
      Authority authority, List<Value> log, TreeMap<Era, Configuration> truth, Random dice) {
    Era made = Era.ZERO;
    for (Value value : log) {
      Era active = authority.active();
      Era heard = new Era(dice.nextInt(1 + (int) truth.lastKey().number()));
      if (dice.nextInt(4) == 0) {
        authority.learn(heard, truth.get(heard));
      } else if (dice.nextInt(4) == 0) {
        assertThat(authority.activate(heard, truth.get(heard)))
            .isEqualTo(heard.compareTo(active) > 0);
      }
      assertThat(authority.active()).isGreaterThanOrEqualTo(active);
      boolean makes = Reconfigure.decode(value).expected().equals(made);
      assertThat(authority.decided(value)).isEqualTo(makes);
      made = makes ? made.next() : made;
      assertThat(authority.made()).isEqualTo(made);
      consistent(authority, truth);
    }
    Authority recovered = fresh();
    recovered.recover(checkpoint(authority.eras()));
    assertThat(recovered.eras()).as("from a checkpoint").isEqualTo(authority.eras());
  }

  /** Made, known, active and the audience say the same. */
  private static void consistent(Authority authority, TreeMap<Era, Configuration> truth) {
    for (Era era : List.of(authority.active(), authority.made())) {
      assertThat(authority.configuration(era)).isEqualTo(truth.get(era));
    }
    Eras eras = authority.eras();
    assertThat(eras.active()).isEqualTo(authority.active());
    assertThat(eras.made()).isEqualTo(authority.made());
    TreeSet<NodeId> audience = new TreeSet<>();
    eras.configurations().forEach((era, configuration) -> {
      assertThat(configuration).as("era %s", era).isEqualTo(truth.get(era));
      assertThat(authority.known(era)).contains(configuration);
      if (era.compareTo(authority.active()) >= 0) {
        audience.addAll(configuration.ids());
      }
    });
    assertThat(authority.audience()).containsExactlyElementsOf(audience);
  }
}
