package io.synod.register.acceptor;

import static io.synod.register.Fixtures.N1;
import static io.synod.register.Fixtures.N2;
import static io.synod.register.Fixtures.N3;
import static io.synod.register.Fixtures.STORE;
import static io.synod.register.Fixtures.ballot;
import static io.synod.register.Fixtures.oneC;
import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.message.RegisterMessage.Adopt;
import io.synod.api.message.RegisterMessage.Lease;
import io.synod.api.message.RegisterMessage.Leased;
import io.synod.api.message.RegisterMessage.Nack;
import io.synod.api.message.RegisterMessage.Prepare;
import io.synod.api.model.Ballot;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.LayerContext;
import io.synod.api.storage.DurableRecord;
import io.synod.register.Fixtures;
import io.synod.register.RecordingEffects;
import io.synod.register.RecordingEffects.Effect;
import io.synod.register.RecordingEffects.Effect.Sent;
import io.synod.register.RecordingEffects.Effect.SentNow;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An acceptor under a lease neither promises nor stores a 1c for others, and does not refuse. */
class AcceptorLeaseTest {
  private static final long DURATION = 500_000_000;
  private static final Ballot B1 = ballot(1, N1);
  private static final Ballot B2 = ballot(2, N2);

  private final RecordingEffects effects = new RecordingEffects();
  private final Fixtures.ManualTimers time = new Fixtures.ManualTimers();
  private NodeAcceptor acceptor = started();

  private NodeAcceptor started(DurableRecord... journal) {
    LayerContext context = Fixtures.context(N3, effects, time);
    NodeAcceptor node =
        new NodeAcceptor(context, Fixtures.authority(context), Durability.STABLE);
    for (DurableRecord record : journal) {
      node.recover(record);
    }
    node.founding(true);
    return node;
  }

  private static Prepare prepare(Ballot ballot) {
    return new Prepare(ballot, Era.ZERO, InstanceId.FIRST);
  }

  private List<Effect> lease(NodeId by, Ballot ballot) {
    effects.take();
    acceptor.onRequest(by, new Lease(ballot, 4, DURATION));
    return effects.take();
  }

  @Test
  void theGrantLeavesOnlyAfterThe1cIsForced() {
    acceptor.onRequest(N1, new Adopt(oneC(B1, 1)));
    assertThat(lease(N1, B1)).containsExactly(new Sent(N1, new Leased(B1, STORE, 4)));
  }

  @Test
  void itIsGrantedInTheHighestBallotWithA1cOnly() {
    acceptor.onRequest(N1, prepare(B1));
    assertThat(lease(N1, B1)).as("no 1c").isEmpty();
    acceptor.onRequest(N1, new Adopt(oneC(B1, 1)));
    assertThat(lease(N1, ballot(9, N1))).as("not promised").isEmpty();
    acceptor.onRequest(N2, prepare(B2));
    assertThat(lease(N1, B1)).containsExactly(new SentNow(N1, new Nack(B1, STORE, B2)));
    assertThat(acceptor.promised()).isEqualTo(B2);
  }

  @Test
  void whileItLastsOthersGetNoAnswerAtAll() {
    acceptor.onRequest(N1, new Adopt(oneC(B1, 1)));
    lease(N1, B1);
    time.advance(DURATION - 1);
    acceptor.onRequest(N2, prepare(B2));
    acceptor.onRequest(N2, new Adopt(oneC(B2, 1)));
    assertThat(effects.take()).isEmpty();
    assertThat(acceptor.promised()).isEqualTo(B1);
    time.advance(1);
    acceptor.onRequest(N2, prepare(B2));
    assertThat(effects.take()).hasSize(2);
    assertThat(acceptor.promised()).isEqualTo(B2);
  }

  @Test
  void theHolderGoesOnInFurtherBallots() {
    acceptor.onRequest(N1, new Adopt(oneC(B1, 1)));
    lease(N1, B1);
    acceptor.onRequest(N1, prepare(B1.nextInPlace()));
    acceptor.onRequest(N1, new Adopt(oneC(B1.nextInPlace(), 1)));
    assertThat(effects.take()).hasSize(5);
    acceptor.onRequest(N1, prepare(ballot(3, N1)));
    assertThat(acceptor.promised()).as("a restarted leader").isEqualTo(ballot(3, N1));
  }

  @Test
  void afterARestartOthersWaitForTheLongestLease() {
    acceptor = started(new DurableRecord.StoredOneC(oneC(B1, 1)));
    acceptor.onRequest(N2, prepare(B2));
    time.advance(DURATION - 1);
    acceptor.onRequest(N2, prepare(B2));
    assertThat(effects.take()).isEmpty();
    assertThat(lease(N1, B1)).as("the holder itself need not wait").hasSize(1);
    time.advance(DURATION);
    acceptor.onRequest(N2, prepare(B2));
    assertThat(effects.take()).hasSize(2);
  }

  @Test
  void afterARestartOnlyTheOwnerOfTheHighestPromiseCanHaveHeldIt() {
    acceptor = started(
        new DurableRecord.StoredOneC(oneC(B1, 1)), new DurableRecord.Promised(B2));
    acceptor.onRequest(N1, prepare(ballot(3, N1)));
    assertThat(effects.take()).isEmpty();
    acceptor.onRequest(N2, new Adopt(oneC(B2, 1)));
    assertThat(effects.take()).hasSize(3);
  }

  @Test
  void whoHasNeverStoredA1cNeedNotWait() {
    acceptor = started(new DurableRecord.Promised(B1));
    acceptor.onRequest(N2, prepare(B2));
    assertThat(effects.take()).hasSize(2);
  }

  @Test
  void whoIsNotKnownToBeTheFirstStoreOfAFoundingMemberGrantsNothing() {
    acceptor.founding(false);
    acceptor.onRequest(N1, new Adopt(oneC(B1, 1)));
    assertThat(lease(N1, B1)).as("it has no vote, so it stores no 1c").isEmpty();
    acceptor.founding(true);
    acceptor.onRequest(N1, new Adopt(oneC(B1, 1)));
    assertThat(lease(N1, B1)).hasSize(1);
  }
}
