package io.synod.testkit.contract;

import static io.synod.testkit.contract.LayerWorld.N1;
import static io.synod.testkit.contract.LayerWorld.N2;
import static io.synod.testkit.contract.LayerWorld.N3;
import static io.synod.testkit.contract.LayerWorld.N4;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.synod.api.message.RegisterMessage.Accept;
import io.synod.api.message.RegisterMessage.Confirmed;
import io.synod.api.message.RegisterMessage.Prepare;
import io.synod.api.message.RegisterMessage.Promise;
import io.synod.api.message.RegisterMessage.Reply;
import io.synod.api.model.Ballot;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.OneC;
import io.synod.api.model.Value;
import io.synod.api.model.Vote;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.api.register.ReadOutcome;
import io.synod.quorum.AllPlugin;
import io.synod.testkit.contract.RegisterNode.Told;
import io.synod.testkit.sim.Variants;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;

/**
 * What every round-based register must keep (Deconstructing Paxos, §3.1), over its plugin's own
 * acceptors: the four properties, and what
 * {@link io.synod.api.register.RoundBasedRegister} promises. {@link AcceptorContract} is for the
 * acceptor alone. A plugin's test extends it and gives the plugin.
 */
public abstract class RegisterContract {
  private static final int SEEDS = 100;

  /** The plugin under test. */
  protected abstract Plugins.Register plugin();

  /** Settings that it works with. */
  protected Settings settings() {
    return Settings.DEFAULTS;
  }

  static Value value(int number) {
    return Value.of(new byte[] {1, (byte) (number >> 8), (byte) number});
  }

  /** The quorums over its acceptors. */
  protected Plugins.Quorum quorum() {
    return new Variants().fall().quorum();
  }

  /** Three founders, and one process more. */
  private LayerWorld<RegisterNode> world(Plugins.Quorum quorum) {
    return new LayerWorld<>(
        new Variants().fall().with(settings()).with(plugin()).with(quorum), 3, 1,
        RegisterNode::new);
  }

  /** n1 in its first ballot, with its 1c stored everywhere. */
  private static Ballot opened(LayerWorld<RegisterNode> world, Value... window) {
    RegisterNode n1 = world.node(N1);
    n1.read(n1.ballot(1));
    world.run();
    n1.adopt(n1.ballot(1), window);
    world.run();
    return n1.ballot(1);
  }

  private static ReadOutcome.Committed committed(ReadOutcome outcome) {
    assertThat(outcome).isInstanceOf(ReadOutcome.Committed.class);
    return (ReadOutcome.Committed) outcome;
  }

  @Test
  void aReadWaitsForAReadQuorumHoweverOftenOneAnswers() {
    LayerWorld<RegisterNode> world = world(quorum());
    RegisterNode n1 = world.node(N1);
    world.hold(sent -> sent.remote() || sent.message() instanceof Promise);
    n1.read(n1.ballot(1));
    world.run();
    List<LayerWorld.Sent> own = world.inFlight().stream()
        .filter(sent -> sent.message() instanceof Promise).toList();
    assertThat(own).isNotEmpty();
    for (int copy = 0; copy < 3; copy++) {
      own.forEach(sent -> n1.hear(N1, sent.message()));
    }
    assertThat(n1.reads()).isEmpty();
    world.hold(sent -> sent.touches(N3));
    world.pass(2_000);
    assertThat(n1.reads()).as("once").hasSize(1);
    assertThat(committed(n1.reads().get(0)).votes()).isEmpty();
  }

  @Test
  void aWriteCommitsWithAWriteQuorumAndNotBefore() {
    LayerWorld<RegisterNode> world = world(quorum());
    Ballot ballot = opened(world);
    world.hold(sent -> sent.touches(N2) || sent.touches(N3));
    world.node(N1).write(1, value(1));
    world.node(N1).write(2, value(2));
    world.pass(2_000);
    assertThat(world.node(N1).told()).containsExactly(new Told.Stored(ballot));
    world.hold(sent -> sent.touches(N3));
    world.pass(2_000);
    assertThat(world.node(N1).told()).endsWith(new Told.Committed(ballot, InstanceId.of(2)));
  }

