package io.synod.replication;

import io.synod.api.broadcast.TotalOrderBroadcast;
import io.synod.api.message.ReplicationMessage.Forward;
import io.synod.api.message.ReplicationMessage.LeaseIndex;
import io.synod.api.message.ReplicationMessage.ReadIndex;
import io.synod.api.message.ReplicationMessage.ReadIndexReply;
import io.synod.api.message.ReplicationMessage.Refused;
import io.synod.api.message.ReplicationMessage;
import io.synod.api.model.Eras;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Invariant;
import io.synod.api.model.NodeId;
import io.synod.api.model.Value;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Settings;
import io.synod.api.replication.Outcome.Rejected.Reason;
import io.synod.api.replication.Outcome;
import io.synod.api.replication.ReadMode;
import io.synod.api.replication.ReadOutcome;
import io.synod.api.replication.ReplicatedStateMachine;
import io.synod.api.replication.StateMachine;
import io.synod.api.storage.SnapshotContent;
import io.synod.link.Retransmission;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * The replica: what is decided goes to the {@link Applier}, what is asked here goes to the leader
 * and is answered from this node's own applying.
 */
final class SessionedMachine implements ReplicatedStateMachine, Applier.Local {
  private static final long RESEND_NANOS = Duration.ofMillis(250).toNanos();
  private static final long RESEND_MOST_NANOS = Duration.ofSeconds(2).toNanos();
  private static final long TICK_NANOS = Duration.ofMillis(50).toNanos();
  private static final long RETRY_NANOS = Duration.ofMillis(20).toNanos();

  private final LayerContext context;
  private final Applier applier;
  private final Forwarder forwarder;
  private final Reads reads;
  private final OwnSession own;
  private final ClientSessions clients;
  private final SessionOpenings openings;
  private final int maxCommand;
  private final long requestTimeoutNanos;
  private boolean retrySoon;

  SessionedMachine(LayerContext context, TotalOrderBroadcast broadcast, StateMachine machine) {
    Settings settings = context.settings();
    long timeoutMillis = settings.get(ReplicationSettings.SESSION_TIMEOUT).toMillis();
    this.context = context;
    this.maxCommand = Math.toIntExact(settings.get(ReplicationSettings.MAX_COMMAND));
    this.requestTimeoutNanos = settings.nanos(ReplicationSettings.REQUEST_TIMEOUT);
    this.applier = new Applier(machine, new SessionTable(timeoutMillis), this);
    this.forwarder = new Forwarder(context, broadcast);
    this.reads = new Reads(
        context, broadcast, machine, applier::applied, forwarder, this::retransmission);
    this.openings = new SessionOpenings(forwarder, this::retransmission);
    this.own = new OwnSession(context, forwarder, openings, this::retransmission);
    this.clients = new ClientSessions(
        context, applier.sessions(), forwarder, this::retransmission);
  }

  private Retransmission retransmission(Runnable resend) {
    return new Retransmission(
        context.timers(), context.clock(), RESEND_NANOS, RESEND_MOST_NANOS, resend);
  }

  void start() {
    context.timers().after(TICK_NANOS, this::tick);
  }

  private void tick() {
    long now = context.clock().nanos();
    own.expireDeadlines(now);
    own.stayAlive(applier.timeMillis());
    clients.expireDeadlines(now);
    openings.expireDeadlines(now);
    reads.expireDeadlines(now);
    context.timers().after(TICK_NANOS, this::tick);
  }

  private long deadline() {
    return context.clock().nanos() + requestTimeoutNanos;
  }

  @Override
  public void submit(byte[] command, Consumer<Outcome> then) {
    if (command.length > maxCommand) {
      then.accept(new Outcome.Rejected(
          Reason.TOO_LARGE, command.length + " bytes; the limit is " + maxCommand));
    } else {
      own.submit(command, deadline(), then);
    }
  }

  @Override
  public void openSession(long nonce, LongConsumer then) {
    openings.open(nonce, deadline(), then);
  }

  @Override
  public void submit(
      long session, long sequence, long answered, List<byte[]> commands, SessionListener then) {
    for (int i = 0; i < commands.size(); i++) {
      Invariant.check(
          commands.get(i).length <= maxCommand, "command of %s bytes; the limit is %s",
          commands.get(i).length, maxCommand);
    }
    clients.submit(
        new ClientSessions.Run(session, sequence, answered, commands), deadline(), then);
  }

  @Override
  public void detach(long session, SessionListener listener) {
    clients.detach(session, listener);
  }

  @Override
  public void keepAlive(long session) {
    clients.keepAlive(session, applier.timeMillis());
  }

  @Override
  public void read(
      ReadMode mode, InstanceId minIndex, byte[] query, Consumer<ReadOutcome> then) {
    reads.read(mode, minIndex, query, deadline(), then);
  }

  @Override
  public void onMessage(NodeId from, ReplicationMessage message) {
    if (message instanceof Forward m) {
      forwarder.onForward(from, m);
    } else if (message instanceof Refused m) {
      onRefused(m);
    } else if (message instanceof ReadIndex m) {
      reads.onRequest(from, m);
    } else if (message instanceof LeaseIndex m) {
      reads.onRequest(from, m);
    } else if (message instanceof ReadIndexReply m) {
      reads.onReply(m);
    } else {
      throw Invariant.broken("message %s of %s is of no known kind", message, from);
    }
  }

  /** Nobody leads there yet, or any more: try soon again. Overload waits for the usual resend. */
  private void onRefused(Refused refused) {
    if (!refused.overloaded() && !retrySoon) {
      retrySoon = true;
      context.timers().after(RETRY_NANOS, () -> {
        retrySoon = false;
        sendAgain();
      });
    }
  }

  void leader(Optional<NodeId> leader) {
    forwarder.leader(leader);
    sendAgain();
  }

  private void sendAgain() {
    own.sendAgain();
    clients.sendAgain();
    openings.sendAgain();
    reads.askAgain();
  }

  void endOfTurn() {
    if (forwarder.open()) {
      own.pump();
      clients.pump();
    }
    reads.endOfTurn();
    forwarder.flush();
  }

  void deliver(InstanceId instance, Value value) {
    applier.deliver(instance, value);
    reads.onApplied();
  }

  SnapshotContent snapshot(Eras eras) {
    return applier.snapshot(eras);
  }

  Eras restore(InputStream snapshot) throws IOException {
    Eras eras = applier.restore(snapshot);
    reads.onApplied();
    return eras;
  }

  @Override
  public InstanceId applied() {
    return applier.applied();
  }

  long waiting() {
    return own.waiting() + clients.waiting();
  }

  @Override
  public void opened(long nonce, long session) {
    openings.opened(nonce, session);
  }

  @Override
  public void applied(long session, long sequence, InstanceId instance, byte[] result) {
    if (!own.applied(session, sequence, instance, result)) {
      clients.applied(session, sequence, instance, result);
    }
  }

  @Override
  public void expired(long session) {
    own.expired(session);
    clients.expired(session);
  }
}
