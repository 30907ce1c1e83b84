package io.synod.replication;

import static io.synod.replication.Kit.at;
import static io.synod.replication.Kit.bytes;
import static io.synod.replication.Kit.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.model.InstanceId;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Settings;
import io.synod.api.replication.ReplicatedStateMachine.SessionListener;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients of this node have on its way, whatever they repeat. */
class ClientSessionsTest {
  private static final long DEADLINE = 1_000_000_000;

  private final Kit kit = new Kit();
  private final FakeBroadcast broadcast = new FakeBroadcast();
  private final SessionTable table = new SessionTable(10_000);
  private final List<String> told = new ArrayList<>();
  private final Listener listener = new Listener("");
  private final ClientSessions clients = clients(
      kit.context(Settings.DEFAULTS.with(ReplicationSettings.MAX_WAITING, 4)
          .with(ReplicationSettings.SESSION_TIMEOUT, Duration.ofSeconds(10))));
  private long session;

  private ClientSessions clients(LayerContext context) {
    return new ClientSessions(
        context, table, new Forwarder(context, broadcast), kit::retransmission);
  }

  private final class Listener implements SessionListener {
    private final String name;

    Listener(String name) {
      this.name = name;
    }

    @Override
    public void applied(long sequence, InstanceId instance, byte[] result) {
      told.add(name + sequence + " at " + instance + " " + text(result));
    }

    @Override
    public void refused(long sequence, boolean overloaded) {
      told.add(name + "refused " + sequence + (overloaded ? " overloaded" : ""));
    }

    @Override
    public void expired() {
      told.add(name + "expired");
    }
  }

  @BeforeEach
  void oneSessionAtTheLeader() {
    broadcast.leading(true);
    session = table.open(0);
  }

  private void submit(SessionListener to, long sequence, int count) {
    List<byte[]> commands = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      commands.add(bytes("c" + (sequence + i)));
    }
    clients.submit(new ClientSessions.Run(session, sequence, 0, commands), DEADLINE, to);
  }

  private List<Long> broadcasted() {
    return broadcast.take().stream().map(e -> ByteBuffer.wrap(e).getLong(9)).toList();
  }

  private void apply(long sequence) {
    table.get(session).applied(at(sequence + 10), bytes("r" + sequence));
    clients.applied(session, sequence, at(sequence + 10), bytes("r" + sequence));
  }

  private List<String> told() {
    List<String> taken = List.copyOf(told);
    told.clear();
    return taken;
  }

  @Test
  void commandsGoToTheLeaderInOrderAndTheClientHearsOfEach() {
    submit(listener, 1, 2);
    submit(listener, 3, 1);
    assertThat(broadcasted()).containsExactly(1L, 2L, 3L);
    apply(1);
    apply(2);
    assertThat(told()).containsExactly("1 at 11 r1", "2 at 12 r2");
    assertThat(clients.waiting()).isEqualTo(1);
  }

  @Test
  void aCopyOfWhatIsOnItsWayIsNotSentTwice() {
    submit(listener, 1, 2);
    broadcasted();
    submit(listener, 1, 3);
    assertThat(broadcasted()).containsExactly(3L);
    apply(1);
    assertThat(told()).containsExactly("1 at 11 r1");
  }

  @Test
  void aRunAfterAGapStartsAnewThere() {
    submit(listener, 1, 1);
    submit(listener, 5, 1);
    assertThat(broadcasted()).containsExactly(1L, 5L);
    assertThat(clients.waiting()).isEqualTo(1);
  }

  @Test
  void whatWasAppliedBeforeIsAnsweredFromTheTableWithoutTheLog() {
    submit(listener, 1, 2);
    broadcasted();
    apply(1);
    apply(2);
    told();
    submit(listener, 1, 3);
    assertThat(told()).containsExactly("1 at 11 r1", "2 at 12 r2");
    assertThat(broadcasted()).containsExactly(3L);
  }

  @Test
  void tooManyThatWaitAreRefusedAndThoseBeforeAreNot() {
    submit(listener, 1, 6);
    assertThat(told()).containsExactly("refused 5 overloaded");
    clients.pump();
    assertThat(broadcasted()).containsExactly(1L, 2L, 3L, 4L);
    apply(1);
    told();
    submit(listener, 5, 1);
    assertThat(told()).isEmpty();
  }

  @Test
  void whoComesBackHearsInPlaceOfTheOldConnection() {
    submit(new Listener("old "), 1, 1);
    submit(new Listener("new "), 1, 1);
    apply(1);
    assertThat(told()).containsExactly("new 1 at 11 r1");
  }

  @Test
  void whoIsDetachedHearsNothingMore() {
    submit(listener, 1, 2);
    clients.detach(session, new Listener("another "));
    apply(1);
    assertThat(told()).as("only its own connection detaches it").hasSize(1);
    clients.detach(session, listener);
    apply(2);
    assertThat(told()).isEmpty();
    assertThat(clients.waiting()).isZero();
    assertThat(kit.timers()).isZero();
  }

  @Test
  void anExpiredSessionIsToldOnceAndForgotten() {
    submit(listener, 1, 3);
    clients.expired(session);
    clients.expired(session);
    assertThat(told()).containsExactly("expired");
    assertThat(clients.waiting()).isZero();
  }

  @Test
  void whatIsNotAnsweredInTimeIsRefusedFromTheFirstOn() {
    submit(listener, 1, 3);
    clients.expireDeadlines(DEADLINE - 1);
    assertThat(told()).isEmpty();
    clients.expireDeadlines(DEADLINE);
    assertThat(told()).containsExactly("refused 1");
    assertThat(clients.waiting()).isZero();
    apply(1);
    assertThat(told()).isEmpty();
  }

  @Test
  void aNewLeaderGetsAllAgainFromTheFirst() {
    submit(listener, 1, 2);
    broadcasted();
    clients.sendAgain();
    assertThat(broadcasted()).containsExactly(1L, 2L);
  }

  @Test
  void aSignOfLifeGoesIntoTheLogAtMostFourTimesInALifeSpan() {
    clients.keepAlive(session, 2_499);
    assertThat(broadcast.take()).isEmpty();
    clients.keepAlive(session, 2_500);
    assertThat(broadcast.take()).containsExactly(Entry.keepAlive(session));
    clients.keepAlive(99, 0);
    assertThat(broadcast.take()).as("unknown: the log shall say so").hasSize(1);
  }
}
