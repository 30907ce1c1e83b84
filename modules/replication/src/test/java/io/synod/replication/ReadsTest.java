package io.synod.replication;

import static io.synod.replication.Kit.N2;
import static io.synod.replication.Kit.at;
import static io.synod.replication.Kit.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.message.ReplicationMessage.LeaseIndex;
import io.synod.api.message.ReplicationMessage.ReadIndex;
import io.synod.api.message.ReplicationMessage.ReadIndexReply;
import io.synod.api.model.InstanceId;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Settings;
import io.synod.api.replication.ReadMode;
import io.synod.api.replication.ReadOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A linearizable read waits for an index given after it was asked; a stale one for its own. */
class ReadsTest {
  private static final long DEADLINE = 1_000_000_000;

  private final Kit kit = new Kit();
  private final FakeBroadcast broadcast = new FakeBroadcast();
  private final List<String> answers = new ArrayList<>();
  private final LayerContext context = kit.context(Settings.DEFAULTS);
  private final Forwarder forwarder = new Forwarder(context, broadcast);
  private long applied = 3;
  private final Reads reads = new Reads(
      context, broadcast, new ListMachine(), () -> at(applied), forwarder, kit::retransmission);

  private void read(ReadMode mode, long minIndex, String query) {
    reads.read(mode, at(minIndex), bytes(query), DEADLINE, outcome -> {
      if (outcome instanceof ReadOutcome.Answer answer) {
        answers.add(query + " at " + answer.index());
      } else {
        answers.add(query + " unavailable");
      }
    });
  }

  private void linearizable(String query) {
    read(ReadMode.LINEARIZABLE, 0, query);
  }

  private void follow() {
    forwarder.leader(Optional.of(N2));
  }

  private long asked() {
    List<Kit.Sent> sent = kit.takeSent();
    assertThat(sent).hasSize(1);
    assertThat(sent.get(0).to()).isEqualTo(N2);
    return ((ReadIndex) sent.get(0).message()).request();
  }

  private void reply(long request, long index) {
    reads.onReply(new ReadIndexReply(request, at(index)));
  }

  @Test
  void allReadsOfOneTurnShareOneIndex() {
    broadcast.leading(true);
    linearizable("a");
    linearizable("b");
    assertThat(broadcast.indicesAsked()).isZero();
    reads.endOfTurn();
    assertThat(broadcast.indicesAsked()).isEqualTo(1);
    broadcast.index(3);
    assertThat(answers).containsExactly("a at 3", "b at 3");
    reads.endOfTurn();
    assertThat(broadcast.indicesAsked()).isZero();
    assertThat(kit.timers()).isZero();
  }

  @Test
  void aReadWaitsUntilItsIndexIsApplied() {
    follow();
    linearizable("a");
    reads.endOfTurn();
    reply(asked(), 5);
    applied = 4;
    reads.onApplied();
    assertThat(answers).isEmpty();
    applied = 6;
    reads.onApplied();
    assertThat(answers).containsExactly("a at 6");
  }

  @Test
  void aFollowerReadAsksForAnIndexAloneAndIsAnsweredFromTheOwnState() {
    follow();
    read(ReadMode.FOLLOWER, 0, "a");
    assertThat(answers).isEmpty();
    reads.endOfTurn();
    reply(asked(), 4);
    assertThat(answers).as("so much is not applied here").isEmpty();
    applied = 4;
    reads.onApplied();
    assertThat(answers).containsExactly("a at 4");
    assertThat(kit.takeSent()).isEmpty();
  }

  @Test
  void anIndexOfALaterTurnServesEarlierReadsNeverTheOtherWayRound() {
    follow();
    linearizable("a");
    reads.endOfTurn();
    final long first = asked();
    linearizable("b");
    reads.endOfTurn();
    final long second = asked();
    linearizable("c");
    reads.endOfTurn();
    final long third = asked();
    reply(second, 3);
    assertThat(answers).containsExactly("a at 3", "b at 3");
    reply(first, 3);
    reply(second, 3);
    assertThat(answers).as("c was asked after these indices").hasSize(2);
    reply(third, 3);
    assertThat(answers).hasSize(3);
  }

