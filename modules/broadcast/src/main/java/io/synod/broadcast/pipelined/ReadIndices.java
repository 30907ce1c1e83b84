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
 * while a lease keeps others out.
 */
final class ReadIndices {
  private static final long NOT_LEADING = -1;

  private final RoundBasedConsensus consensus;
  private final Supplier<InstanceId> decided;
  private final List<LongConsumer> unsettled = new ArrayList<>();
  private final ArrayDeque<Pending> confirming = new ArrayDeque<>();
  private boolean settled;

  private record Pending(long index, LongConsumer then) {}

  ReadIndices(RoundBasedConsensus consensus, Supplier<InstanceId> decided) {
    this.consensus = consensus;
    this.decided = decided;
  }

  void ask(LongConsumer then) {
    if (consensus.status() != RoundBasedConsensus.Status.READY) {
      then.accept(NOT_LEADING);
    } else if (settled) {
      Pending pending = new Pending(decided.get().number(), then);
      confirming.add(pending);
      consensus.confirm(number -> confirmed(pending));
    } else {
      unsettled.add(then);
    }
  }

  /** Without a lease as any other question; the lease is asked for meanwhile. */
  void askUnderLease(LongConsumer then) {
    if (consensus.leased() && settled) {
      then.accept(decided.get().number());
    } else {
      ask(then);
    }
  }

  /** Those asked before are confirmed by the same answers. */
  private void confirmed(Pending last) {
    while (confirming.contains(last)) {
      Pending done = confirming.poll();
      done.then().accept(done.index());
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
    unsettled.clear();
    confirming.clear();
    failed.forEach(then -> then.accept(NOT_LEADING));
  }
}
