package io.synod.replication;

import static io.synod.replication.Kit.at;
import static io.synod.replication.Kit.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Settings;
import io.synod.api.replication.Outcome;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The node's own session: opened when needed, bounded, anew when it expired. */
class OwnSessionTest {
  private final Kit kit = new Kit();
  private final FakeBroadcast broadcast = new FakeBroadcast();
  private final LayerContext context =
      kit.context(Settings.DEFAULTS.with(ReplicationSettings.MAX_WAITING, 2));
  private final Forwarder forwarder = new Forwarder(context, broadcast);
  private final SessionOpenings openings =
      new SessionOpenings(forwarder, kit::retransmission);
  private final OwnSession own =
      new OwnSession(context, forwarder, openings, kit::retransmission);
  private final List<Class<?>> outcomes = new ArrayList<>();

  private void submit(String command, long deadlineMillis) {
    own.submit(bytes(command), deadlineMillis * 1_000_000, o -> outcomes.add(o.getClass()));
  }

  private long nonce() {
    List<byte[]> entries = broadcast.take();
    assertThat(entries).hasSize(1);
    assertThat(entries.get(0)[0]).isEqualTo(Entry.OPEN);
    return ByteBuffer.wrap(entries.get(0)).getLong(1);
  }

  @Test
  void aSessionIsOpenedOnceAndCommandsWaitForIt() {
    broadcast.leading(true);
    submit("a", 100);
    submit("b", 100);
    long nonce = nonce();
    own.pump();
    assertThat(broadcast.take()).isEmpty();
    openings.opened(nonce, 4);
    own.pump();
    assertThat(broadcast.take()).containsExactly(
        Entry.command(4, 1, 1, bytes("a")), Entry.command(4, 2, 1, bytes("b")));
    assertThat(own.applied(4, 1, at(2), bytes("x"))).isTrue();
    assertThat(own.applied(5, 2, at(2), bytes("x"))).as("another session").isFalse();
    assertThat(outcomes).containsExactly(Outcome.Applied.class);
    assertThat(own.waiting()).isEqualTo(1);
  }

  @Test
  void tooManyAreRejected() {
    submit("a", 100);
    submit("b", 100);
    submit("c", 100);
    assertThat(outcomes).containsExactly(Outcome.Rejected.class);
    assertThat(own.waiting()).isEqualTo(2);
  }

  @Test
  void whatWasNeverSentIsRejectedWhatWasSentIsIndeterminate() {
    broadcast.leading(true);
    submit("a", 100);
    openings.opened(nonce(), 4);
    own.pump();
    broadcast.leading(false);
    submit("b", 100);
    own.expireDeadlines(100_000_000);
    assertThat(outcomes).containsExactly(Outcome.Indeterminate.class, Outcome.Rejected.class);
    assertThat(own.waiting()).as("what was sent may yet have effect").isEqualTo(1);
  }

  @Test
  void anExpiredSessionIsReplacedForWhatWasNotSent() {
    broadcast.leading(true);
    submit("a", 100);
    openings.opened(nonce(), 4);
    own.pump();
    broadcast.take();
    submit("b", 100);
    own.expired(3);
    assertThat(outcomes).as("not its session").isEmpty();
    own.expired(4);
    assertThat(outcomes).containsExactly(Outcome.Indeterminate.class);
    openings.opened(nonce(), 6);
    own.pump();
    assertThat(broadcast.take()).containsExactly(Entry.command(6, 1, 1, bytes("b")));
  }

  @Test
  void anIdleSessionIsKeptAliveByTheLogsTime() {
    broadcast.leading(true);
    submit("a", 100);
    openings.opened(nonce(), 4);
    long quarter =
        Settings.DEFAULTS.get(ReplicationSettings.SESSION_TIMEOUT).toMillis() / 4;
    own.stayAlive(quarter);
    assertThat(broadcast.take()).isEmpty();
    own.stayAlive(quarter + 1);
    own.stayAlive(quarter + 2);
    assertThat(broadcast.take()).containsExactly(Entry.keepAlive(4));
  }
}
