package io.synod.register.leased;

import io.synod.api.model.NodeId;

/**
 * One process' way to the lease for writing, by plain reads and writes. Why it excludes others is
 * argued in the package. Whoever drives it makes the moves of {@link #next} and tells the outcome,
 * with the time at which it was known. One thread at a time.
 */
final class StorageLease {
  private final NodeId self;
  private final long life;
  private final LeaseTimes times;
  private Phase phase = Phase.READ;
  private LeaseRecord seen;
  private long seenSince;
  /** When the reading was asked for that found it free. */
  private long freeAsked;
  private LeaseRecord mine;
  private long issued;
  /** What is waited for now, if anything is. */
  private long pauseUntil;
  private long until;
  private long number;
  /** The wish as it was when this term began; null until it was read. */
  private LeaseRecord oldWish;
  private boolean askedForWish;
  private boolean givingWay;

  private enum Phase { READ, WISH, PAUSE, CLAIM, SETTLE, HELD }

  StorageLease(NodeId self, long life, LeaseTimes times) {
    this.self = self;
    this.life = life;
    this.times = times;
  }

  /** Whether nobody else writes now. */
  boolean holds(long now) {
    return phase == Phase.HELD && until - now > 0;
  }

  /** Until when writes may be issued; before now if not at all. */
  long writableUntil(long now) {
    return switch (phase) {
      case HELD -> until - times.margin();
      case CLAIM -> freeAsked + times.write();
      default -> now - 1;
    };
  }

  boolean mayWrite(long now) {
    return phase == Phase.HELD && writableUntil(now) - now > 0;
  }

  /** Whether it is neither held nor claimed. */
  boolean isOut() {
    return phase == Phase.READ;
  }

  /** Gives it up without a word, as after a failure: the record expires. */
  void lose() {
    phase = Phase.READ;
    oldWish = null;
    askedForWish = false;
    givingWay = false;
  }

  /** The next move towards writing; null when that is allowed now. */
  Move next(long now) {
    if (phase == Phase.HELD && !mayWrite(now)) {
      lose();
    }
    if (phase == Phase.PAUSE && pauseUntil - now <= 0) {
      phase = Phase.READ;
    }
    if (phase == Phase.CLAIM && now - freeAsked > times.write()) {
      phase = Phase.READ; // somebody else may have claimed it and be sure of it by now
    }
    return switch (phase) {
      case READ -> new Move.ReadLease();
      case WISH -> new Move.WriteWish(record(true));
      case PAUSE -> new Move.Pause(pauseUntil - now);
      case CLAIM -> written(record(true), now);
      case SETTLE -> pauseUntil - now > 0
          ? new Move.Pause(pauseUntil - now) : new Move.ReadLease();
      case HELD -> keep(now);
    };
  }

  private Move keep(long now) {
    if (oldWish == null) {
      return new Move.ReadWish();
    } else if (givingWay) {
      return written(record(false), now);
    } else if (until - now > times.term() / 2) {
      return null;
    }
    return askedForWish ? written(record(true), now) : wish();
  }

  private Move wish() {
    askedForWish = true;
    return new Move.ReadWish();
  }

  private LeaseRecord record(boolean held) {
    number++;
    return new LeaseRecord(self, life, number, held);
  }

  private Move written(LeaseRecord record, long now) {
    mine = record;
    issued = now;
    return new Move.WriteLease(record);
  }

  /** What a holder who has nothing to write does first: somebody else may have. */
  Move idle(long now) {
    boolean gives = oldWish == null || givingWay;
    if (askedForWish && !gives) {
      askedForWish = false;
      return null;
    }
    return gives && mayWrite(now) ? keep(now) : gives ? null : wish();
  }

  /** The record was read. */
  void found(LeaseRecord record, long asked, long now) {
    if (phase == Phase.SETTLE && record.equals(mine)) {
      if (until - now <= times.margin()) {
        lose();
      } else {
        phase = Phase.HELD;
      }
      return;
    }
    if (!record.equals(seen)) {
      seen = record;
      seenSince = now;
    }
    boolean free = !record.held() || record.isOf(self, life)
        || asked - seenSince >= times.expiry();
    freeAsked = asked;
    phase = free ? Phase.CLAIM : Phase.WISH;
  }

  /** The record is written and durable. */
  void written(long now) {
    boolean late = now - issued > times.write();
    if (late) {
      lose();
    } else if (!mine.held()) {
      lose();
      pause(now + 2 * times.write()); // whoever wished for it looks once in each W
    } else if (phase == Phase.HELD) {
      until = issued + times.term();
      askedForWish = false;
    } else {
      until = issued + times.term();
      phase = Phase.SETTLE;
      pauseUntil = now + times.settling();
    }
  }

  private void pause(long then) {
    phase = Phase.PAUSE;
    pauseUntil = then;
  }

  /** Then it is looked at once in each W, and when it may have expired. */
  void wished(long now) {
    long expires = seenSince + times.expiry() - now;
    pause(now + Math.min(times.write(), Math.max(0, expires)));
  }

  /** The wish was read. */
  void foundWish(LeaseRecord wish) {
    if (oldWish == null) {
      oldWish = wish;
    } else if (!wish.equals(oldWish) && !wish.process().equals(self)) {
      givingWay = true;
    }
  }

  /** The record that lets go of it now, so that nobody waits; null if that is not for us to say. */
  Move release(long now) {
    return mayWrite(now) ? written(record(false), now) : null;
  }
}
