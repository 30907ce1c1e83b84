package io.synod.register.leased;

import static io.synod.register.Fixtures.N1;
import static io.synod.register.Fixtures.N2;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** One holder whose clock is the slowest, and one who waits whose clock is the fastest. */
class StorageLeaseTest {
  private static final int DRIFT = 20;
  private static final double SLOW = 0.8;
  private static final double FAST = 1.2;
  private static final long WRITE = 1_000;
  private static final long TERM = 20_000;
  private static final LeaseTimes TIMES = LeaseTimes.within(WRITE, TERM, DRIFT);
  private static final LeaseRecord STRANGE = LeaseRecord.unreadable(7);

  private final StorageLease waiter = new StorageLease(N2, 1, TIMES);
  private LeaseRecord record = LeaseRecord.NONE;

  /** Those times, but a write is issued as long as anything is left. */
  private static LeaseTimes toTheEnd(LeaseTimes right) {
    return new LeaseTimes(right.write(), right.term(), 0, right.settling(), right.expiry());
  }

  private static double trueTime(long clock, double rate) {
    return clock / rate;
  }

  /** Claims a free record and reads it again. */
  private long claim(StorageLease lease, long asked) {
    assertThat(lease.next(asked)).isEqualTo(new Move.ReadLease());
    lease.found(record, asked, asked);
    record = ((Move.WriteLease) lease.next(asked)).record();
    lease.written(asked + WRITE);
    return settle(lease, asked + WRITE);
  }

  private long settle(StorageLease lease, long written) {
    Move.Pause pause = (Move.Pause) lease.next(written);
    long then = written + pause.nanos();
    assertThat(lease.next(then)).isEqualTo(new Move.ReadLease());
    lease.found(record, then, then);
    assertThat(lease.next(then)).isEqualTo(new Move.ReadWish());
    lease.foundWish(LeaseRecord.NONE);
    return then;
  }

  private void waiterSees(LeaseRecord found, long asked) {
    sees(waiter, found, asked);
  }

  private static void sees(StorageLease waiter, LeaseRecord found, long asked) {
    assertThat(waiter.next(asked)).isEqualTo(new Move.ReadLease());
    waiter.found(found, asked, asked);
    assertThat(waiter.next(asked)).isInstanceOf(Move.WriteWish.class);
    waiter.wished(asked);
  }

  /** The next move of a holder that nobody has wished for. */
  private static Move next(StorageLease holder, long now) {
    Move move = holder.next(now);
    if (move instanceof Move.ReadWish) {
      holder.foundWish(LeaseRecord.NONE);
      return holder.next(now);
    }
    return move;
  }

  /**
   * One renews its lease at {@code renewal} on its slow clock; the other has found the record
   * expired after {@code expiry} on its fast one, just before that is there, and claims it.
   * Whether both believe to hold it.
   */
  private boolean bothHold(StorageLease holder, StorageLease other, long renewal, long expiry) {
    claim(holder, 0);
    sees(other, record, 0);
    Move.WriteLease renewed = (Move.WriteLease) next(holder, renewal);
    assertThat(other.next(expiry)).isEqualTo(new Move.ReadLease());
    other.found(record, expiry, expiry);
    Move.WriteLease claimed = (Move.WriteLease) other.next(expiry);
    record = renewed.record();
    holder.written(renewal + WRITE);
    record = claimed.record();
    other.written(expiry + WRITE);
    long settled = settle(other, expiry + WRITE);
    return other.mayWrite(settled) && holder.mayWrite((long) (trueTime(settled, FAST) * SLOW));
  }

  @Test
  void nothingIsWrittenAtTheEndOfTheTerm() {
    StorageLease holder = new StorageLease(N1, 1, TIMES);
    claim(holder, 0);
    assertThat(next(holder, TERM - TIMES.margin())).isEqualTo(new Move.ReadLease());
  }

  @Test
  void whatIsWrittenAtTheEndOfTheTermMakesTwoHoldersOfOne() {
    StorageLease holder = new StorageLease(N1, 1, toTheEnd(TIMES));
    long last = TERM - 1;
    long expired = TIMES.expiry();
    assertThat(trueTime(expired, FAST)).as("the late write is not there yet")
        .isLessThan(trueTime(last, SLOW) + WRITE);
    assertThat(bothHold(holder, waiter, last, expired)).isTrue();
  }

