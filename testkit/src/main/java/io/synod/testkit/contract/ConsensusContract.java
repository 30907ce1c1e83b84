package io.synod.testkit.contract;

import static io.synod.testkit.contract.LayerWorld.N1;
import static io.synod.testkit.contract.LayerWorld.N2;
import static io.synod.testkit.contract.LayerWorld.N3;
import static io.synod.testkit.contract.LayerWorld.N4;
import static io.synod.testkit.contract.RegisterContract.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.consensus.RoundBasedConsensus.Status;
import io.synod.api.message.RegisterMessage.Accept;
import io.synod.api.message.RegisterMessage.Adopt;
import io.synod.api.message.RegisterMessage.Prepare;
import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Reconfigure;
import io.synod.api.model.Value;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.testkit.sim.Variants;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;

/**
 * What every round-based consensus must keep (Deconstructing Paxos, §3.2), over the built-in
 * register and acceptors: validity, agreement, termination, and what
 * {@link io.synod.api.consensus.RoundBasedConsensus} promises. A plugin's test extends it and
 * gives the plugin.
 */
public abstract class ConsensusContract {
  private static final int SEEDS = 100;
  private static final int STEPS = 500;

  /** The plugin under test. */
  protected abstract Plugins.Consensus plugin();

  /** Settings that it works with. */
  protected Settings settings() {
    return Settings.DEFAULTS;
  }

  /** Three founders, and one process more. */
  /** The quorums at the bottom of it. */
  protected Plugins.Quorum quorum() {
    return new Variants().fall().quorum();
  }

  private LayerWorld<ConsensusNode> world() {
    return new LayerWorld<>(
        new Variants().fall().with(settings()).with(plugin()).with(quorum()), 3, 1,
        ConsensusNode::new);
  }

  /** n1 leads, alone. */
  private LayerWorld<ConsensusNode> led() {
    LayerWorld<ConsensusNode> world = world();
    world.node(N1).lead();
    world.run();
    assertThat(world.node(N1).isReady()).isTrue();
    return world;
  }

  /** What was proposed, and what became of it under losses, copies, any order, any rivals. */
  private record Run(LayerWorld<ConsensusNode> world, List<Value> proposed) {
    static Run of(LayerWorld<ConsensusNode> world, long seed) {
      Run run = new Run(world, new ArrayList<>());
      Random dice = new Random(seed);
      for (int i = 0; i < STEPS; i++) {
        run.step(dice, world.all().get(dice.nextInt(3)));
      }
      return run;
    }

    private void step(Random dice, ConsensusNode node) {
      int what = dice.nextInt(100);
      if (what < 3) {
        node.lead();
      } else if (what < 15 && node.isReady()) {
        proposed.add(value(proposed.size() + 1));
        node.propose(proposed.get(proposed.size() - 1));
      } else {
        world.adversary(dice);
      }
    }
  }

