package io.synod.register.acceptor;

import static io.synod.register.Fixtures.N1;
import static io.synod.register.Fixtures.N2;
import static io.synod.register.Fixtures.N3;
import static io.synod.register.Fixtures.STORE;
import static io.synod.register.Fixtures.ballot;
import static io.synod.register.Fixtures.oneC;
import static io.synod.register.Fixtures.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.message.RegisterMessage.Accept;
import io.synod.api.message.RegisterMessage.Accepted;
import io.synod.api.message.RegisterMessage.Adopt;
import io.synod.api.message.RegisterMessage.Confirm;
import io.synod.api.message.RegisterMessage.Confirmed;
import io.synod.api.message.RegisterMessage.Nack;
import io.synod.api.message.RegisterMessage.Prepare;
import io.synod.api.message.RegisterMessage.Promise;
import io.synod.api.message.RegisterMessage.Stored;
import io.synod.api.model.Ballot;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Vote;
import io.synod.api.plugin.LayerContext;
import io.synod.api.storage.DurableRecord.Promised;
import io.synod.api.storage.DurableRecord.StoredOneC;
import io.synod.api.storage.DurableRecord.Voted;
import io.synod.register.Fixtures;
import io.synod.register.RecordingEffects;
import io.synod.register.RecordingEffects.Effect.Persisted;
import io.synod.register.RecordingEffects.Effect.Sent;
import io.synod.register.RecordingEffects.Effect.SentNow;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The acceptor's transitions, effect by effect. */
class NodeAcceptorTest {
  private static final Ballot B1 = ballot(1, N1);
  private static final Ballot B2 = ballot(2, N2);

  private final RecordingEffects effects = new RecordingEffects();
  private final NodeAcceptor acceptor = acceptor(Durability.STABLE);

  private NodeAcceptor acceptor(Durability durability) {
    LayerContext context = Fixtures.context(N3, effects, new Fixtures.ManualTimers());
    NodeAcceptor made = new NodeAcceptor(context, Fixtures.authority(context), durability);
    made.founding(true);
    return made;
  }

  private static Promise promise(Ballot ballot, Vote... votes) {
    return promise(ballot, 1, votes);
  }

  private static Promise promise(Ballot ballot, long floor, Vote... votes) {
    return new Promise(
        ballot, STORE, true, InstanceId.FIRST, InstanceId.of(floor), Era.ZERO, Era.ZERO,
        Map.of(), List.of(votes));
  }

  private static Prepare prepare(Ballot ballot) {
    return new Prepare(ballot, Era.ZERO, InstanceId.FIRST);
  }

  private static Accept accept(Ballot ballot, long first, int... tags) {
    return new Accept(
        ballot, InstanceId.of(first),
        java.util.Arrays.stream(tags).mapToObj(Fixtures::value).toList(), InstanceId.NONE);
  }

  @Test
  void votesGoToAllWhereTheProposerOfTheBallotSaysSo() {
    acceptor.onRequest(N1, new Adopt(oneC(B1, 1), true));
    effects.take();
    acceptor.onRequest(N1, accept(B1, 1, 5));
    Accepted votes = new Accepted(B1, STORE, InstanceId.FIRST);
    assertThat(effects.take().subList(1, 4)).containsExactly(
        new Sent(N2, votes), new Sent(N3, votes), new Sent(N1, votes));
    acceptor.onRequest(N1, accept(B1, 1, 5));
    assertThat(effects.take()).as("who asks again is answered alone")
        .containsExactly(new Sent(N1, votes));
    acceptor.onRequest(N2, new Adopt(oneC(B2, 2)));
    acceptor.onRequest(N2, accept(B2, 2, 6));
    assertThat(effects.take()).as("the next leader does not")
        .doesNotContain(new Sent(N3, new Accepted(B2, STORE, InstanceId.of(2))));
  }

  @Test
  void phase1bPersistsThePromiseBeforeItAnswers() {
    acceptor.onRequest(N1, prepare(B1));
    assertThat(effects.take()).containsExactly(
        new Persisted(new Promised(B1)), new Sent(N1, promise(B1)));
  }

  @Test
  void phase1bRefusesALowerBallot() {
    acceptor.onRequest(N2, prepare(B2));
    effects.take();
    acceptor.onRequest(N1, prepare(B1));
    assertThat(effects.take()).containsExactly(new SentNow(N1, new Nack(B1, STORE, B2)));
  }

  @Test
  void phase1bReportsTheVotes() {
    acceptor.onRequest(N1, new Adopt(oneC(B1, 1, value(9))));
    acceptor.onRequest(N1, accept(B1, 2, 8));
    effects.take();
    acceptor.onRequest(N2, prepare(B2));
    assertThat(effects.take()).containsExactly(
        new Persisted(new Promised(B2)),
        new Sent(N2, promise(B2,
            new Vote(InstanceId.of(1), B1, value(9)), new Vote(InstanceId.of(2), B1, value(8)))));
  }

  @Test
  void phase1cIsOneDurableStep() {
    acceptor.onRequest(N1, new Adopt(oneC(B1, 1, value(9))));
    assertThat(effects.take()).containsExactly(
        new Persisted(new StoredOneC(oneC(B1, 1, value(9)))),
        new Sent(N1, new Stored(B1, STORE, InstanceId.NONE)),
        new Sent(N1, new Accepted(B1, STORE, InstanceId.of(1))));
  }

