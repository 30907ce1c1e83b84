package io.synod.broadcast.pipelined;

import static io.synod.broadcast.pipelined.Kit.MINE;
import static io.synod.broadcast.pipelined.Kit.RIVAL;
import static io.synod.broadcast.pipelined.Kit.at;
import static io.synod.broadcast.pipelined.Kit.value;
import static io.synod.broadcast.pipelined.Kit.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.broadcast.Batch;
import io.synod.api.model.Ballot;
import io.synod.api.model.Era;
import io.synod.api.model.Eras;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Invariant;
import io.synod.api.model.Value;
import io.synod.api.plugin.Settings;
import io.synod.api.storage.DurableRecord.Checkpoint;
import io.synod.api.storage.DurableRecord.DecidedUpTo;
import io.synod.api.storage.DurableRecord.Learned;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is learned is recoverable and delivered once, in order. */
class LearnerTest {
  private static final Settings FORCED =
      Settings.DEFAULTS.with(BroadcastSettings.FORCED_DELIVERY, true);

  private final Kit kit = new Kit();
  private final FakeAcceptor acceptor = new FakeAcceptor();
  private Delivered delivered = new Delivered(InstanceId.NONE);

  private Learner learner(Settings settings) {
    Learner learner = new Learner(kit.context(settings), acceptor, kit.authority());
    learner.onDeliver(delivered);
    return learner;
  }

  private Learner started(Settings settings) {
    Learner learner = learner(settings);
    learner.start(InstanceId.NONE);
    return learner;
  }

  private static Checkpoint checkpoint(long decided) {
    return new Checkpoint(
        1, true, Map.of(), Ballot.BOTTOM, Optional.empty(), at(decided + 1), at(decided + 1),
        Era.ZERO, Eras.founding(Kit.THREE), Ballot.BOTTOM, at(decided), List.of());
  }

  @Test
  void aWatermarkGivesBackTheDecisionsThatTheOwnVotesHold() {
    acceptor.votes(MINE, 1, value(1));
    acceptor.votes(MINE, 2, value(2));
    acceptor.votes(MINE, 3, value(3));
    Learner learner = learner(Settings.DEFAULTS);
    learner.recover(new DecidedUpTo(at(2)));
    assertThat(learner.decided()).as("the third vote is no decision").isEqualTo(at(2));
    learner.start(InstanceId.NONE);
    assertThat(delivered.values()).isEqualTo(values(1, 2));
  }

  @Test
  void learnedAfterVotesWithoutAWatermarkGivesBackBoth() {
    acceptor.votes(MINE, 1, value(1));
    acceptor.votes(MINE, 2, value(9));
    Learner learner = learner(Settings.DEFAULTS);
    learner.recover(new Learned(at(2), values(2, 3)));
    learner.start(InstanceId.NONE);
    assertThat(delivered.values()).as("learned beats the own vote").isEqualTo(values(1, 2, 3));
  }

  @Test
  void whatAVoteDoesNotHoldIsLeftToPeers() {
    acceptor.votes(MINE, 2, value(2));
    Learner learner = learner(Settings.DEFAULTS);
    learner.recover(new DecidedUpTo(at(2)));
    learner.recover(new Learned(at(5), values(5)));
    learner.start(InstanceId.NONE);
    assertThat(learner.decided()).isEqualTo(InstanceId.NONE);
    assertThat(delivered.values()).isEmpty();
  }

  @Test
  void aCheckpointStandsForAllBeforeIt() {
    Learner learner = learner(Settings.DEFAULTS);
    learner.recover(new Learned(at(1), values(1, 2)));
    learner.recover(checkpoint(4));
    assertThat(learner.retained()).isEqualTo(at(5));
    learner.recover(new Learned(at(5), values(5)));
    delivered = new Delivered(at(4));
    learner.onDeliver(delivered);
    learner.start(at(4));
    assertThat(delivered.values()).isEqualTo(values(5));
    assertThat(acceptor.held()).isEqualTo(at(5));
  }

  @Test
  void aCheckpointBehindWhatIsKnownForgetsNothing() {
    Learner learner = learner(Settings.DEFAULTS);
    learner.recover(new Learned(at(1), values(1, 2, 3)));
    learner.recover(checkpoint(2));
    assertThat(learner.decided()).isEqualTo(at(3));
    assertThat(learner.retained()).isEqualTo(at(1));
  }

  @Test
  void whatIsRecoveredIsDeliveredAtOnceAlsoWhenForcedAndNotMarkedAgain() {
    Learner learner = learner(FORCED);
    learner.recover(new Learned(at(1), values(1, 2)));
    learner.start(InstanceId.NONE);
    assertThat(delivered.values()).isEqualTo(values(1, 2));
    learner.mark();
    assertThat(kit.takePersisted()).isEmpty();
  }

  @Test
  void aSnapshotNewerThanTheJournalReplacesIt() {
    Learner learner = learner(Settings.DEFAULTS);
    learner.recover(new Learned(at(1), values(1, 2)));
    learner.start(at(7));
    assertThat(learner.decided()).isEqualTo(at(7));
    assertThat(learner.delivered()).isEqualTo(at(7));
    assertThat(acceptor.held()).isEqualTo(at(7));
    assertThat(delivered.values()).isEmpty();
  }