  @Test
  void anAnswerToAQuestionThatWasNeverAskedIsNoIndex() {
    follow();
    linearizable("a");
    reads.endOfTurn();
    reply(asked() + 1000, 3);
    assertThat(answers).as("it was meant for a former life of this node").isEmpty();
  }

  @Test
  void aLostQuestionIsAskedAgainForAllThatAreOpen() {
    follow();
    linearizable("a");
    reads.endOfTurn();
    asked();
    linearizable("b");
    reads.endOfTurn();
    long latest = asked();
    kit.advance(10);
    assertThat(asked()).isEqualTo(latest);
    reply(latest, 1);
    assertThat(answers).containsExactly("a at 3", "b at 3");
  }

  @Test
  void aLostLeadershipIsNoIndex() {
    broadcast.leading(true);
    linearizable("a");
    reads.endOfTurn();
    broadcast.index(-1);
    assertThat(answers).isEmpty();
    broadcast.leading(false);
    follow();
    reads.askAgain();
    reply(asked(), 3);
    assertThat(answers).containsExactly("a at 3");
  }

  @Test
  void aStaleReadWaitsForItsOwnIndexOnly() {
    read(ReadMode.STALE, 3, "now");
    assertThat(answers).containsExactly("now at 3");
    read(ReadMode.STALE, 4, "later");
    reads.onApplied();
    assertThat(answers).hasSize(1);
    applied = 4;
    reads.onApplied();
    assertThat(answers).containsExactly("now at 3", "later at 4");
    assertThat(kit.takeSent()).isEmpty();
  }

  @Test
  void whatIsNotAnsweredInTimeIsUnavailableOnce() {
    follow();
    linearizable("a");
    reads.endOfTurn();
    final long request = asked();
    read(ReadMode.STALE, 9, "b");
    reads.expireDeadlines(DEADLINE - 1);
    assertThat(answers).isEmpty();
    reads.expireDeadlines(DEADLINE);
    assertThat(answers).containsExactlyInAnyOrder("a unavailable", "b unavailable");
    assertThat(kit.timers()).isZero();
    reply(request, 1);
    applied = 9;
    reads.onApplied();
    assertThat(answers).hasSize(2);
  }

  @Test
  void aLeaseReadAtTheLeaderIsAnsweredInItsTurnWithoutAMessage() {
    broadcast.leading(true);
    broadcast.leased(3);
    read(ReadMode.LEASE, 0, "a");
    reads.endOfTurn();
    assertThat(answers).containsExactly("a at 3");
    assertThat(kit.takeSent()).isEmpty();
    assertThat(kit.timers()).isZero();
  }

  @Test
  void anIndexUnderALeaseIsNeverGoodForALinearizableRead() {
    follow();
    linearizable("a");
    reads.endOfTurn();
    final long first = asked();
    read(ReadMode.LEASE, 0, "b");
    reads.endOfTurn();
    LeaseIndex question = (LeaseIndex) kit.takeSent().get(0).message();
    reply(question.request(), 3);
    assertThat(answers).containsExactly("b at 3");
    reply(first, 3);
    assertThat(answers).containsExactly("b at 3", "a at 3");
  }

  @Test
  void aPeerGetsAnIndexUnderTheLeaseAtOnce() {
    broadcast.leading(true);
    broadcast.leased(6);
    reads.onRequest(N2, new LeaseIndex(8));
    assertThat(kit.takeSent())
        .containsExactly(new Kit.Sent(N2, new ReadIndexReply(8, InstanceId.of(6))));
    assertThat(broadcast.indicesAsked()).isZero();
  }

  @Test
  void aPeerGetsAnIndexOnlyFromALeader() {
    reads.onRequest(N2, new ReadIndex(8));
    assertThat(kit.takeSent()).isEmpty();
    broadcast.leading(true);
    reads.onRequest(N2, new ReadIndex(8));
    broadcast.index(5);
    assertThat(kit.takeSent())
        .containsExactly(new Kit.Sent(N2, new ReadIndexReply(8, InstanceId.of(5))));
  }
}