  @Test
  void phase2bNeedsTheOneCOfItsBallot() {
    acceptor.onRequest(N1, accept(B1, 1, 5));
    assertThat(effects.take()).isEmpty();
  }

  @Test
  void phase2bPersistsTheVoteBeforeItAnswers() {
    acceptor.onRequest(N1, new Adopt(oneC(B1, 1)));
    effects.take();
    acceptor.onRequest(N1, accept(B1, 1, 5, 6));
    assertThat(effects.take()).containsExactly(
        new Persisted(new Voted(B1, InstanceId.of(1), List.of(value(5), value(6)))),
        new Sent(N1, new Accepted(B1, STORE, InstanceId.of(2))));
  }

  @Test
  void aGapIsNotAcknowledged() {
    acceptor.onRequest(N1, new Adopt(oneC(B1, 1)));
    acceptor.onRequest(N1, accept(B1, 3, 7));
    effects.take();
    acceptor.onRequest(N1, accept(B1, 1, 5));
    assertThat(effects.take()).contains(new Sent(N1, new Accepted(B1, STORE, InstanceId.of(1))));
    acceptor.onRequest(N1, accept(B1, 2, 6));
    assertThat(effects.take()).contains(new Sent(N1, new Accepted(B1, STORE, InstanceId.of(3))));
  }

  @Test
  void aCopyIsAnsweredWithoutAnotherVote() {
    acceptor.onRequest(N1, new Adopt(oneC(B1, 1)));
    acceptor.onRequest(N1, accept(B1, 1, 5));
    effects.take();
    acceptor.onRequest(N1, accept(B1, 1, 5));
    assertThat(effects.take()).containsExactly(
        new Sent(N1, new Accepted(B1, STORE, InstanceId.of(1))));
  }

  @Test
  void onlyTheOwnerOfABallotSpeaksInIt() {
    acceptor.onRequest(N2, prepare(B1));
    assertThat(effects.take()).isEmpty();
  }

  @Test
  void whoIsNotKnownToBeFoundingPromisesAndSaysSoButStoresNothing() {
    acceptor.founding(false);
    acceptor.onRequest(N1, prepare(B1));
    assertThat(effects.take()).containsExactly(
        new Persisted(new Promised(B1)),
        new Sent(N1, new Promise(
            B1, STORE, false, InstanceId.FIRST, InstanceId.FIRST, Era.ZERO, Era.ZERO, Map.of(),
            List.of())));
    acceptor.onRequest(N1, new Adopt(oneC(B1, 1)));
    acceptor.onRequest(N1, accept(B1, 1, 5));
    assertThat(effects.take()).isEmpty();
    acceptor.onRequest(N1, new Confirm(B1, 1));
    assertThat(effects.take()).as("it has no vote in the ballot").isEmpty();
  }

  @Test
  void confirmAnswersOnlyForThePromisedBallotWhose1cIsStored() {
    acceptor.onRequest(N1, prepare(B1));
    effects.take();
    acceptor.onRequest(N1, new Confirm(B1, 3));
    assertThat(effects.take()).isEmpty();
    acceptor.onRequest(N1, new Adopt(oneC(B1, 1)));
    effects.take();
    acceptor.onRequest(N1, new Confirm(B1, 4));
    assertThat(effects.take()).containsExactly(new SentNow(N1, new Confirmed(B1, STORE, 4)));
    acceptor.onRequest(N2, prepare(B2));
    effects.take();
    acceptor.onRequest(N1, new Confirm(B1, 5));
    assertThat(effects.take()).containsExactly(new SentNow(N1, new Nack(B1, STORE, B2)));
  }

  @Test
  void aVolatileAcceptorPersistsNothing() {
    NodeAcceptor memory = acceptor(Durability.VOLATILE);
    memory.onRequest(N1, prepare(B1));
    assertThat(effects.take()).containsExactly(new Sent(N1, promise(B1)));
  }

  @Test
  void floorOfA1cIsReportedAlthoughOlderVotesAreKept() {
    acceptor.onRequest(N1, new Adopt(oneC(B1, 1)));
    acceptor.onRequest(N1, accept(B1, 1, 5));
    acceptor.onRequest(N2, new Adopt(oneC(B2, 2)));
    effects.take();
    Ballot b3 = ballot(3, N1);
    acceptor.onRequest(N1, prepare(b3));
    assertThat(effects.take()).contains(new Sent(
        N1, promise(b3, 2, new Vote(InstanceId.of(1), B1, value(5)))));
  }

  @Test
  void whatIsHeldElsewhereClosesAGapAndIsForgotten() {
    acceptor.onRequest(N1, new Adopt(oneC(B1, 1)));
    acceptor.onRequest(N1, accept(B1, 3, 7));
    effects.take();
    acceptor.held(InstanceId.of(2));
    assertThat(effects.take()).containsExactly(
        new Sent(N1, new Accepted(B1, STORE, InstanceId.of(3))));
    assertThat(acceptor.vote(InstanceId.of(3))).isEqualTo(value(7));
    acceptor.held(InstanceId.of(3));
    assertThat(acceptor.vote(InstanceId.of(3))).isNull();
  }
}
