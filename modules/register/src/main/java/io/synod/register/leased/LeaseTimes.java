package io.synod.register.leased;

/**
 * The times of a lease for writing, in nanoseconds of the own clock. Those that are safe come from
 * {@link #within}; all processes must have the same.
 *
 * @param write W: from the issue of a write to its last effect; what is not back by then may be
 *     late
 * @param term how long a record is good for, from the issue of its write
 * @param margin only while more than this is left of a term a write is issued
 * @param settling how long after its return a claim is read again
 * @param expiry how long somebody else's record must have stood unchanged
 */
public record LeaseTimes(long write, long term, long margin, long settling, long expiry) {
  private static final int PERCENT = 100;
  /** A claim takes a write and two more until it is settled; then a write must still fit. */
  private static final int LEAST_WRITES = 4;

  /**
   * The times that are safe while writes and clocks keep their bounds: see the package.
   *
   * @param drift percent by which a clock may run too fast or too slow
   */
  public static LeaseTimes within(long write, long term, int drift) {
    return new LeaseTimes(write, term, stretched(write, drift), stretched(2 * write, drift),
        stretched(term, drift));
  }

  /** A term is longer than this, or no write would ever be allowed. */
  public static long leastTerm(long write, int drift) {
    return stretched(LEAST_WRITES * write, drift);
  }

  /**
   * How long a step is tried: a holder gives way when half of its term is over; whoever crashed
   * while it held does not.
   */
  public long patience() {
    return 2 * expiry + 8 * write;
  }

  /** So long on the own clock that {@code nanos} have passed on any other; rounded up. */
  private static long stretched(long nanos, int drift) {
    return (nanos / (PERCENT - drift) + 1) * (PERCENT + drift);
  }
}
