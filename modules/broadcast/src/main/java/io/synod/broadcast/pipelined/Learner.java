package io.synod.broadcast.pipelined;

import io.synod.api.broadcast.TotalOrderBroadcast.Delivery;
import io.synod.api.model.Ballot;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Invariant;
import io.synod.api.model.Reconfigure;
import io.synod.api.model.Value;
import io.synod.api.plugin.LayerContext;
import io.synod.api.reconfig.Authority;
import io.synod.api.register.LocalAcceptor;
import io.synod.api.storage.DurableRecord.Checkpoint;
import io.synod.api.storage.DurableRecord.DecidedUpTo;
import io.synod.api.storage.DurableRecord.Learned;
import io.synod.api.storage.DurableRecord;
import java.util.List;

/**
 * Learns decisions in order, keeps them recoverable, delivers them. A decision that equals the
 * own vote is on disk as that vote; any other is persisted as learned. The watermark follows now
 * and then: losing it only means to be told again. With forced delivery it is forced first.
 */
final class Learner {
  private static final long MARK_BYTES = 1L << 20;

  private final LayerContext context;
  private final LocalAcceptor acceptor;
  private final Authority authority;
  private final DecidedLog log;
  private final boolean forced;
  private Delivery delivery;
  private InstanceId delivered = InstanceId.NONE;
  private InstanceId marked = InstanceId.NONE;
  private InstanceId deliverable = InstanceId.NONE;
  private long unmarkedBytes;

  Learner(LayerContext context, LocalAcceptor acceptor, Authority authority) {
    this.context = context;
    this.acceptor = acceptor;
    this.authority = authority;
    this.log = new DecidedLog(context.settings().get(BroadcastSettings.RETAIN_BYTES));
    this.forced = context.settings().get(BroadcastSettings.FORCED_DELIVERY);
  }

  DecidedLog log() {
    return log;
  }

  InstanceId decided() {
    return log.decided();
  }

  InstanceId delivered() {
    return delivered;
  }

  InstanceId retained() {
    return log.retained();
  }

  void onDeliver(Delivery to) {
    delivery = to;
  }

  void recover(DurableRecord record) {
    if (record instanceof Learned learned) {
      recoverLearned(learned);
    } else if (record instanceof DecidedUpTo upTo) {
      recoverVotes(upTo.upTo());
    } else if (record instanceof Checkpoint checkpoint && decided().before(checkpoint.decided())) {
      log.install(checkpoint.decided());
    }
    acceptor.held(decided());
  }

  /** It was written when all before it was decided, with votes, by a watermark not yet marked. */
  private void recoverLearned(Learned learned) {
    recoverVotes(learned.first().plus(-1));
    InstanceId instance = learned.first();
    for (Value value : learned.values()) {
      if (instance.equals(decided().next())) {
        log.append(instance, value);
        authority.decided(value);
      }
      instance = instance.next();
    }
  }

  /** What the watermark covers and was not learned is what we voted for. */
  private void recoverVotes(InstanceId upTo) {
    while (decided().before(upTo)) {
      InstanceId next = decided().next();
      Value value = acceptor.vote(next);
      if (value == null) {
        return; // the rest is told by peers
      }
      log.append(next, value);
      authority.decided(value);
    }
  }

  void start(InstanceId snapshot) {
    Invariant.check(
        !snapshot.next().before(log.retained()),
        "the journal begins at instance %s but the newest snapshot ends at %s",
        log.retained(), snapshot);
    if (decided().before(snapshot)) {
      log.install(snapshot);
      acceptor.held(snapshot);
    } else {
      log.snapshotAt(snapshot);
    }
    delivered = snapshot;
    marked = decided();
    deliverable = decided();
    deliver();
  }

  /** Decisions up to {@code upTo}, as far as the own votes in that ballot tell their values. */
  void learnVotes(Ballot ballot, InstanceId upTo) {
    InstanceId next = decided().next();
    Value value = acceptor.voteIn(ballot, next);
    while (value != null && !upTo.before(next)) {
      append(next, value);
      next = next.next();
      value = acceptor.voteIn(ballot, next);
    }
    acceptor.held(decided());
  }

  /** A decision of our own ballot; our acceptor may have missed it. */
  void learnOwn(InstanceId instance, Value value) {
    if (!value.equals(acceptor.vote(instance))) {
      context.effects().persist(new Learned(instance, List.of(value)));
    }
    append(instance, value);
    acceptor.held(instance);
  }

  /** Decisions that a peer sent; those known already are checked against ours. */
  void learn(InstanceId first, List<Value> values) {
    long known = decided().minus(first) + 1;
    if (known < 0 || known >= values.size()) {
      return;
    }
    List<Value> fresh = values.subList((int) known, values.size());
    InstanceId instance = decided().next();
    context.effects().persist(new Learned(instance, fresh));
    for (Value value : fresh) {
      append(instance, value);
      instance = instance.next();
    }
    acceptor.held(decided());
  }

  void install(InstanceId last) {
    log.install(last);
    acceptor.held(last);
    delivered = InstanceId.max(delivered, last);
    marked = InstanceId.max(marked, last);
    deliverable = InstanceId.max(deliverable, last);
    delivery.install(last);
  }

  private void append(InstanceId instance, Value value) {
    log.append(instance, value);
    unmarkedBytes += value.size();
    if (authority.decided(value)) {
      // Only a leader whose own era is active proposes the next one.
      Era proposedIn = Reconfigure.decode(value).expected();
      context.events().note("instance " + instance + " makes era " + proposedIn.next());
      authority.known(proposedIn).ifPresent(c -> delivery.eraActive(proposedIn, c));
    }
  }

  /** toDeliver, in order. */
  void deliver() {
    if (!forced) {
      deliverable = decided();
    }
    while (delivered.before(deliverable)) {
      InstanceId next = delivered.next();
      delivered = next;
      delivery.deliver(next, log.get(next));
    }
  }

  void endOfTurn() {
    if (forced || unmarkedBytes >= MARK_BYTES) {
      mark();
    }
  }

  void mark() {
    if (marked.before(decided())) {
      marked = decided();
      unmarkedBytes = 0;
      context.effects().persist(new DecidedUpTo(marked));
      if (forced) {
        deliverOnceForced(marked);
      }
    }
  }

  private void deliverOnceForced(InstanceId upTo) {
    context.effects().whenDurable(() -> {
      deliverable = InstanceId.max(deliverable, upTo);
      deliver();
    });
  }
}
