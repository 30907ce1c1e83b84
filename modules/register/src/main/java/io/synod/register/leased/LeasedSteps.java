package io.synod.register.leased;

import io.synod.api.model.Ballot;
import io.synod.api.model.NodeId;
import io.synod.api.passive.Step;
import io.synod.api.passive.View;
import java.util.List;
import java.util.Optional;

/**
 * One life of one process at an acceptor in plain storage: makes its steps under a lease that it
 * takes from the storage and keeps for as long as it has something to write and nobody wishes for
 * it. What it read when it took the area stays true while it holds the lease, so that further
 * steps are one write each. A step that writes nothing needs no lease.
 *
 * <p>Pure. Whoever drives it begins a step, makes the moves of {@link #next} one after the other
 * and tells the outcome of each, with the time at which it knew it, until there is a
 * {@link Move.Done}. One thread at a time.
 */
public final class LeasedSteps {
  /** So many times what is true whoever leads waits for somebody else to write it. */
  private static final int PATIENCE = 4;
  private static final Step NOTHING = new Step(Ballot.BOTTOM, List.of(), Optional.empty());

  private final NodeId self;
  private final StorageLease lease;
  private final LeaseTimes times;
  private SharedArea area;
  private Step step = NOTHING;
  private boolean needsLease;
  /** Whether others may write what the step says, and it was looked for since the last pause. */
  private boolean sought;
  private int waited;
  private View view;
  private Move.Write write;
  private long issued;

  /** A life that has done nothing yet. */
  public LeasedSteps(NodeId self, long life, LeaseTimes times) {
    this.self = self;
    this.times = times;
    this.lease = new StorageLease(self, life, times);
  }

  /** The next step. */
  public void begin(Step next) {
    step = next;
    needsLease = !next.records().isEmpty();
    sought = false;
    waited = 0;
    view = null;
  }

  /** As a step that only takes the area, so that all that is found there is durable. */
  public void take() {
    begin(NOTHING);
    needsLease = true;
    sought = true;
  }

  /** What is to be done now, at that time of the own clock. */
  public Move next(long now) {
    if (view == null) {
      Move move = needsLease ? nextUnderLease(now) : nextLook(now);
      if (move != null) {
        return move;
      }
      view = area.view(step.votesFrom());
    }
    return new Move.Done(view);
  }

  private Move nextLook(long now) {
    if (area != null && lease.holds(now)) {
      return lease.idle(now);
    }
    area = null;
    return new Move.Look(step.votesFrom());
  }

  private Move nextUnderLease(long now) {
    Move first = lease.next(now);
    if (!lease.holds(now)) {
      area = null;
    }
    if (first != null) {
      return withoutLease(first, now);
    } else if (area == null) {
      return new Move.Take();
    }
    write = new Move.Write(area.written(self, step));
    issued = now;
    return write.records().isEmpty() ? null : write;
  }

  /** What somebody else has written meanwhile, or refuses, needs no lease. */
  private Move withoutLease(Move first, long now) {
    if (lease.isOut() && !sought) {
      sought = true;
      return new Move.Find();
    }
    boolean waits = first instanceof Move.WriteWish && waited < PATIENCE
        && !step.records().isEmpty()
        && step.records().stream().allMatch(SharedArea::isFact);
    if (waits) {
      waited++;
      lease.wished(now);
    }
    sought = sought && !waits && !(first instanceof Move.Pause) || step.records().isEmpty();
    return waits ? lease.next(now) : first;
  }

  /** Until when the moves of now may be made: no part of them begins later than that. */
  public long writableUntil(long now) {
    return lease.writableUntil(now);
  }

  /** The lease's record was read; {@code asked} is when that began. */
  public void foundLease(LeaseRecord record, long asked, long now) {
    lease.found(record, asked, now);
  }

  /** The lease's record is written and durable. */
  public void wroteLease(long now) {
    lease.written(now);
  }

  /** The wish was read. */
  public void foundWish(LeaseRecord wish) {
    lease.foundWish(wish);
  }

  /** The wish is written, or not. */
  public void wroteWish(long now) {
    lease.wished(now);
  }

  /** The area was read without a lease. */
  public void looked(View found) {
    view = found;
  }

  /** What of the area is surely durable was read without a lease. */
  public void found(SharedArea durable) {
    if (durable.written(self, step).isEmpty()) {
      view = durable.view(step.votesFrom());
    }
  }

  /** The area was read under the lease, and is durable. */
  public void took(SharedArea found, long now) {
    area = lease.holds(now) ? found : null;
  }

  /**
   * The records are added to the area and durable. False if that came so late that somebody else
   * may have taken the area before: then nothing is known of the step.
   */
  public boolean wrote(long now) {
    if (now - issued > times.write() || !lease.holds(now)) {
      failed();
      return false;
    }
    write.records().forEach(area::apply);
    view = area.view(step.votesFrom());
    return true;
  }

  /** A move has failed, or is not known to be done: the lease is given up. */
  public void failed() {
    lease.lose();
    area = null;
  }

  /** What lets go of the lease at the end; empty if it is not held. */
  public Optional<Move> release(long now) {
    return Optional.ofNullable(lease.release(now));
  }

  /** What is in the area, if it is held at that time. */
  public Optional<SharedArea> area(long now) {
    return lease.holds(now) ? Optional.ofNullable(area) : Optional.empty();
  }
}
