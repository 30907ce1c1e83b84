package io.synod.broadcast.pipelined;

import static io.synod.broadcast.pipelined.Kit.MINE;
import static io.synod.broadcast.pipelined.Kit.N1;
import static io.synod.broadcast.pipelined.Kit.N2;
import static io.synod.broadcast.pipelined.Kit.N3;
import static io.synod.broadcast.pipelined.Kit.RIVAL;
import static io.synod.broadcast.pipelined.Kit.at;
import static io.synod.broadcast.pipelined.Kit.value;
import static io.synod.broadcast.pipelined.Kit.values;
import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.broadcast.Batch;
import io.synod.api.broadcast.TotalOrderBroadcast.Admission;
import io.synod.api.message.BroadcastMessage;
import io.synod.api.message.BroadcastMessage.Decided;
import io.synod.api.message.BroadcastMessage.Decisions;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Value;
import io.synod.api.plugin.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The flow of messages through figure 9, with a pipeline. */
class PipelinedBroadcastTest {
  private final Kit kit = new Kit();
  private final FakeConsensus consensus = new FakeConsensus();
  private final FakeAcceptor acceptor = new FakeAcceptor();
  private final FakeSnapshots snapshots = new FakeSnapshots();
  private final Delivered delivered = new Delivered(InstanceId.NONE);

  private PipelinedBroadcast started(Settings settings) {
    PipelinedBroadcast broadcast = new PipelinedBroadcast(
        kit.context(settings), consensus, acceptor, kit.authority(), snapshots);
    broadcast.onDeliver(delivered);
    broadcast.start(InstanceId.NONE);
    kit.takeSent();
    return broadcast;
  }

  private PipelinedBroadcast leading(Settings settings) {
    PipelinedBroadcast broadcast = started(settings);
    broadcast.lead(true);
    consensus.becomeReady();
    return broadcast;
  }

  private static List<Integer> tags(Value batch) {
    List<Integer> tags = new ArrayList<>();
    Batch.forEach(batch, (index, bytes) -> tags.add((int) bytes.get()));
    return tags;
  }

  private static byte[] message(int tag) {
    return new byte[] {(byte) tag};
  }

  @Test
  void onlyALeaderTakesMessages() {
    PipelinedBroadcast broadcast = started(Settings.DEFAULTS);
    assertThat(broadcast.broadcast(message(1))).isEqualTo(Admission.NOT_LEADER);
    broadcast.lead(true);
    assertThat(broadcast.broadcast(message(1))).as("preparing").isEqualTo(Admission.NOT_LEADER);
    consensus.becomeReady();
    assertThat(broadcast.broadcast(message(1))).isEqualTo(Admission.TAKEN);
    broadcast.lead(false);
    assertThat(broadcast.broadcast(message(1))).isEqualTo(Admission.NOT_LEADER);
  }

  @Test
  void aFullQueueAnswersOverloaded() {
    PipelinedBroadcast broadcast =
        leading(Settings.DEFAULTS.with(BroadcastSettings.QUEUE_COUNT, 1));
    broadcast.broadcast(message(1));
    assertThat(broadcast.broadcast(message(2))).isEqualTo(Admission.OVERLOADED);
    broadcast.endOfTurn();
    assertThat(broadcast.broadcast(message(3))).isEqualTo(Admission.TAKEN);
  }

  @Test
  void whatWaitsBecomesOneBatchWhenTheWindowHasRoomAgain() {
    PipelinedBroadcast broadcast = leading(Settings.DEFAULTS.with(BroadcastSettings.WINDOW, 2));
    for (int i = 1; i <= 7; i++) {
      broadcast.broadcast(message(i));
      if (i != 2) {
        broadcast.endOfTurn();
      }
    }
    assertThat(consensus.proposed()).hasSize(2);
    assertThat(tags(consensus.proposed().get(0))).containsExactly(1);
    assertThat(tags(consensus.proposed().get(1))).as("one turn, one batch").containsExactly(2, 3);
    consensus.decideNext();
    broadcast.endOfTurn();
    assertThat(tags(consensus.proposed().get(2))).containsExactly(4, 5, 6, 7);
    assertThat(Batch.timeMillis(consensus.proposed().get(2))).isEqualTo(4000);
  }

  @Test
  void batchesHaveABoundAndTheWindowTakesSeveral() {
    long two = 2L * Batch.sizeOf(1);
    PipelinedBroadcast broadcast =
        leading(Settings.DEFAULTS.with(BroadcastSettings.BATCH_BYTES, two));
    for (int i = 1; i <= 5; i++) {
      broadcast.broadcast(message(i));
    }
    broadcast.endOfTurn();
    assertThat(consensus.proposed()).hasSize(3);
    assertThat(tags(consensus.proposed().get(1))).containsExactly(3, 4);
  }

