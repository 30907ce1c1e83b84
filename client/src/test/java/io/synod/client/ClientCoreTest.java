package io.synod.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.message.ClientMessage;
import io.synod.api.message.ClientMessage.OpenSession;
import io.synod.api.message.ClientMessage.Query;
import io.synod.api.message.ClientMessage.QueryResult;
import io.synod.api.message.ClientMessage.Refusal.Kind;
import io.synod.api.message.ClientMessage.SessionOpened;
import io.synod.api.message.ClientMessage.Submit;
import io.synod.api.model.InstanceId;
import io.synod.api.replication.Outcome;
import io.synod.api.replication.Outcome.Rejected.Reason;
import io.synod.api.replication.ReadOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class ClientCoreTest {
  private static final Duration SHORT = Duration.ofMillis(900);
  private static final Duration ATTEMPT = Duration.ofMillis(1_100);

  private final Rig rig = new Rig();
  private final List<CompletableFuture<Outcome>> stages = new ArrayList<>();

  @Test
  void opensASessionBeforeTheFirstCommandAndNumbersCommandsFromOne() {
    Rig.Link link = rig.accept();
    assertThat(link.heard).isEmpty();
    rig.submit("x");
    rig.turn();
    assertThat(link.all(Submit.class)).isEmpty();
    link.say(new SessionOpened(link.only(OpenSession.class).nonce(), Rig.SESSION));
    assertThat(link.submitted()).containsExactly("1:x");
    assertThat(link.only(Submit.class).session()).isEqualTo(Rig.SESSION);
  }

  @Test
  void commandsOfOneTurnShareOneMessageAndResultsReachTheirStages() {
    Rig.Link link = rig.withSession(stages, "a", "b", "c");
    assertThat(link.only(Submit.class).commands()).hasSize(3);
    link.applied(1, "A");
    link.applied(2, "B");
    link.applied(3, "C");
    assertThat(stages.stream().map(s -> Rig.text(s.join()))).containsExactly("A", "B", "C");
    assertThat(rig.budget.count()).isZero();
  }

  @Test
  void smallMessagesAreHeldBackWhileFourAreUnansweredAndThenShareOne() {
    Rig.Link link = rig.withSession(stages, "1");
    for (int i = 2; i <= 9; i++) {
      rig.submit("" + i);
      rig.turn();
    }
    assertThat(link.all(Submit.class)).hasSize(4);
    link.applied(1, "");
    assertThat(link.all(Submit.class)).hasSize(5);
    assertThat(link.all(Submit.class).get(4).commands()).hasSize(5);
  }

  @Test
  void tellsTheNodeWhichResultsItMayForget() {
    Rig.Link link = rig.withSession(stages, "a", "b");
    link.applied(2, "B");
    rig.submit("c");
    rig.turn();
    assertThat(link.all(Submit.class).get(1).answered()).isEqualTo(0);
    link.applied(1, "A");
    rig.submit("d");
    rig.turn();
    assertThat(link.all(Submit.class).get(2).answered()).isEqualTo(2);
  }

  @Test
  void resendsFromTheFirstUnansweredInOrderAtAnotherNodeWhenTheConnectionIsLost() {
    Rig.Link first = rig.withSession(stages, "a", "b", "c");
    first.applied(1, "A");
    first.lose();
    rig.pass(SHORT);
    assertThat(rig.asked).hasSize(2).doesNotHaveDuplicates();
    Rig.Link second = rig.accept();
    assertThat(second.submitted()).containsExactly("2:b", "3:c");
    assertThat(second.all(OpenSession.class)).isEmpty();
    second.applied(2, "B");
    second.applied(2, "not again");
    assertThat(Rig.text(stages.get(1).join())).isEqualTo("B");
    assertThat(stages.get(2)).isNotDone();
  }

  @Test
  void movesOnWhenANodeGivesNoAnswerAndIgnoresItAfterwards() {
    Rig.Link first = rig.withSession(stages, "a");
    rig.pass(ATTEMPT);
    assertThat(first.closed).isTrue();
    first.applied(1, "too late for this connection");
    assertThat(stages.get(0)).isNotDone();
    assertThat(rig.accept().submitted()).containsExactly("1:a");
  }

  @Test
  void aRefusalAsUnavailableMovesOnAndSendsNothingNewUntilANodeAnswers() {
    Rig.Link first = rig.withSession(stages, "a");
    first.refuse(Kind.UNAVAILABLE, Rig.SESSION, 1);
    CompletableFuture<Outcome> fresh = rig.submit("b");
    rig.pass(SHORT);
    Rig.Link second = rig.accept();
    assertThat(second.submitted()).containsExactly("1:a");
    second.applied(1, "A");
    assertThat(second.submitted()).containsExactly("1:a", "2:b");
    assertThat(fresh).isNotDone();
  }

  @Test
  void whatWasNeverSentIsRejectedAtItsTimeoutAndLeavesNoGap() {
    CompletableFuture<Outcome> stage = rig.submit("a");
    for (int i = 0; i < 200; i++) {
      rig.refuseConnection();
      rig.pass(Duration.ofMillis(100));
    }
    assertThat(stage.join()).isInstanceOfSatisfying(Outcome.Rejected.class,
        r -> assertThat(r.reason()).isEqualTo(Reason.UNAVAILABLE));
    rig.pass(SHORT);
    assertThat(rig.withSession(stages, "b").submitted()).containsExactly("1:b");
  }

  @Test
  void whatWasSentIsIndeterminateAtItsTimeoutAndKeepsItsPlace() {
    rig.withSession(stages, "a");
    for (int i = 0; i < 12; i++) {
      rig.pass(Duration.ofSeconds(1));
      if (rig.links.get(rig.links.size() - 1).closed) {
        rig.accept();
      }
    }
    assertThat(stages.get(0).join()).isInstanceOf(Outcome.Indeterminate.class);
    assertThat(rig.budget.count()).isEqualTo(1);
    CompletableFuture<Outcome> later = rig.submit("b");
    Rig.Link last = rig.links.get(rig.links.size() - 1);
    if (last.closed) {
      rig.pass(SHORT);
      last = rig.accept();
    }
    assertThat(last.submitted()).containsExactly("1:a");
    last.applied(1, "A");
    assertThat(last.submitted()).containsExactly("1:a", "2:b");
    last.applied(2, "B");
    assertThat(Rig.text(later.join())).isEqualTo("B");
  }

  @Test
  void anOverloadedNodeIsAskedAgainAfterAPauseOnTheSameConnection() {
    Rig.Link link = rig.withSession(stages, "a", "b");
    link.refuse(Kind.OVERLOADED, Rig.SESSION, 1);
    assertThat(link.all(Submit.class)).hasSize(1);
    rig.pass(Duration.ofMillis(20));
    assertThat(link.submitted()).containsExactly("1:a", "2:b", "1:a", "2:b");
    assertThat(link.closed).isFalse();
  }

  @Test
  void whatFollowsAnOverloadedRunIsRefusedAsAGapAndNoReasonToLeave() {
    Rig.Link link = rig.withSession(stages, "a");
    rig.submit("b");
    rig.turn();
    link.refuse(Kind.OVERLOADED, Rig.SESSION, 1);
    link.refuse(Kind.UNAVAILABLE, Rig.SESSION, 2);
    assertThat(link.closed).isFalse();
    rig.pass(Duration.ofMillis(20));
    assertThat(link.submitted()).containsExactly("1:a", "2:b", "1:a", "2:b");
  }

  @Test
  void anExpiredSessionMakesTheUnansweredIndeterminateAndLaterCommandsGetANewOne() {
    Rig.Link link = rig.withSession(stages, "a", "b");
    link.applied(1, "A");
    link.refuse(Kind.SESSION_EXPIRED, Rig.SESSION, 2);
    assertThat(stages.get(1).join()).isInstanceOf(Outcome.Indeterminate.class);
    rig.submit("c");
    rig.turn();
    List<OpenSession> asked = link.all(OpenSession.class);
    assertThat(asked).hasSize(2);
    assertThat(asked.get(1).nonce()).isNotEqualTo(asked.get(0).nonce());
    link.say(new SessionOpened(asked.get(1).nonce(), 78));
    assertThat(link.all(Submit.class).get(1).session()).isEqualTo(78);
    assertThat(link.submitted()).containsExactly("1:a", "2:b", "1:c");
  }

  @Test
  void anInvalidCommandIsRejectedAndTheOthersTakeEffectInANewSession() {
    Rig.Link link = rig.withSession(stages, "a", "huge", "c");
    link.refuse(Kind.INVALID, Rig.SESSION, 2);
    assertThat(stages.get(1).join()).isInstanceOfSatisfying(Outcome.Rejected.class,
        r -> assertThat(r.reason()).isEqualTo(Reason.TOO_LARGE));
    assertThat(link.all(OpenSession.class)).hasSize(1);
    link.applied(1, "A");
    assertThat(link.all(OpenSession.class)).hasSize(2);
    link.say(new SessionOpened(link.all(OpenSession.class).get(1).nonce(), 78));
    assertThat(link.submitted()).containsExactly("1:a", "2:huge", "3:c", "1:c");
  }

  @Test
  void anInvalidCommandIsNeverOfferedToAnotherNode() {
    Rig.Link first = rig.withSession(stages, "a", "huge", "c");
    first.refuse(Kind.INVALID, Rig.SESSION, 2);
    first.lose();
    rig.pass(SHORT);
    assertThat(rig.accept().submitted()).containsExactly("1:a");
  }

  @Test
  void anInvalidCommandThatWasSentBeforeMayHaveTakenEffect() {
    rig.withSession(stages, "huge", "b").lose();
    rig.pass(SHORT);
    rig.accept().refuse(Kind.INVALID, Rig.SESSION, 1);
    assertThat(stages).allSatisfy(
        s -> assertThat(s.join()).isInstanceOf(Outcome.Indeterminate.class));
  }

  @Test
  void aLostSessionAnswerIsAskedForAgainUnderTheSameNonce() {
    Rig.Link first = rig.accept();
    rig.submit("a");
    rig.turn();
    rig.pass(ATTEMPT);
    Rig.Link second = rig.accept();
    assertThat(second.only(OpenSession.class)).isEqualTo(first.only(OpenSession.class));
  }

  @Test
  void readsAreAskedAgainElsewhereAndAnsweredOnce() {
    Rig.Link first = rig.accept();
    CompletableFuture<ReadOutcome> read = rig.read("q");
    rig.turn();
    long request = first.only(Query.class).request();
    first.refuse(Kind.UNAVAILABLE, 0, request);
    rig.pass(SHORT);
    Rig.Link second = rig.accept();
    assertThat(second.only(Query.class).request()).isEqualTo(request);
    second.say(new QueryResult(request, InstanceId.of(9), new byte[] {1}));
    assertThat(read.join()).isInstanceOfSatisfying(ReadOutcome.Answer.class,
        a -> assertThat(a.index()).isEqualTo(InstanceId.of(9)));
  }

  @Test
  void aReadWithoutAnAnswerEndsAsUnavailable() {
    CompletableFuture<ReadOutcome> read = rig.read("q");
    rig.pass(Duration.ofSeconds(11));
    assertThat(read.join()).isInstanceOf(ReadOutcome.Unavailable.class);
    assertThat(rig.budget.count()).isZero();
  }

  @Test
  void keepsAQuietConnectionAliveAndGivesASilentOneUp() {
    Rig.Link link = rig.accept();
    rig.pass(Duration.ofMillis(1_500));
    link.only(ClientMessage.Ping.class);
    link.say(new ClientMessage.Pong());
    rig.pass(Duration.ofMillis(3_800));
    assertThat(link.closed).isFalse();
    rig.pass(Duration.ofMillis(500));
    assertThat(link.closed).isTrue();
  }

  @Test
  void closingSaysOfEachCommandWhatIsTrue() {
    rig.withSession(stages, "sent");
    rig.links.get(0).refuse(Kind.UNAVAILABLE, Rig.SESSION, 1);
    stages.add(rig.submit("never sent"));
    CompletableFuture<ReadOutcome> read = rig.read("q");
    rig.core.close();
    stages.add(rig.submit("after"));
    rig.core.close();
    assertThat(stages.stream().map(CompletionStage::toCompletableFuture)
        .map(CompletableFuture::join).map(Rig::text))
        .containsExactly("Indeterminate", "Rejected", "Rejected");
    assertThat(read.join()).isInstanceOf(ReadOutcome.Unavailable.class);
    assertThat(rig.budget.count()).isZero();
  }

  @Test
  void triesAllNodesInTurn() {
    for (int i = 0; i < 2; i++) {
      rig.refuseConnection();
      rig.pass(Duration.ofMillis(100));
    }
    assertThat(new HashSet<>(rig.asked)).hasSize(3);
  }

  @Test
  void aConnectionThatCameTooLateIsClosed() {
    rig.pass(Duration.ofMillis(2_100));
    Rig.Link late = rig.new Link(1);
    rig.core.connected(1, late, rig.now);
    assertThat(late.closed).isTrue();
  }
}
