package io.synod.runtime.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.message.AdmissionMessage;
import io.synod.api.message.Message;
import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Eras;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.storage.DurableRecord;
import io.synod.api.storage.StorageException;
import io.synod.codec.KryoCodec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DurableEffectsTest {
  private static final Configuration ALONE =
      new Configuration(List.of(Member.founding("n1", "h:1")), "majority");

  private static final NodeId SELF = NodeId.of("n1");
  private static final NodeId PEER = NodeId.of("n2");

  private final List<String> trace = new ArrayList<>();
  private final Deque<LoopTask> posted = new ArrayDeque<>();
  private final TracingJournal journal = new TracingJournal(trace);
  private final TracingTransport transport = new TracingTransport(trace);
  private final DurableEffects effects = effects(true);

  private final Core core = new Core() {
    @Override
    public void onMessage(NodeId from, Message message) {
      trace.add("deliver " + ((AdmissionMessage.Introduce) message).incarnation().number());
    }

    @Override
    public void endOfTurn() {}
  };

  private DurableEffects effects(boolean durable) {
    return new DurableEffects(SELF, journal, durable, transport, new KryoCodec(), posted::add);
  }

  @Test
  void recordsAreAppendedBeforeAnythingIsSentAndForcedAfterwards() throws Exception {
    effects.sendNow(PEER, message(1));
    effects.persist(new DurableRecord.Booted(1));
    effects.persist(new DurableRecord.Booted(2));
    endTurn();

    assertThat(trace).containsExactly("append 0", "append 1", "send n2 1", "flush", "sync");
  }

  @Test
  void gatedMessagesLeaveInTheTurnThatHearsOfTheForceInOrder() throws Exception {
    effects.persist(new DurableRecord.Booted(1));
    effects.send(PEER, message(1));
    effects.send(PEER, message(2));
    endTurn();
    assertThat(trace).containsExactly("append 0", "sync");

    trace.clear();
    journal.answerOldest();
    runPosted();
    assertThat(trace).as("not before the end of the turn").isEmpty();
    endTurn();

    assertThat(trace).containsExactly("send n2 1", "send n2 2", "flush");
  }

  @Test
  void aForceReleasesOnlyWhatWasGatedByRecordsBeforeIt() throws Exception {
    effects.persist(new DurableRecord.Booted(1));
    effects.send(PEER, message(1));
    endTurn();
    effects.persist(new DurableRecord.Booted(2));
    effects.send(PEER, message(2));
    endTurn();
    trace.clear();

    journal.answerOldest();
    runPosted();
    endTurn();
    assertThat(trace).containsExactly("send n2 1", "flush");

    trace.clear();
    journal.answerOldest();
    runPosted();
    endTurn();
    assertThat(trace).containsExactly("send n2 2", "flush");
  }

  @Test
  void withoutUnforcedRecordsAGatedMessageLeavesWithItsTurn() throws Exception {
    effects.send(PEER, message(1));
    endTurn();

    assertThat(trace).containsExactly("send n2 1", "flush");
  }

  @Test
  void withStorageThatIsNotDurableNothingWaitsAndNothingIsForced() throws Exception {
    DurableEffects volatileEffects = effects(false);
    volatileEffects.persist(new DurableRecord.Booted(1));
    volatileEffects.send(PEER, message(1));
    volatileEffects.settle(core);
    volatileEffects.flush();

    assertThat(trace).containsExactly("append 0", "send n2 1", "flush");
  }

  @Test
  void messagesToSelfAreDeliveredInTheSameTurnUntilQuiet() throws Exception {
    Core echo = new Core() {
      @Override
      public void onMessage(NodeId from, Message message) {
        core.onMessage(from, message);
        long number = ((AdmissionMessage.Introduce) message).incarnation().number();
        if (number < 3) {
          effects.sendNow(SELF, message(number + 1));
        }
      }

      @Override
      public void endOfTurn() {
        trace.add("end");
      }
    };
    effects.sendNow(SELF, message(1));
    effects.settle(echo);
    effects.flush();

    assertThat(trace).containsExactly("deliver 1", "end", "deliver 2", "end", "deliver 3", "end");
  }

  @Test
  void aNodeThatNeverStopsTalkingToItselfLetsTheTurnEnd() {
    Core endless = new Core() {
      @Override
      public void onMessage(NodeId from, Message message) {
        effects.sendNow(SELF, message);
      }

      @Override
      public void endOfTurn() {}
    };
    effects.sendNow(SELF, message(1));
    effects.settle(endless);

    assertThat(effects.pending()).isTrue();
  }

  @Test
  void whatWaitsForTheDiskKeepsItsOrderAlsoToSelf() throws Exception {
    effects.persist(new DurableRecord.Booted(1));
    effects.send(SELF, message(1));
    effects.whenDurable(() -> trace.add("callback"));
    effects.send(SELF, message(2));
    endTurn();
    trace.clear();

    journal.answerOldest();
    runPosted();
    endTurn();

    assertThat(trace).containsExactly("deliver 1", "callback", "deliver 2");
  }

  @Test
  void aFailedForceIsThrownOnTheLoopAndReleasesNothing() throws Exception {
    effects.persist(new DurableRecord.Booted(1));
    effects.send(PEER, message(1));
    endTurn();
    trace.clear();

    journal.failOldest("disk on fire");

    assertThatThrownBy(this::runPosted)
        .isInstanceOf(StorageException.class).hasMessage("disk on fire");
    assertThat(trace).isEmpty();
  }

  @Test
  void aFailedAppendLetsNothingOfTheTurnLeave() {
    journal.failAppends();
    effects.sendNow(PEER, message(1));
    effects.persist(new DurableRecord.Booted(1));

    assertThatThrownBy(this::endTurn).isInstanceOf(StorageException.class);
    assertThat(trace).noneMatch(line -> line.startsWith("send"));
  }

  @Test
  void theLogIsDroppedBeforeTheCheckpointThatWasLastWhenThatWasAsked() throws Exception {
    effects.persist(new DurableRecord.Booted(1));
    effects.persist(checkpoint());
    endTurn();
    effects.dropBeforeCheckpoint();
    effects.persist(checkpoint());
    endTurn();

    assertThat(trace).containsExactly(
        "append 0", "checkpoint 1", "sync", "checkpoint 2", "sync", "drop 1");
  }

  @Test
  void aReplayedCheckpointCountsToo() throws Exception {
    effects.recovered(checkpoint(), 7);
    effects.dropBeforeCheckpoint();
    endTurn();

    assertThat(trace).containsExactly("drop 7");
  }

  private void endTurn() throws StorageException {
    effects.settle(core);
    effects.flush();
  }

  private void runPosted() throws StorageException {
    while (!posted.isEmpty()) {
      posted.remove().run();
    }
  }

  private static Message message(long number) {
    return new AdmissionMessage.Introduce(new Incarnation(number));
  }

  private static DurableRecord checkpoint() {
    return new DurableRecord.Checkpoint(
        1, true, Map.of(), Ballot.BOTTOM, Optional.empty(), InstanceId.FIRST, InstanceId.FIRST,
        Era.ZERO, Eras.founding(ALONE), Ballot.BOTTOM, InstanceId.NONE, List.of());
  }
}
