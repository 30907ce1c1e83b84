package io.synod.replication;

import io.synod.api.broadcast.TotalOrderBroadcast;
import io.synod.api.message.ReplicationMessage.LeaseIndex;
import io.synod.api.message.ReplicationMessage.ReadIndex;
import io.synod.api.message.ReplicationMessage.ReadIndexReply;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.LayerContext;
import io.synod.api.replication.ReadMode;
import io.synod.api.replication.ReadOutcome;
import io.synod.api.replication.StateMachine;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Reads without a log entry (Lampson's read optimisation). A linearizable read, confirmed by a
 * quorum or under the leader's lease, needs an index from the leader that covers everything
 * acknowledged before it was asked; then it waits until so much is applied here and answers. The
 * two modes never share an index: what a quorum confirmed depends on no clock.
 */
final class Reads {
  private static final long NOT_LEADING = -1;

  private final LayerContext context;
  private final TotalOrderBroadcast broadcast;
  private final StateMachine machine;
  private final Supplier<InstanceId> applied;
  private final IndexRounds confirmed;
  private final IndexRounds leased;
  private final List<Read> waiting = new ArrayList<>();
  private long rounds;

  Reads(
      LayerContext context, TotalOrderBroadcast broadcast, StateMachine machine,
      Supplier<InstanceId> applied, Forwarder forwarder,
      Outbox.RetransmissionFactory retransmissions) {
    this.context = context;
    this.broadcast = broadcast;
    this.machine = machine;
    this.applied = applied;
    // A late answer to a former life of this node must not meet a round of this one.
    this.rounds = context.random().nextLong() >>> 2;
    this.confirmed = new IndexRounds(
        context, broadcast, forwarder,
        new IndexRounds.Question(broadcast::readIndex, ReadIndex::new),
        this::nextRound, this::waitFor, retransmissions);
    this.leased = new IndexRounds(
        context, broadcast, forwarder,
        new IndexRounds.Question(broadcast::leaseIndex, LeaseIndex::new),
        this::nextRound, this::waitFor, retransmissions);
  }

  private long nextRound() {
    return ++rounds;
  }

  void read(
      ReadMode mode, InstanceId minIndex, byte[] query, long deadlineNanos,
      Consumer<ReadOutcome> then) {
    Read read = new Read(minIndex.number(), query, deadlineNanos, then);
    switch (mode) {
      case LINEARIZABLE, FOLLOWER -> confirmed.add(read);
      case LEASE -> leased.add(read);
      case STALE -> waitFor(read);
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

  void endOfTurn() {
    confirmed.endOfTurn();
    leased.endOfTurn();
  }

  /** Both modes draw from the same numbers, so that an answer finds its own round only. */
  void onReply(ReadIndexReply reply) {
    confirmed.onIndex(reply.request(), reply.index().number());
    leased.onIndex(reply.request(), reply.index().number());
  }

  /** Another node needs an index; no answer when this node does not lead: it will ask again. */
  void onRequest(NodeId from, ReadIndex request) {
    broadcast.readIndex(answerTo(from, request.request()));
  }

  /** Another node needs an index and is content with this node's lease. */
  void onRequest(NodeId from, LeaseIndex request) {
    broadcast.leaseIndex(answerTo(from, request.request()));
  }

  private LongConsumer answerTo(NodeId from, long request) {
    return index -> {
      if (index != NOT_LEADING) {
        context.effects().sendNow(from, new ReadIndexReply(request, InstanceId.of(index)));
      }
    };
  }

  void askAgain() {
    confirmed.askAgain();
    leased.askAgain();
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
    Read.takeLate(waiting, now, late);
    confirmed.takeLate(now, late);
    leased.takeLate(now, late);
    late.forEach(read -> read.then().accept(
        new ReadOutcome.Unavailable("no quorum answered in time")));
  }
}
