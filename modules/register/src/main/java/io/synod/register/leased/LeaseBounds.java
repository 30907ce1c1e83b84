package io.synod.register.leased;

/**
 * The times that are safe while writes and clocks keep their bounds: see the package. All
 * processes must have the same.
 *
 * @param drift percent by which a clock may run too fast or too slow
 */
public record LeaseBounds(long write, long term, int drift) implements LeaseTimes {
  private static final int PERCENT = 100;
  /** A claim takes a write and two more until it is settled; then a write must still fit. */
  private static final int LEAST_WRITES = 4;

  /** So long on the own clock that {@code nanos} have passed on any other; rounded up. */
  private long stretched(long nanos) {
    return (nanos / (PERCENT - drift) + 1) * (PERCENT + drift);
  }

  /** The shortest term is longer than this, or no write would ever be allowed. */
  public long least() {
    return stretched(LEAST_WRITES * write);
  }

  @Override
  public long margin() {
    return stretched(write);
  }

  @Override
  public long settling() {
    return stretched(2 * write);
  }

  @Override
  public long expiry() {
    return stretched(term);
  }
}