  /** Each property says how many facts it had something to say about. */
  private void runs(ToIntFunction<Run> property) {
    int judged = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      long which = seed;
      judged += Seeded.check(which, () -> property.applyAsInt(Run.of(world(), which)));
    }
    assertThat(judged).as("facts that the property was about").isGreaterThan(SEEDS / 2);
  }

  @Test
  void agreementNoTwoProcessesDecideDifferently() {
    runs(run -> {
      List<Value> longest = List.of();
      int twice = 0;
      for (ConsensusNode node : run.world().all()) {
        int common = Math.min(longest.size(), node.decided().size());
        assertThat(node.decided().subList(0, common)).isEqualTo(longest.subList(0, common));
        longest = node.decided().size() > longest.size() ? node.decided() : longest;
        twice += common;
      }
      return twice;
    });
  }

  @Test
  void validityOnlyWhatWasProposedIsDecidedAndOnceOnly() {
    runs(run -> {
      int real = 0;
      for (ConsensusNode node : run.world().all()) {
        List<Value> decided = node.decided().stream().filter(v -> !v.equals(Value.SKIP)).toList();
        assertThat(run.proposed()).containsAll(decided);
        assertThat(decided).doesNotHaveDuplicates();
        real += decided.size();
      }
      return real;
    });
  }

  @Test
  void anAbortOfOneBallotMeansThatSomebodyUsedAHigherOne() {
    runs(run -> {
      int count = 0;
      for (ConsensusNode node : run.world().all()) {
        assertThat(node.deposed()).allSatisfy(
            each -> assertThat(each.higher().proposer()).isNotEqualTo(node.id()));
        count += node.deposed().size();
      }
      return count;
    });
  }

  @Test
  void terminationOneProposerAloneDecidesAllWithAMajority() {
    LayerWorld<ConsensusNode> world = led();
    world.lose(sent -> sent.touches(N3));
    List<Value> proposed = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      proposed.add(value(i));
      world.node(N1).propose(value(i));
    }
    assertThat(world.node(N1).consensus().inFlight()).isEqualTo(20);
    world.pass(10_000);
    assertThat(world.node(N1).decided()).isEqualTo(proposed);
    assertThat(world.node(N1).consensus().inFlight()).isZero();
    assertThat(world.node(N1).deposed()).isEmpty();
    assertThat(world.node(N1).isReady()).isTrue();
  }

  @Test
  void nothingIsDecidedWithoutAMajority() {
    LayerWorld<ConsensusNode> world = led();
    world.hold(LayerWorld.Sent::remote);
    world.node(N1).propose(value(1));
    world.pass(5_000);
    assertThat(world.node(N1).decided()).isEmpty();
    world.heal();
    world.pass(5_000);
    assertThat(world.node(N1).decided()).containsExactly(value(1));
  }

  @Test
  void whatMayHaveBeenChosenIsProposedAgainByTheNextLeader() {
    LayerWorld<ConsensusNode> world = led();
    world.hold(sent -> sent.message() instanceof Accept && !sent.to().equals(N3));
    world.node(N1).propose(value(1));
    world.run();
    world.lose(sent -> sent.touches(N1));
    ConsensusNode n2 = world.node(N2);
    n2.lead();
    world.run();
    n2.propose(value(2));
    world.heal();
    world.lose(sent -> sent.touches(N1));
    world.pass(5_000);
    assertThat(n2.decided()).as("only n3 had voted for the first")
        .containsExactly(value(1), value(2));
  }

  @Test
  void aHigherBallotThatIsSeenEndsTheOwnLeadershipAndIsExceededByTheNext() {
    LayerWorld<ConsensusNode> world = led();
    ConsensusNode n1 = world.node(N1);
    Ballot own = n1.consensus().ballot().orElseThrow();
    n1.turn(() -> n1.consensus().onBallotSeen(own));
    assertThat(n1.isReady()).as("its own").isTrue();
    Ballot higher = new Ballot(own.n() + 10, N3, 0);
    n1.turn(() -> n1.consensus().onBallotSeen(higher));
    assertThat(n1.consensus().status()).isEqualTo(Status.IDLE);
    assertThat(n1.consensus().ballot()).isEmpty();
    assertThat(n1.deposed()).containsExactly(new ConsensusNode.Deposed(higher, true));
    n1.lead();
    assertThat(n1.consensus().ballot().orElseThrow()).isGreaterThan(higher);
    world.run();
    assertThat(n1.isReady()).isTrue();
  }

  @Test
  void aProposerUnderAHigherBallotAborts() {
    LayerWorld<ConsensusNode> world = led();
    world.lose(sent -> sent.touches(N1));
    world.node(N2).lead();
    world.run();
    world.node(N1).propose(value(1));
    world.heal();
    world.pass(5_000);
    assertThat(world.node(N1).deposed()).hasSize(1);
    assertThat(world.node(N1).deposed().get(0).higher().proposer()).isEqualTo(N2);
    assertThat(world.node(N1).decided()).isEmpty();
  }

  @Test
  void whoResignsProposesNothingMore() {
    LayerWorld<ConsensusNode> world = led();
    ConsensusNode n1 = world.node(N1);
    world.hold(sent -> true);
    n1.propose(value(1));
    world.lose(sent -> true);
    n1.turn(n1.consensus()::resign);
    world.heal();
    world.pass(10_000);
    assertThat(n1.consensus().status()).isEqualTo(Status.IDLE);
    assertThat(n1.consensus().ballot()).isEmpty();
    assertThat(n1.consensus().inFlight()).isZero();
    assertThat(n1.deposed()).as("it went by itself").isEmpty();
    assertThat(world.node(N2).acceptor().vote(InstanceId.FIRST)).isNull();
  }

  @Test
  void whatPeersHoldMustBeLearnedBeforeItMayPropose() {
    LayerWorld<ConsensusNode> world = led();
    world.node(N1).propose(value(1));
    world.node(N1).propose(value(2));
    world.run();
    List<Value> prefix = world.node(N1).decided();
    List.of(N1, N3).forEach(id -> world.node(id).learn(prefix));
    world.lose(sent -> sent.touches(N1));
    ConsensusNode n2 = world.node(N2);
    n2.lead();
    world.pass(1_000);
    assertThat(n2.consensus().status()).isEqualTo(Status.PREPARING);
    assertThat(n2.mustLearn()).endsWith(InstanceId.of(2));
    n2.learn(prefix);
    world.pass(1_000);
    assertThat(n2.isReady()).isTrue();
    n2.propose(value(3));
    world.pass(1_000);
    assertThat(n2.decided()).containsExactly(value(1), value(2), value(3));
  }

  /** Promises that were under way already say nothing about what was decided since. */
  @Test
  void aConfirmationIsYoungerThanTheQuestion() {
    LayerWorld<ConsensusNode> world = led();
    ConsensusNode n1 = world.node(N1);
    List<Long> confirmed = new ArrayList<>();
    n1.turn(() -> confirmed.add(n1.consensus().confirm(confirmed::add)));
    world.pass(1_000);
    assertThat(confirmed).as("while it leads").hasSize(2);
    assertThat(confirmed.get(1)).isGreaterThanOrEqualTo(confirmed.get(0));
    world.hold(sent -> sent.remote() && sent.to().equals(N1));
    n1.propose(value(1));
    world.run();
    world.hold(sent -> sent.touches(N1));
    world.node(N2).lead();
    world.run();
    world.node(N2).propose(value(2));
    world.run();
    n1.turn(() -> n1.consensus().confirm(confirmed::add));
    world.hold(sent -> sent.message() instanceof Prepare);
    world.pass(5_000);
    assertThat(confirmed).hasSize(2);
    assertThat(n1.consensus().status()).isEqualTo(Status.IDLE);
  }

  @Test
  void theLogsReconfigureLeadsToTheNextEraInPlace() {
    LayerWorld<ConsensusNode> world = led();
    ConsensusNode n1 = world.node(N1);
    Ballot before = n1.consensus().ballot().orElseThrow();
    Configuration next = world.members(N1, N3, N4);
    n1.propose(new Reconfigure(Era.ZERO, next).encode());
    n1.propose(value(1));
    world.pass(1_000);
    world.all().forEach(node -> node.learn(n1.decided()));
    world.lose(sent -> sent.touches(N2));
    n1.propose(value(2));
    world.pass(5_000);
    assertThat(n1.consensus().era()).isEqualTo(Era.ZERO.next());
    assertThat(n1.authority().active()).isEqualTo(Era.ZERO.next());
    Ballot after = n1.consensus().ballot().orElseThrow();
    assertThat(after.n()).as("nobody can have come between").isEqualTo(before.n());
    assertThat(n1.decided()).endsWith(value(1), value(2));
    assertThat(world.node(N4).acceptor().promised()).isEqualTo(after);
  }

  /** The chain: the era that a vote would make may have voted, too. */
  @Test
  void aNewLeaderReadsTheEraThatAVoteMayHaveMade() {
    LayerWorld<ConsensusNode> world = led();
    Configuration next = world.members(N1, N2, N4);
    world.node(N1).propose(new Reconfigure(Era.ZERO, next).encode());
    world.run();
    world.node(N1).propose(value(1));
    world.lose(sent -> sent.touches(N1));
    ConsensusNode n3 = world.node(N3);
    world.hold(sent -> sent.message() instanceof Adopt);
    n3.lead();
    world.pass(1_000);
    assertThat(world.node(N4).acceptor().promised()).isEqualTo(
        n3.consensus().ballot().orElseThrow());
    world.heal();
    world.pass(5_000);
    int common = Math.min(n3.decided().size(), world.node(N1).decided().size());
    assertThat(common).isPositive();
    assertThat(n3.decided().subList(0, common))
        .isEqualTo(world.node(N1).decided().subList(0, common));
  }
}