  @Test
  void aJournalThatBeginsAfterTheNewestSnapshotIsRefusedByBothNumbers() {
    Learner learner = learner(Settings.DEFAULTS);
    learner.recover(checkpoint(4));
    assertThatThrownBy(() -> learner.start(at(2))).isInstanceOf(Invariant.Broken.class)
        .hasMessageContaining("begins at instance 5").hasMessageContaining("ends at 2");
  }

  @Test
  void anOwnVoteThatDiffersFromTheDecisionIsPersistedAsLearned() {
    Learner learner = started(Settings.DEFAULTS);
    acceptor.votes(MINE, 1, value(1));
    learner.learnOwn(at(1), value(1));
    assertThat(kit.takePersisted()).as("the vote is on disk already").isEmpty();
    acceptor.votes(RIVAL, 2, value(9));
    learner.learnOwn(at(2), value(2));
    learner.learnOwn(at(3), value(3));
    assertThat(kit.takePersisted()).containsExactly(
        new Learned(at(2), values(2)), new Learned(at(3), values(3)));
    learner.deliver();
    assertThat(delivered.values()).isEqualTo(values(1, 2, 3));
  }

  @Test
  void onlyVotesInTheLeadersBallotTellItsDecisions() {
    Learner learner = started(Settings.DEFAULTS);
    acceptor.votes(RIVAL, 1, value(1));
    acceptor.votes(MINE, 2, value(2));
    acceptor.votes(RIVAL, 3, value(3));
    learner.learnVotes(RIVAL, at(3));
    assertThat(learner.decided()).isEqualTo(at(1));
    acceptor.votes(RIVAL, 2, value(2));
    learner.learnVotes(RIVAL, at(2));
    assertThat(learner.decided()).as("not beyond what is decided").isEqualTo(at(2));
    assertThat(kit.takePersisted()).isEmpty();
  }

  @Test
  void decisionsOfAPeerAreLearnedWithoutCopiesOrGaps() {
    Learner learner = started(Settings.DEFAULTS);
    learner.learn(at(2), values(2));
    assertThat(learner.decided()).as("a gap").isEqualTo(InstanceId.NONE);
    learner.learn(at(1), values(1, 2));
    learner.learn(at(1), values(1, 2, 3));
    learner.learn(at(1), values(1, 2));
    learner.learn(at(4), values());
    learner.deliver();
    learner.deliver();
    assertThat(delivered.values()).isEqualTo(values(1, 2, 3));
    assertThat(kit.takePersisted()).containsExactly(
        new Learned(at(1), values(1, 2)), new Learned(at(3), values(3)));
  }

  @Test
  void theWatermarkIsWrittenNowAndThenAndOnlyWhenItHasMoved() {
    Learner learner = started(Settings.DEFAULTS);
    acceptor.votes(MINE, 1, value(1));
    learner.learnOwn(at(1), value(1));
    learner.endOfTurn();
    assertThat(kit.takePersisted()).isEmpty();
    learner.mark();
    learner.mark();
    assertThat(kit.takePersisted()).containsExactly(new DecidedUpTo(at(1)));
  }

  @Test
  void aMegabyteOfDecisionsDoesNotWaitForTheNextTick() {
    Learner learner = started(Settings.DEFAULTS);
    Value large = Batch.encode(0, List.of(new byte[1 << 20]));
    acceptor.votes(MINE, 1, large);
    learner.learnOwn(at(1), large);
    learner.endOfTurn();
    assertThat(kit.takePersisted()).containsExactly(new DecidedUpTo(at(1)));
  }

  @Test
  void forcedDeliveryWaitsForTheDisk() {
    Learner learner = started(FORCED);
    learner.learn(at(1), values(1, 2));
    learner.deliver();
    assertThat(delivered.values()).isEmpty();
    learner.endOfTurn();
    assertThat(kit.takePersisted())
        .containsExactly(new Learned(at(1), values(1, 2)), new DecidedUpTo(at(2)));
    assertThat(delivered.values()).isEmpty();
    learner.learn(at(3), values(3));
    kit.forced();
    assertThat(delivered.values()).as("the third was not on disk").isEqualTo(values(1, 2));
    learner.endOfTurn();
    kit.forced();
    assertThat(delivered.values()).isEqualTo(values(1, 2, 3));
  }

  @Test
  void forcedDeliveryIsNotForgottenWhenTheWatermarkIsWrittenForAnotherReason() {
    Learner learner = started(FORCED);
    learner.learn(at(1), values(1));
    learner.mark();
    learner.endOfTurn();
    kit.forced();
    assertThat(delivered.values()).isEqualTo(values(1));
    Value large = Batch.encode(0, List.of(new byte[1 << 20]));
    learner.learn(at(2), List.of(large));
    learner.endOfTurn();
    kit.forced();
    assertThat(delivered.values()).containsExactly(value(1), large);
  }

  @Test
  void anInstalledSnapshotIsDeliveredInstead() {
    Learner learner = started(Settings.DEFAULTS);
    learner.learn(at(1), values(1));
    learner.deliver();
    learner.install(at(5));
    assertThat(delivered.installed()).containsExactly(at(5));
    assertThat(learner.delivered()).isEqualTo(at(5));
    learner.learn(at(6), values(6));
    learner.deliver();
    assertThat(delivered.values()).isEqualTo(values(1, 6));
    assertThat(acceptor.held()).isEqualTo(at(6));
  }
}
