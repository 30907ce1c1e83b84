package io.synod.replication;

import io.synod.api.broadcast.TotalOrderBroadcast;
import io.synod.api.message.ReplicationMessage.ReadIndex;
import io.synod.api.message.ReplicationMessage.ReadIndexReply;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.LayerContext;
import io.synod.api.replication.ReadMode;
import io.synod.api.replication.ReadOutcome;
import io.synod.api.replication.StateMachine;
import io.synod.link.Retransmission;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Reads without a log entry (Lampson's read optimisation). A linearizable read needs an index
 * from the leader that covers everything acknowledged before it was asked; then it waits until so
 * much is applied here and answers. All reads of one turn share one index.
 */
final class Reads {
  private static final long NOT_LEADING = -1;

  private final LayerContext context;
  private final TotalOrderBroadcast broadcast;
  private final StateMachine machine;
  private final Supplier<InstanceId> applied;
  private final Forwarder forwarder;
  private final Retransmission resend;
  private final List<Read> fresh = new ArrayList<>();
  private final ArrayDeque<Round> asking = new ArrayDeque<>();
  private final List<Read> waiting = new ArrayList<>();
  private long rounds;

  private record Read(
      long index, byte[] query, long deadlineNanos, Consumer<ReadOutcome> then) {
    Read at(long newIndex) {
      return new Read(newIndex, query, deadlineNanos, then);
    }
  }

  private record Round(long number, List<Read> reads) {}

  Reads(
      LayerContext context, TotalOrderBroadcast broadcast, StateMachine machine,
      Supplier<InstanceId> applied, Forwarder forwarder,
      Outbox.RetransmissionFactory retransmissions) {
    this.context = context;
    this.broadcast = broadcast;
    this.machine = machine;
    this.applied = applied;
    this.forwarder = forwarder;
    this.resend = retransmissions.create(this::askAgain);
    // A late answer to a former life of this node must not meet a round of this one.
    this.rounds = context.random().nextLong() >>> 2;
  }

  void read(
      ReadMode mode, InstanceId minIndex, byte[] query, long deadlineNanos,
      Consumer<ReadOutcome> then) {
    Read read = new Read(minIndex.number(), query, deadlineNanos, then);
    if (mode == ReadMode.LINEARIZABLE) {
      fresh.add(read);
    } else {
      waitFor(read);
    }
  }

  private void waitFor(Read read) {
    if (applied.get().number() >= read.index()) {
      answer(read);
    } else {
      waiting.add(read);
    }
  }

  private void answer(Read read) {
    byte[] result = machine.query(ByteBuffer.wrap(read.query()));
    read.then().accept(new ReadOutcome.Answer(applied.get(), result));
  }

  /** Asks for one index for all reads of this turn. */
  void endOfTurn() {
    if (!fresh.isEmpty()) {
      Round round = new Round(++rounds, new ArrayList<>(fresh));
      fresh.clear();
      asking.add(round);
      ask(round);
    }
  }

  private void ask(Round round) {
    resend.begin();
    if (broadcast.leading()) {
      broadcast.readIndex(index -> onIndex(round.number(), index));
    } else {
      forwarder.leader().filter(to -> !to.equals(context.self())).ifPresent(to ->
          context.effects().sendNow(to, new ReadIndex(round.number())));
    }
  }

  /** An index given for a later round is good for the earlier ones too. */
  private void onIndex(long number, long index) {
    boolean asked = asking.stream().anyMatch(round -> round.number() == number);
    if (index == NOT_LEADING || !asked) {
      return; // asked again when somebody leads
    }
    resend.answered();
    while (!asking.isEmpty() && asking.peek().number() <= number) {
      asking.poll().reads().forEach(read -> waitFor(read.at(index)));
    }
    if (asking.isEmpty()) {
      resend.end();
    }
  }

  void onReply(ReadIndexReply reply) {
    onIndex(reply.request(), reply.index().number());
  }

  /** Another node needs an index; no answer when this node does not lead: it will ask again. */
  void onRequest(NodeId from, ReadIndex request) {
    broadcast.readIndex(index -> {
      if (index != NOT_LEADING) {
        context.effects().sendNow(
            from, new ReadIndexReply(request.request(), InstanceId.of(index)));
      }
    });
  }

  /** The latest round stands for all that are open. */
  void askAgain() {
    if (!asking.isEmpty()) {
      ask(asking.peekLast());
    }
  }

  void onApplied() {
    if (waiting.isEmpty()) {
      return;
    }
    List<Read> ready = new ArrayList<>();
    long now = applied.get().number();
    Iterator<Read> all = waiting.iterator();
    while (all.hasNext()) {
      Read read = all.next();
      if (read.index() <= now) {
        ready.add(read);
        all.remove();
      }
    }
    ready.forEach(this::answer);
  }

  void expireDeadlines(long now) {
    List<Read> late = new ArrayList<>();
    takeLate(waiting, now, late);
    for (Round round : asking) {
      takeLate(round.reads(), now, late);
    }
    asking.removeIf(round -> round.reads().isEmpty());
    if (asking.isEmpty()) {
      resend.end();
    }
    late.forEach(read -> read.then().accept(
        new ReadOutcome.Unavailable("no quorum answered in time")));
  }

  private static void takeLate(List<Read> reads, long now, List<Read> late) {
    reads.removeIf(read -> {
      boolean overdue = read.deadlineNanos() - now <= 0;
      if (overdue) {
        late.add(read);
      }
      return overdue;
    });
  }
}
