package io.synod.replication;

import io.synod.api.model.InstanceId;
import io.synod.api.plugin.LayerContext;
import io.synod.api.replication.Outcome;
import io.synod.api.replication.Outcome.Rejected.Reason;
import java.util.function.Consumer;

/**
 * The session in which this node submits for those who embed it: opened at the first command,
 * opened anew when it expired, bounded in commands and bytes.
 */
final class OwnSession {
  private static final long NONE = -1;

  private final LayerContext context;
  private final Forwarder forwarder;
  private final SessionOpenings openings;
  private final Outbox outbox;
  private final int maxWaiting;
  private final long maxWaitingBytes;
  private final long keepAliveMillis;
  private long session = NONE;
  private boolean opening;
  private long aliveAtMillis;

  OwnSession(
      LayerContext context, Forwarder forwarder, SessionOpenings openings,
      Outbox.RetransmissionFactory retransmissions) {
    this.context = context;
    this.forwarder = forwarder;
    this.openings = openings;
    this.outbox = new Outbox(() -> session, 1, forwarder::offer, retransmissions);
    this.maxWaiting = context.settings().get(ReplicationSettings.MAX_WAITING);
    this.maxWaitingBytes = context.settings().get(ReplicationSettings.MAX_WAITING_BYTES);
    this.keepAliveMillis =
        context.settings().get(ReplicationSettings.SESSION_TIMEOUT).toMillis() / 4;
  }

  void submit(byte[] command, long deadlineNanos, Consumer<Outcome> then) {
    // What timed out after it was sent may yet have effect: it is still held, and counts.
    boolean full = outbox.size() >= maxWaiting
        || !outbox.isEmpty() && outbox.bytes() + command.length > maxWaitingBytes;
    if (full) {
      then.accept(new Outcome.Rejected(
          Reason.OVERLOADED, outbox.size() + " commands of " + outbox.bytes() + " bytes wait: see "
              + ReplicationSettings.MAX_WAITING.key() + " and "
              + ReplicationSettings.MAX_WAITING_BYTES.key()));
      return;
    }
    byte[] entry = Entry.command(NONE, 0, 0, command);
    outbox.add(new Outbox.Pending(0, entry, deadlineNanos, new Waiter(then)));
    if (session == NONE) {
      open();
    }
  }

  private void open() {
    if (!opening) {
      opening = true;
      long deadline = context.clock().nanos()
          + context.settings().nanos(ReplicationSettings.REQUEST_TIMEOUT);
      openings.open(context.random().nextLong(), deadline, this::opened);
    }
  }

  private void opened(long number) {
    opening = false;
    session = number;
    if (session == NONE && outbox.hasUnsent()) {
      open();
    }
  }

  void pump() {
    if (session != NONE && outbox.hasUnsent()) {
      outbox.pump();
    }
  }

  void sendAgain() {
    outbox.rewind();
    pump();
  }

  boolean applied(long number, long sequence, InstanceId instance, byte[] result) {
    return number == session && outbox.applied(sequence, instance, result);
  }

  void expired(long number) {
    if (number == session) {
      session = NONE;
      outbox.expired();
      if (outbox.hasUnsent()) {
        open();
      }
    }
  }

  void expireDeadlines(long now) {
    outbox.expireDeadlines(now);
  }

  /** Seldom: an idle session is kept from expiring, by the log's own time. */
  void stayAlive(long logMillis) {
    if (session != NONE && logMillis - aliveAtMillis > keepAliveMillis) {
      aliveAtMillis = logMillis;
      forwarder.offer(Entry.keepAlive(session));
    }
  }

  long waiting() {
    return outbox.size();
  }

  private record Waiter(Consumer<Outcome> then) implements Outbox.Waiter {
    @Override
    public void applied(long sequence, InstanceId instance, byte[] result) {
      then.accept(new Outcome.Applied(instance, result));
    }

    @Override
    public void expired(long sequence) {
      then.accept(new Outcome.Indeterminate("the session expired before an answer came"));
    }

    @Override
    public void timedOut(long sequence, boolean sent) {
      then.accept(sent
          ? new Outcome.Indeterminate("no quorum answered in time")
          : new Outcome.Rejected(Reason.UNAVAILABLE, "no leader within reach in time"));
    }
  }
}