  @Test
  void readsAndWritesCountTheQuorumsOfTheConfiguration() {
    LayerWorld<RegisterNode> world = world(new AllPlugin());
    world.hold(sent -> sent.touches(N2) || sent.touches(N3));
    RegisterNode n1 = world.node(N1);
    n1.read(n1.ballot(1));
    world.run();
    assertThat(n1.reads()).as("any one reads").hasSize(1);
    n1.adopt(n1.ballot(1), value(1));
    world.hold(sent -> sent.touches(N3));
    world.pass(2_000);
    assertThat(n1.told()).as("all write").isEmpty();
    world.heal();
    world.pass(2_000);
    assertThat(n1.told()).contains(
        new Told.Stored(n1.ballot(1)), new Told.Committed(n1.ballot(1), InstanceId.FIRST));
  }

  @Test
  void aReadTellsTheHighestVoteOfEveryInstance() {
    LayerWorld<RegisterNode> world = world(quorum());
    Ballot first = opened(world, value(1), value(2));
    RegisterNode n2 = world.node(N2);
    n2.read(n2.ballot(2));
    world.run();
    assertThat(committed(n2.reads().get(0)).votes()).containsExactly(
        new Vote(InstanceId.of(1), first, value(1)), new Vote(InstanceId.of(2), first, value(2)));
    n2.adopt(n2.ballot(2), value(1));
    world.run();
    world.node(N3).read(world.node(N3).ballot(3));
    world.run();
    assertThat(committed(world.node(N3).reads().get(0)).votes()).containsExactly(
        new Vote(InstanceId.of(1), n2.ballot(2), value(1)),
        new Vote(InstanceId.of(2), first, value(2)));
  }

  @Test
  void aWriteThatAbortedMayStillBeRead() {
    LayerWorld<RegisterNode> world = world(quorum());
    Ballot ballot = opened(world);
    world.hold(sent -> sent.message() instanceof Accept && !sent.to().equals(N3));
    world.node(N1).write(1, value(1));
    world.run();
    world.lose(sent -> sent.touches(N1));
    RegisterNode n2 = world.node(N2);
    n2.read(n2.ballot(2));
    world.run();
    assertThat(committed(n2.reads().get(0)).votes()).as("n3 alone had voted")
        .containsExactly(new Vote(InstanceId.FIRST, ballot, value(1)));
    world.heal();
    world.pass(5_000);
    assertThat(world.node(N1).told()).endsWith(new Told.Aborted(ballot, n2.ballot(2)));
  }

  @Test
  void whoIsRefusedHearsOfItOnceAndIsSilentThen() {
    LayerWorld<RegisterNode> world = world(quorum());
    Ballot ballot = opened(world);
    RegisterNode n1 = world.node(N1);
    world.node(N2).read(world.node(N2).ballot(2));
    world.run();
    n1.write(1, value(1));
    world.pass(2_000);
    n1.read(n1.ballot(1).nextInPlace());
    world.pass(2_000);
    assertThat(n1.told()).containsExactly(
        new Told.Stored(ballot), new Told.Aborted(ballot, world.node(N2).ballot(2)));
    assertThat(n1.reads().get(1)).as("a value, not an exception").isEqualTo(
        new ReadOutcome.Aborted(ballot.nextInPlace(), world.node(N2).ballot(2)));
    world.lose(sent -> false);
    world.hold(sent -> true);
    world.pass(10_000);
    assertThat(world.inFlight()).isEmpty();
  }

  @Test
  void readWriteAbort() {
    histories(RegisterRun::readWriteAbort);
  }

  @Test
  void readWriteCommit() {
    histories(RegisterRun::readWriteCommit);
  }

  @Test
  void readCommit() {
    histories(RegisterRun::readCommit);
  }

  @Test
  void writeCommit() {
    histories(RegisterRun::writeCommit);
  }

