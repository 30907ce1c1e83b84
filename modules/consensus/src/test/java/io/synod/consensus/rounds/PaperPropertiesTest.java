package io.synod.consensus.rounds;

import static io.synod.consensus.rounds.FakeRegister.value;
import static io.synod.consensus.rounds.World.N1;
import static io.synod.consensus.rounds.World.N2;
import static io.synod.consensus.rounds.World.N3;
import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.consensus.RoundBasedConsensus.Status;
import io.synod.api.message.RegisterMessage.Accept;
import io.synod.api.message.RegisterMessage.Prepare;
import io.synod.api.model.Ballot;
import io.synod.api.model.ConsensusMode;
import io.synod.api.model.Value;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Round-based consensus (Deconstructing Paxos §3.2), over three real acceptors. */
class PaperPropertiesTest {
  private static final int SEEDS = 150;
  private static final int STEPS = 500;

  /** One random schedule: losses, copies, any order, any number of rivals. */
  private static World random(ConsensusMode mode, long seed, Set<Value> proposed) {
    World world = new World(mode);
    Random dice = new Random(seed);
    for (int i = 0; i < STEPS; i++) {
      WorldNode node = world.all().get(dice.nextInt(3));
      int what = dice.nextInt(100);
      if (what < 3) {
        node.lead();
      } else if (what < 15 && node.proposer().status() == Status.READY) {
        Value value = value(proposed.size() + 1);
        proposed.add(value);
        node.proposer().propose(value);
      } else if (what < 18) {
        world.advance(Duration.ofMillis(200).toNanos());
      } else {
        world.deliverAny(dice);
      }
    }
    return world;
  }

