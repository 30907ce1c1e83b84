package io.synod.replication;

import io.synod.api.model.InstanceId;
import io.synod.api.plugin.LayerContext;
import io.synod.api.replication.ReplicatedStateMachine.SessionListener;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The sessions of clients that are connected to this node: their commands in flight. A client
 * that comes back with commands from an earlier point gets what was applied from the table.
 */
final class ClientSessions {
  private final LayerContext context;
  private final SessionTable table;
  private final Forwarder forwarder;
  private final Outbox.RetransmissionFactory retransmissions;
  private final Long2ObjectHashMap<Attached> attached = new Long2ObjectHashMap<>();
  private final List<Attached> inOrder = new ArrayList<>();
  private final int maxWaiting;
  private final long maxWaitingBytes;
  private long waiting;
  private long waitingBytes;

  /** A run of commands as a client sent it. */
  record Run(long session, long sequence, long answered, List<byte[]> commands) {}

  private final class Attached implements Outbox.Waiter {
    private final long session;
    private final Outbox outbox;
    private SessionListener listener;
    private long countedBytes;

    Attached(long session, long first, SessionListener listener) {
      this.session = session;
      this.listener = listener;
      this.outbox = new Outbox(() -> session, first, forwarder::offer, retransmissions);
    }

    @Override
    public void applied(long sequence, InstanceId instance, byte[] result) {
      waiting--;
      count();
      listener.applied(sequence, instance, result);
    }

    @Override
    public void expired(long sequence) {
      waiting--;
    }

    /** Brings the total up to date with what waits for this client now. */
    void count() {
      waitingBytes += outbox.bytes() - countedBytes;
      countedBytes = outbox.bytes();
    }

    @Override
    public void timedOut(long sequence, boolean sent) {
      if (attached.get(session) == this) {
        forget(this); // all later ones wait for this one: the client tries elsewhere
        listener.refused(sequence, false);
      }
    }
  }

  ClientSessions(
      LayerContext context, SessionTable table, Forwarder forwarder,
      Outbox.RetransmissionFactory retransmissions) {
    this.context = context;
    this.table = table;
    this.forwarder = forwarder;
    this.retransmissions = retransmissions;
    this.maxWaiting = context.settings().get(ReplicationSettings.MAX_WAITING);
    this.maxWaitingBytes = context.settings().get(ReplicationSettings.MAX_WAITING_BYTES);
  }

  void submit(Run run, long deadlineNanos, SessionListener listener) {
    Attached client = attach(run, listener);
    for (int i = 0; i < run.commands().size(); i++) {
      long sequence = run.sequence() + i;
      if (sequence < client.outbox.nextSequence()) {
        continue; // a copy of what is on its way
      }
      boolean full = waiting >= maxWaiting || waitingBytes >= maxWaitingBytes;
      if (sequence > client.outbox.nextSequence() || full) {
        listener.refused(sequence, full);
        return;
      }
      if (!answeredFromTable(client, sequence)) {
        waiting++;
        byte[] entry = Entry.command(
            run.session(), sequence, run.answered(), run.commands().get(i));
        client.outbox.add(new Outbox.Pending(sequence, entry, deadlineNanos, client));
        client.count();
      }
    }
    if (forwarder.open()) {
      client.outbox.pump();
    }
  }

  /** Starts anew where the client says, unless its commands follow on those on their way. */
  private Attached attach(Run run, SessionListener listener) {
    Attached client = attached.get(run.session());
    boolean follows = client != null && run.sequence() >= client.outbox.firstSequence()
        && run.sequence() <= client.outbox.nextSequence();
    if (follows) {
      client.listener = listener;
      return client;
    }
    if (client != null) {
      forget(client);
    }
    Attached anew = new Attached(run.session(), run.sequence(), listener);
    attached.put(run.session(), anew);
    inOrder.add(anew);
    return anew;
  }

  /** What was applied before is answered from the replicated state, without the log. */
  private boolean answeredFromTable(Attached client, long sequence) {
    Session session = table.get(client.session);
    Session.Kept kept = session == null ? null : session.kept(sequence);
    if (kept == null || !client.outbox.isEmpty()) {
      return false;
    }
    client.outbox.skip(sequence);
    client.listener.applied(sequence, kept.instance(), kept.result());
    return true;
  }

  void applied(long session, long sequence, InstanceId instance, byte[] result) {
    if (attached.isEmpty()) {
      return; // the common case at a follower
    }
    Attached client = attached.get(session);
    if (client != null) {
      client.outbox.applied(sequence, instance, result);
    }
  }

  void expired(long session) {
    Attached client = attached.get(session);
    if (client != null) {
      forget(client);
      client.listener.expired();
    }
  }

  void detach(long session, SessionListener listener) {
    Attached client = attached.get(session);
    if (client != null && client.listener == listener) {
      forget(client);
    }
  }

  private void forget(Attached client) {
    waiting -= client.outbox.drop();
    client.count();
    attached.remove(client.session, client);
    inOrder.remove(client);
  }

  /** At most four times in a session's life span a sign of life goes into the log. */
  void keepAlive(long number, long logMillis) {
    Session session = table.get(number);
    long quarter = context.settings().get(ReplicationSettings.SESSION_TIMEOUT).toMillis() / 4;
    if (session == null || logMillis - session.lastActive() >= quarter) {
      forwarder.offer(Entry.keepAlive(number));
    }
  }

  void pump() {
    for (int i = 0; i < inOrder.size(); i++) {
      Outbox outbox = inOrder.get(i).outbox;
      if (outbox.hasUnsent()) {
        outbox.pump();
      }
    }
  }

  void sendAgain() {
    inOrder.forEach(client -> {
      client.outbox.rewind();
      client.outbox.pump();
    });
  }

  void expireDeadlines(long now) {
    for (Attached client : new ArrayList<>(inOrder)) {
      client.outbox.expireDeadlines(now);
    }
  }

  long waiting() {
    return waiting;
  }
}