  /** Each property says how many operations it had something to say about. */
  private void histories(ToIntFunction<RegisterRun> property) {
    int judged = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      long which = seed;
      judged += Seeded.check(which, () -> property.applyAsInt(
          new RegisterRun(world(quorum()), plugin().stable(), which)));
    }
    assertThat(judged).as("operations that the property was about").isGreaterThan(SEEDS);
  }

  @Test
  void whatIsLostIsSentAgainUntilItIsAnswered() {
    LayerWorld<RegisterNode> world = world(quorum());
    RegisterNode n1 = world.node(N1);
    for (int turn = 0; turn < 3; turn++) {
      world.lose(LayerWorld.Sent::remote);
      if (turn == 0) {
        n1.read(n1.ballot(1));
      } else if (turn == 1) {
        n1.adopt(n1.ballot(1));
      } else {
        n1.write(1, value(1));
      }
      world.pass(20_000);
      world.heal();
      world.pass(20_000);
    }
    assertThat(n1.reads()).hasSize(1);
    assertThat(n1.told()).containsExactly(
        new Told.Stored(n1.ballot(1)), new Told.Committed(n1.ballot(1), InstanceId.FIRST));
  }

  /** A life that has forgotten its ballots must not run one of them a second time. */
  @Test
  void othersSeeABallotOnlyWhenTheOwnPromiseOfItIsDurable() {
    assumeTrue(plugin().stable(), "without stable storage nobody comes back");
    LayerWorld<RegisterNode> world = world(quorum());
    RegisterNode n1 = world.node(N1);
    world.hold(sent -> true);
    n1.read(n1.ballot(5));
    while (world.inFlight().stream().noneMatch(
        sent -> sent.remote() && sent.message() instanceof Prepare)) {
      assertThat(world.inFlight()).as("the read goes on").isNotEmpty();
      world.hold(LayerWorld.Sent::remote);
      world.run();
    }
    n1.restart();
    assertThat(n1.acceptor().promised()).isEqualTo(n1.ballot(5));
  }

  @Test
  void aFurtherConfigurationIsReadInTheSameBallot() {
    LayerWorld<RegisterNode> world = world(quorum());
    RegisterNode n1 = world.node(N1);
    n1.read(n1.ballot(1));
    world.run();
    world.hold(sent -> sent.touches(N4));
    n1.readAlso(world.members(N1, N4));
    world.pass(1_000);
    assertThat(n1.reads()).as("n1 alone is no majority of the two").hasSize(1);
    world.heal();
    world.pass(5_000);
    assertThat(n1.reads()).hasSize(2);
    assertThat(committed(n1.reads().get(1)).ballot()).isEqualTo(n1.ballot(1));
    assertThat(world.node(N4).acceptor().promised()).isEqualTo(n1.ballot(1));
  }

  /** Phase 1c in the ballot that follows in place. */
  @Test
  void inAHandOverWhatWasWrittenBeforeStillCounts() {
    LayerWorld<RegisterNode> world = world(quorum());
    Ballot before = opened(world);
    RegisterNode n1 = world.node(N1);
    world.hold(sent -> sent.message() instanceof Reply && sent.remote());
    n1.write(1, value(1));
    world.run();
    List<LayerWorld.Sent> old = world.inFlight();
    world.hold(sent -> sent.remote() && !old.contains(sent));
    Ballot next = before.nextInPlace();
    n1.adopt(new OneC(
        next, Era.ZERO.next(), world.members(N1, N2, N4), InstanceId.FIRST, List.of(value(1))),
        true);
    world.run();
    assertThat(n1.told()).endsWith(new Told.Committed(before, InstanceId.FIRST));
    n1.write(2, value(2));
    world.heal();
    world.pass(5_000);
    assertThat(n1.told()).contains(
        new Told.Stored(next), new Told.Activated(next),
        new Told.Committed(next, InstanceId.of(2)));
    assertThat(world.node(N3).acceptor().vote(InstanceId.of(2))).as("n3 has left").isNull();
  }

  /** Who holds nothing below the 1c could not say what was decided there. */
  @Test
  void anEraIsActiveOnlyWhenAWriteQuorumHoldsWhatLiesBelow() {
    LayerWorld<RegisterNode> world = world(quorum());
    RegisterNode n1 = world.node(N1);
    n1.read(n1.ballot(1));
    world.run();
    OneC oneC = new OneC(
        n1.ballot(1), Era.ZERO.next(), world.founders(), InstanceId.of(3), List.of());
    n1.adopt(oneC, true);
    world.pass(3_000);
    assertThat(n1.told()).containsExactly(new Told.Stored(n1.ballot(1)));
    hold(world.node(N1), 2);
    hold(world.node(N2), 1);
    world.pass(3_000);
    assertThat(n1.told()).hasSize(1);
    hold(world.node(N2), 2);
    world.pass(3_000);
    assertThat(n1.told()).endsWith(new Told.Activated(n1.ballot(1)));
  }

  private static void hold(RegisterNode node, long upTo) {
    node.turn(() -> node.acceptor().held(InstanceId.of(upTo)));
  }

  @Test
  void aBallotIsConfirmedByAReadQuorumAndNeverAfterAHigherOne() {
    LayerWorld<RegisterNode> world = world(quorum());
    opened(world);
    RegisterNode n1 = world.node(N1);
    List<Long> confirmed = new ArrayList<>();
    List<Long> asked = new ArrayList<>();
    world.hold(sent -> sent.remote() && sent.message() instanceof Confirmed);
    n1.turn(() -> asked.add(n1.register().confirm(confirmed::add)));
    world.pass(1_000);
    assertThat(confirmed).as("n1 alone").isEmpty();
    world.heal();
    world.pass(1_000);
    assertThat(confirmed).hasSize(1);
    assertThat(confirmed.get(0)).isGreaterThanOrEqualTo(asked.get(0));
    world.lose(sent -> sent.touches(N1));
    world.node(N2).read(world.node(N2).ballot(2));
    world.run();
    n1.turn(() -> n1.register().confirm(confirmed::add));
    world.heal();
    world.pass(5_000);
    assertThat(confirmed).hasSize(1);
  }

  @Test
  void aLeaseKeepsOtherProposersOutAndEndsByItself() {
    LayerWorld<RegisterNode> world = world(quorum());
    opened(world);
    RegisterNode n1 = world.node(N1);
    n1.turn(() -> n1.register().leased());
    world.run();
    world.lose(sent -> sent.touches(N1));
    world.node(N2).read(world.node(N2).ballot(2));
    for (int millis = 0; millis < 5_000 && world.node(N2).reads().isEmpty(); millis++) {
      boolean leased = n1.register().leased();
      world.pass(1);
      assertThat(leased && !world.node(N2).reads().isEmpty()).as("after %s ms", millis).isFalse();
    }
    assertThat(world.node(N2).reads()).as("a lease that nobody renews ends").hasSize(1);
    assertThat(n1.register().leased()).isFalse();
  }

  @Test
  void decisionsRideOnTheNextWriteAndFlushSaysSo() {
    LayerWorld<RegisterNode> world = world(quorum());
    opened(world, value(1));
    RegisterNode n1 = world.node(N1);
    n1.register().decided(InstanceId.FIRST);
    assertThat(n1.register().flush()).as("nothing new").isFalse();
    n1.register().write(InstanceId.of(2), value(2));
    assertThat(n1.register().flush()).isTrue();
    assertThat(world.inFlight()).filteredOn(sent -> sent.message() instanceof Accept).hasSize(3)
        .allMatch(sent -> ((Accept) sent.message()).decided().equals(InstanceId.FIRST));
  }

  @Test
  void whoIsStoppedSendsAndReportsNothingMore() {
    LayerWorld<RegisterNode> world = world(quorum());
    opened(world);
    RegisterNode n1 = world.node(N1);
    List<Told> before = n1.told();
    world.hold(sent -> sent.message() instanceof Reply);
    n1.turn(() -> n1.register().leased());
    n1.write(1, value(1));
    world.run();
    n1.turn(() -> n1.register().stop());
    world.hold(sent -> !(sent.message() instanceof Reply));
    world.pass(10_000);
    assertThat(n1.told()).isEqualTo(before);
    assertThat(world.inFlight()).isEmpty();
    assertThat(n1.register().leased()).isFalse();
  }
}