  @ParameterizedTest
  @EnumSource(ConsensusMode.class)
  void agreementNoTwoNodesDecideDifferently(ConsensusMode mode) {
    int decidedByTwo = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      List<WorldNode> nodes = random(mode, seed, new LinkedHashSet<>()).all();
      for (WorldNode a : nodes) {
        for (WorldNode b : nodes) {
          int common = Math.min(a.decided().size(), b.decided().size());
          assertThat(a.decided().subList(0, common)).as("seed %s", seed)
              .isEqualTo(b.decided().subList(0, common));
          decidedByTwo += a == b ? 0 : common;
        }
      }
    }
    assertThat(decidedByTwo).as("instances that two nodes decided").isGreaterThan(SEEDS);
  }

  @ParameterizedTest
  @EnumSource(ConsensusMode.class)
  void validityOnlyWhatWasProposedOrSkipIsDecided(ConsensusMode mode) {
    int decided = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      Set<Value> allowed = new LinkedHashSet<>(Set.of(Value.SKIP));
      Set<Value> proposed = new LinkedHashSet<>();
      World world = random(mode, seed, proposed);
      allowed.addAll(proposed);
      for (WorldNode node : world.all()) {
        assertThat(allowed).as("seed %s", seed).containsAll(node.decided());
        decided += node.decided().size();
      }
    }
    assertThat(decided).isGreaterThan(SEEDS);
  }

  @ParameterizedTest
  @EnumSource(ConsensusMode.class)
  void integrityNoProposalIsDecidedTwice(ConsensusMode mode) {
    for (long seed = 0; seed < SEEDS; seed++) {
      for (WorldNode node : random(mode, seed, new LinkedHashSet<>()).all()) {
        List<Value> real = node.decided().stream().filter(v -> !v.equals(Value.SKIP)).toList();
        assertThat(real).as("seed %s", seed).doesNotHaveDuplicates();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ConsensusMode.class)
  void terminationWhoNeverMeetsAHigherRoundNeverAborts(ConsensusMode mode) {
    World world = new World(mode);
    WorldNode one = world.node(N1);
    one.lead();
    world.run();
    for (int i = 1; i <= 20; i++) {
      one.proposer().propose(value(i));
      world.lose(sent -> sent.to().equals(N3));
      world.run();
    }
    assertThat(one.decided()).hasSize(20);
    assertThat(one.deposedBy()).isEmpty();
    assertThat(one.proposer().status()).isEqualTo(Status.READY);
  }

  @ParameterizedTest
  @EnumSource(ConsensusMode.class)
  void abortOnlyBecauseOfAHigherRound(ConsensusMode mode) {
    for (long seed = 0; seed < SEEDS; seed++) {
      for (WorldNode node : random(mode, seed, new LinkedHashSet<>()).all()) {
        for (Ballot higher : node.deposedBy()) {
          assertThat(higher.proposer()).as("seed %s", seed).isNotEqualTo(node.id());
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ConsensusMode.class)
  void whatMayHaveBeenChosenIsProposedAgainByTheNextLeader(ConsensusMode mode) {
    World world = new World(mode);
    world.node(N1).lead();
    world.run();
    world.hold(sent -> sent.message() instanceof Accept && !sent.to().equals(N3));
    world.node(N1).proposer().propose(value(1));
    world.run();
    world.lose(sent -> true);
    world.hold(sent -> sent.from().equals(N1) || sent.to().equals(N1));
    world.node(N2).lead();
    world.run();
    world.node(N2).proposer().propose(value(2));
    world.run();
    assertThat(world.node(N2).decided()).as("only n3 had voted for the first")
        .containsExactly(value(1), value(2));
  }

  @ParameterizedTest
  @EnumSource(ConsensusMode.class)
  void twoRivalsMayStarveEachOtherAndOneAloneNeverDoes(ConsensusMode mode) {
    World world = new World(mode);
    world.hold(sent -> sent.message() instanceof Accept);
    for (int i = 0; i < 20; i++) {
      WorldNode leader = world.node(i % 2 == 0 ? N1 : N2);
      leader.lead();
      world.run();
      assertThat(leader.proposer().status()).isEqualTo(Status.READY);
      leader.proposer().propose(value(i));
      world.run();
    }
    world.hold(sent -> sent.message() instanceof Accept a && a.ballot().n() >= 20);
    world.run();
    assertThat(world.node(N1).decided()).isEmpty();
    assertThat(world.node(N2).decided()).isEmpty();
    assertThat(world.node(N1).deposedBy()).hasSize(10);
    world.hold(sent -> false);
    world.run();
    assertThat(world.node(N2).decided()).containsExactly(value(19));
  }

  @Test
  void aHigherBallotThatOnlyTheOwnAcceptorSawDeposes() {
    World world = new World(ConsensusMode.FAST);
    world.node(N1).lead();
    world.run();
    world.hold(sent -> sent.message() instanceof Prepare && !sent.to().equals(N1)
        && !sent.to().equals(sent.from()));
    world.node(N2).lead();
    world.run();
    assertThat(world.node(N1).deposedBy()).containsExactly(world.node(N1).promised());
    assertThat(world.node(N1).promised().proposer()).isEqualTo(N2);
  }

  /** Promises under way must not vouch for what a rival decides before they arrive. */
  @Test
  void promisesOlderThanTheQuestionDoNotConfirm() {
    World world = new World(ConsensusMode.CLASSIC);
    StringBuilder confirmed = new StringBuilder();
    WorldNode old = world.node(N1);
    old.lead();
    world.run();
    world.hold(sent -> sent.remote() && sent.to().equals(N1));
    old.proposer().propose(value(1));
    world.run();
    world.hold(sent -> sent.remote() && (sent.to().equals(N1) || sent.from().equals(N1)));
    world.node(N2).lead();
    world.run();
    world.node(N2).proposer().propose(value(2));
    world.run();
    assertThat(world.node(N2).decided()).containsExactly(value(2));
    old.proposer().confirm(number -> confirmed.append("confirmed"));
    world.hold(sent -> sent.message() instanceof Prepare);
    world.run();
    assertThat(confirmed).isEmpty();
    assertThat(old.proposer().status()).isEqualTo(Status.IDLE);
  }
}