  @Test
  void clocksThatDriftMoreThanIsThoughtMakeTwoHoldersOfOne() {
    LeaseTimes right = LeaseTimes.within(WRITE, TERM, 0);
    long expired = right.expiry();
    long then = (long) (trueTime(expired, FAST) * SLOW);
    assertThat(then).as("on the holder's clock nothing is wrong")
        .isLessThan(TERM - TIMES.margin());
    assertThat(bothHold(
        new StorageLease(N1, 1, right), new StorageLease(N2, 1, right), then, expired)).isTrue();
  }

  @Test
  void whoeverWaitsOutlastsTheTermThoughItsClockIsFast() {
    assertThat(trueTime(TIMES.expiry(), FAST)).isGreaterThanOrEqualTo(trueTime(TERM, SLOW));
    assertThat(TIMES.margin() * SLOW / FAST).isGreaterThanOrEqualTo(WRITE);
    assertThat(LeaseTimes.leastTerm(WRITE, DRIFT)).isEqualTo((4 * WRITE / 80 + 1) * 120);
  }

  @Test
  void aRecordThatChangesIsCountedAnew() {
    waiterSees(new LeaseRecord(N1, 1, 1, true), 0);
    long expired = TIMES.expiry();
    waiterSees(new LeaseRecord(N1, 1, 2, true), expired);
    waiterSees(new LeaseRecord(N1, 1, 2, true), 2 * expired - 1);
    assertThat(waiter.next(2 * expired)).isEqualTo(new Move.ReadLease());
    waiter.found(new LeaseRecord(N1, 1, 2, true), 2 * expired, 2 * expired);
    assertThat(waiter.next(2 * expired)).isInstanceOf(Move.WriteLease.class);
  }

  @Test
  void aTornRecordIsSomebodysUntilItExpires() {
    waiterSees(STRANGE, 0);
    waiterSees(STRANGE, TIMES.expiry() - 1);
    assertThat(waiter.next(TIMES.expiry())).isEqualTo(new Move.ReadLease());
  }

  @Test
  void aClaimIsNotWrittenLongAfterItWasFoundFree() {
    assertThat(waiter.next(0)).isEqualTo(new Move.ReadLease());
    waiter.found(LeaseRecord.NONE, 0, WRITE + 1);
    assertThat(waiter.next(WRITE + 1)).isEqualTo(new Move.ReadLease());
  }

  @Test
  void aClaimThatSomebodyWroteOverIsNone() {
    waiter.next(0);
    waiter.found(LeaseRecord.NONE, 0, 0);
    waiter.next(0);
    waiter.written(0);
    long settled = TIMES.settling();
    waiterSees(new LeaseRecord(N1, 1, 1, true), settled);
    assertThat(waiter.mayWrite(settled)).isFalse();
  }

  @Test
  void aRenewalThatComesBackTooLateEndsIt() {
    StorageLease holder = new StorageLease(N1, 1, TIMES);
    claim(holder, 0);
    long half = TERM / 2 + 1;
    holder.next(half);
    holder.foundWish(LeaseRecord.NONE);
    assertThat(holder.next(half)).isInstanceOf(Move.WriteLease.class);
    holder.written(half + WRITE + 1);
    assertThat(holder.mayWrite(half + WRITE + 1)).isFalse();
    assertThat(holder.next(half + WRITE + 1)).isEqualTo(new Move.ReadLease());
  }

  @Test
  void aHolderGivesWayToANewWishAndStandsBack() {
    StorageLease holder = new StorageLease(N1, 1, TIMES);
    claim(holder, 0);
    long half = TERM / 2 + 1;
    assertThat(holder.next(half)).isEqualTo(new Move.ReadWish());
    holder.foundWish(new LeaseRecord(N2, 1, 1, true));
    Move.WriteLease free = (Move.WriteLease) holder.next(half);
    assertThat(free.record().held()).isFalse();
    holder.written(half);
    assertThat(holder.next(half)).isEqualTo(new Move.Pause(2 * WRITE));
  }

  @Test
  void anIdleHolderGivesWayAtOnce() {
    StorageLease holder = new StorageLease(N1, 1, TIMES);
    long now = claim(holder, 0);
    assertThat(holder.idle(now)).isEqualTo(new Move.ReadWish());
    holder.foundWish(LeaseRecord.NONE);
    assertThat(holder.idle(now)).as("nobody wants it").isNull();
    assertThat(holder.idle(now)).isEqualTo(new Move.ReadWish());
    holder.foundWish(new LeaseRecord(N2, 1, 1, true));
    assertThat(holder.idle(now)).isInstanceOf(Move.WriteLease.class);
  }
}