  /** Figure 9's options: an instance per batch or per message, at once or one after the other. */
  @ParameterizedTest
  @CsvSource({"65536, 16, 1", "2, 16, 3", "1, 16, 5", "65536, 1, 1", "1, 1, 1"})
  void instancesHoldABatchOrOneMessageAndRunAtOnceOrInTurn(
      int count, int window, int instances) {
    PipelinedBroadcast broadcast = leading(Settings.DEFAULTS
        .with(BroadcastSettings.BATCH_COUNT, count).with(BroadcastSettings.WINDOW, window));
    for (int i = 1; i <= 5; i++) {
      broadcast.broadcast(message(i));
    }
    broadcast.endOfTurn();
    assertThat(consensus.proposed()).as("at once").hasSize(instances);
    while (consensus.inFlight() > 0) {
      consensus.decideNext();
      broadcast.endOfTurn();
    }
    assertThat(consensus.proposed()).as("in all").hasSize((5 + count - 1) / count);
    assertThat(consensus.proposed()).flatExtracting(PipelinedBroadcastTest::tags)
        .containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  void aDecisionRidesOnTheNextProposalIfThereIsOne() {
    PipelinedBroadcast broadcast = leading(Settings.DEFAULTS);
    broadcast.broadcast(message(1));
    broadcast.endOfTurn();
    consensus.decideNext();
    broadcast.broadcast(message(2));
    broadcast.endOfTurn();
    assertThat(kit.takeSent()).isEmpty();
    consensus.decideNext();
    broadcast.endOfTurn();
    assertThat(kit.takeSent()).containsExactly(
        new Kit.Sent(N2, new Decided(MINE, at(2))), new Kit.Sent(N3, new Decided(MINE, at(2))));
    broadcast.endOfTurn();
    assertThat(kit.takeSent()).as("told once").isEmpty();
    assertThat(broadcast.delivered()).isEqualTo(at(2));
    assertThat(delivered.values()).isEqualTo(consensus.proposed());
  }

  @Test
  void aFollowerDeliversItsVotesAndFetchesWhatItDidNotVoteFor() {
    PipelinedBroadcast broadcast = started(Settings.DEFAULTS);
    acceptor.votes(RIVAL, 1, value(1));
    acceptor.votes(MINE, 2, value(9));
    broadcast.onMessage(N2, new Decided(RIVAL, at(2)));
    assertThat(delivered.values()).isEqualTo(values(1));
    assertThat(consensus.seen()).containsExactly(RIVAL);
    assertThat(consensus.told()).isEqualTo(at(1));
    assertThat(kit.takeSent()).extracting(Kit.Sent::to).containsExactly(N2);
    broadcast.onMessage(N2, new Decisions(RIVAL, at(2), values(2), at(2)));
    assertThat(delivered.values()).isEqualTo(values(1, 2));
    assertThat(consensus.told()).isEqualTo(at(2));
  }

  @Test
  void decisionsOfTheOwnBallotAreNewsToNobody() {
    PipelinedBroadcast broadcast = started(Settings.DEFAULTS);
    acceptor.votes(MINE, 1, value(1));
    broadcast.onDecisions(N1, MINE, at(1));
    assertThat(delivered.values()).isEmpty();
    assertThat(consensus.seen()).isEmpty();
  }

  @Test
  void whoeverIsDeposedForgetsWhatWaitsAndSaysSoOnceItHadLed() {
    PipelinedBroadcast broadcast = leading(Settings.DEFAULTS);
    List<String> told = new ArrayList<>();
    broadcast.onDeposed(() -> told.add("deposed"));
    List<Long> indices = new ArrayList<>();
    broadcast.readIndex(indices::add);
    broadcast.broadcast(message(1));
    consensus.depose(true);
    assertThat(told).containsExactly("deposed");
    assertThat(indices).containsExactly(-1L);
    kit.advance(50);
    assertThat(consensus.led()).as("still elected: tries again").hasSize(2);
    consensus.depose(false);
    assertThat(told).as("it was only preparing").hasSize(1);
    kit.advance(50);
    consensus.becomeReady();
    broadcast.endOfTurn();
    assertThat(consensus.proposed()).as("who broadcast it does it again").isEmpty();
  }

  @Test
  void whoLosesTheElectionAnswersThoseWhoWaitForAnIndex() {
    PipelinedBroadcast broadcast = leading(Settings.DEFAULTS);
    List<Long> indices = new ArrayList<>();
    broadcast.readIndex(indices::add);
    broadcast.lead(false);
    assertThat(indices).containsExactly(-1L);
    assertThat(broadcast.leading()).isFalse();
  }

  @Test
  void decisionsThatMustBeLearnedAreAskedOfTheHolder() {
    PipelinedBroadcast broadcast = started(Settings.DEFAULTS);
    broadcast.lead(true);
    consensus.above().mustLearn(at(5), Optional.of(N3));
    Kit.Sent asked = kit.takeSent().get(0);
    assertThat(asked.to()).isEqualTo(N3);
    assertThat(asked.message()).isInstanceOf(BroadcastMessage.CatchUp.class);
  }

  @Test
  void everybodyHearsNowAndThenHowFarThisNodeIs() {
    PipelinedBroadcast broadcast = started(Settings.DEFAULTS);
    broadcast.onMessage(N2, new Decisions(RIVAL, at(1), values(1), at(1)));
    kit.advance(100);
    assertThat(kit.takeSent()).containsExactly(
        new Kit.Sent(N2, Kit.progress(1, 1)), new Kit.Sent(N3, Kit.progress(1, 1)));
    kit.advance(100);
    assertThat(kit.takeSent()).hasSize(2);
  }
}
