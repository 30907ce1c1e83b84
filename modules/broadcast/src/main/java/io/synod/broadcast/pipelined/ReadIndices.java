package io.synod.broadcast.pipelined;

import io.synod.api.consensus.RoundBasedConsensus;
import io.synod.api.model.InstanceId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Read indices at the leader: the decided index once what earlier ballots may have chosen is
 * settled, valid when a quorum then confirms that the ballot is still the highest, or at once
 * while a lease keeps others out. Where all count votes, others may have answered for an instance
 * before it is known here: there the index is that of the last proposal, once it is decided.
 */
final class ReadIndices {
  private static final long NOT_LEADING = -1;

  private final RoundBasedConsensus consensus;
  private final Supplier<InstanceId> decided;
  private final boolean othersKnowFirst;
  private final List<LongConsumer> unsettled = new ArrayList<>();
  private final ArrayDeque<Pending> confirming = new ArrayDeque<>();
  /** Valid, once so much is decided here; mostly in the order of their indices. */
  private final ArrayDeque<Pending> undecided = new ArrayDeque<>();
  private boolean settled;

  private record Pending(long index, LongConsumer then) {}

  ReadIndices(
      RoundBasedConsensus consensus, Supplier<InstanceId> decided, boolean othersKnowFirst) {
    this.consensus = consensus;
    this.decided = decided;
    this.othersKnowFirst = othersKnowFirst;
  }

  void ask(LongConsumer then) {
    if (consensus.status() != RoundBasedConsensus.Status.READY) {
      then.accept(NOT_LEADING);
    } else if (settled) {
      Pending pending = new Pending(index(), then);
      confirming.add(pending);
      consensus.confirm(number -> confirmed(pending));
    } else {
      unsettled.add(then);
    }
  }

  /** Without a lease as any other question; the lease is asked for meanwhile. */
  void askUnderLease(LongConsumer then) {
    if (consensus.leased() && settled) {
      valid(new Pending(index(), then));
    } else {
      ask(then);
    }
  }

  /** Covers everything that anybody may have answered for by now. */
  private long index() {
    return decided.get().number() + (othersKnowFirst ? consensus.inFlight() : 0);
  }

  private void valid(Pending pending) {
    if (pending.index() <= decided.get().number()) {
      pending.then().accept(pending.index());
    } else {
      undecided.add(pending);
    }
  }

  /** More is decided. */
  void decided() {
    while (!undecided.isEmpty() && undecided.peek().index() <= decided.get().number()) {
      Pending done = undecided.poll();
      done.then().accept(done.index());
    }
  }

  /** Those asked before are confirmed by the same answers. */
  private void confirmed(Pending last) {
    while (confirming.contains(last)) {
      valid(confirming.poll());
    }
  }

  void settled() {
    settled = true;
    List<LongConsumer> ready = new ArrayList<>(unsettled);
    unsettled.clear();
    ready.forEach(this::ask);
  }

  void lost() {
    settled = false;
    List<LongConsumer> failed = new ArrayList<>(unsettled);
    confirming.forEach(p -> failed.add(p.then()));
    undecided.forEach(p -> failed.add(p.then()));
    unsettled.clear();
    confirming.clear();
    undecided.clear();
    failed.forEach(then -> then.accept(NOT_LEADING));
  }
}
