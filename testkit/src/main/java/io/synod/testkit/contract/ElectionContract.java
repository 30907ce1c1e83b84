package io.synod.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.synod.api.model.Configuration;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What every weak leader election must keep. The suite runs the plugin's instances against each
 * other in a world of its own, with virtual time; a plugin's test extends it and gives the plugin.
 * The world also fails an election that persists, waits for the disk or reads the wall clock.
 */
public abstract class ElectionContract {
  private static final int SEEDS = 60;
  private static final int FAULTS = 25;

  /** The plugin under test. */
  protected abstract Plugins.Election plugin();

  /** Settings that it works with. */
  protected Settings settings() {
    return Settings.DEFAULTS;
  }

  /** Whether a process without a majority around it must not know a leader. */
  protected boolean confirmedByMajority() {
    return true;
  }

  /** Whether a leader that fails has a successor. */
  protected boolean replacesLeaders() {
    return true;
  }

  /** Within this time of the last fault there must be one leader. */
  protected Duration stabilisesWithin() {
    return Duration.ofSeconds(10);
  }

  @Test
  void settingsDoNotContradictEachOther() {
    assertThat(plugin().contradictions(settings())).isEmpty();
  }

  @Test
  void eventuallyOneProcessLeadsAtAllForEver() {
    for (int size = 1; size <= 7; size++) {
      SimulatedElections world = started(size, size);
      stabilise(world, "size " + size);
      staysAsItIs(world, "size " + size);
    }
  }

  @Test
  void aCrashedLeaderIsReplaced() {
    assumeTrue(replacesLeaders());
    for (int seed = 0; seed < SEEDS; seed++) {
      SimulatedElections world = stable(3 + seed % 3, seed);
      String crashed = world.leaderAt("n1");
      world.crash(crashed);
      stabilise(world, "seed " + seed);
      assertThat(world.leaders()).doesNotContain(crashed);
      world.start(crashed);
      stabilise(world, "seed " + seed);
    }
  }

  @Test
  void faultsThatEndLeaveOneLeader() {
    for (int seed = 0; seed < SEEDS; seed++) {
      SimulatedElections world = started(2 + seed % 4, seed);
      trouble(world, new Random(seed));
      stabilise(world, "seed " + seed);
      staysAsItIs(world, "seed " + seed);
    }
  }

  @Test
  void aProcessThatMayNotLeadNeverDoes() {
    assumeTrue(replacesLeaders());
    for (int seed = 0; seed < SEEDS; seed++) {
      SimulatedElections world = started(3, seed);
      world.election("n1").eligible(false);
      stabilise(world, "seed " + seed);
      world.crash(world.leaderAt("n1"));
      stabilise(world, "seed " + seed);
      world.ids().forEach(id -> assertThat(world.history(id)).doesNotContain("n1"));
    }
  }

  @Test
  void aLeaderThatMayNoLongerLeadIsReplaced() {
    assumeTrue(replacesLeaders());
    SimulatedElections world = stable(3, 1);
    String leader = world.leaderAt("n1");
    world.election(leader).eligible(false);
    assertThat(world.leaderAt(leader)).isNotEqualTo(leader);
    stabilise(world, "after " + leader);
    assertThat(world.leaders()).doesNotContain(leader);
  }

  @Test
  void aDeposedLeaderLeavesOneLeader() {
    SimulatedElections world = stable(3, 2);
    String deposed = world.leaderAt("n1");
    world.election(deposed).onDeposed();
    world.run(500);
    stabilise(world, "after " + deposed);
    staysAsItIs(world, "after " + deposed);
  }

  @Test
  void aMinorityKnowsNoLeaderAndTheMajorityHasOne() {
    assumeTrue(confirmedByMajority());
    SimulatedElections world = stable(5, 3);
    for (String one : List.of("n1", "n2")) {
      for (String other : List.of("n3", "n4", "n5")) {
        world.cutBoth(one, other);
      }
    }
    world.run(stabilisesWithin().toMillis());
    assertThat(List.of(world.leaderAt("n1"), world.leaderAt("n2"))).containsOnly("-");
    assertThat(List.of("n3", "n4", "n5")).contains(world.leaderAt("n3"))
        .allMatch(id -> world.leaderAt(id).equals(world.leaderAt("n3")));
    world.healLinks();
    stabilise(world, "healed");
  }

  @Test
  void aRemovedLeaderIsReplaced() {
    SimulatedElections world = stable(4, 4);
    String removed = world.leaderAt("n1");
    Configuration rest = new Configuration(SimulatedElections.founders(4).members().stream()
        .filter(member -> !member.id().name().equals(removed)).toList(), "majority");
    world.ids().forEach(id -> world.election(id).members(rest));
    world.crash(removed);
    stabilise(world, "without " + removed);
    assertThat(world.leaders()).doesNotContain(removed);
  }

  @Test
  void listenersHearEveryChangeOnce() {
    SimulatedElections world = started(3, 5);
    world.runUntil(stabilisesWithin().toMillis(), w -> {
      for (String id : w.ids()) {
        List<String> heard = new ArrayList<>(List.of("-"));
        heard.addAll(w.history(id));
        assertThat(heard.get(heard.size() - 1)).isEqualTo(w.leaderAt(id));
        for (int i = 1; i < heard.size(); i++) {
          assertThat(heard.get(i)).isNotEqualTo(heard.get(i - 1));
        }
      }
      return false;
    });
  }

  @Test
  void oneSeedIsOneRun() {
    assertThat(historyOf(6)).isEqualTo(historyOf(6));
  }

  private List<List<String>> historyOf(long seed) {
    SimulatedElections world = started(4, seed);
    trouble(world, new Random(seed));
    world.run(5_000);
    return world.ids().stream().map(id -> List.copyOf(world.history(id))).toList();
  }

  private SimulatedElections started(int size, long seed) {
    SimulatedElections world = new SimulatedElections(plugin(), settings(), size, seed);
    world.startAll();
    return world;
  }

  private SimulatedElections stable(int size, long seed) {
    SimulatedElections world = started(size, seed);
    stabilise(world, "seed " + seed);
    return world;
  }

  private void stabilise(SimulatedElections world, String what) {
    world.run(stabilisesWithin().toMillis());
    assertThat(world.agreed()).as("%s: leaders %s", what, world.leaders()).isTrue();
  }

  private static void staysAsItIs(SimulatedElections world, String what) {
    world.forgetHistory();
    world.run(60_000);
    world.ids().forEach(id -> assertThat(world.history(id)).as("%s, %s", what, id).isEmpty());
  }

  private static void trouble(SimulatedElections world, Random random) {
    for (int i = 0; i < FAULTS; i++) {
      String one = world.ids().get(random.nextInt(world.ids().size()));
      String other = world.ids().get(random.nextInt(world.ids().size()));
      switch (random.nextInt(6)) {
        case 0 -> world.cut(one, other);
        case 1 -> world.cutBoth(one, other);
        case 2 -> world.healLinks();
        case 3 -> world.lossy(random.nextDouble() / 2, 1 + random.nextInt(300));
        default -> crashOrStart(world, one);
      }
      world.run(random.nextInt(1_000));
    }
    world.healLinks();
    world.lossy(0, 2);
    world.ids().stream().filter(id -> !world.isUp(id)).forEach(world::start);
  }

  private static void crashOrStart(SimulatedElections world, String id) {
    if (world.isUp(id)) {
      world.crash(id);
    } else {
      world.start(id);
    }
  }
}
