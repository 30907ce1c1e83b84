package io.synod.testkit.sim;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A generator whose every method is fixed here, so that a seed means the same run on every JVM:
 * only the sequence of {@code nextLong} comes from the library.
 */
final class SeededRandom implements RandomGenerator {
  private static final long FNV_BASIS = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private SplittableRandom source;

  private SeededRandom(long seed) {
    this.source = new SplittableRandom(seed);
  }

  /**
   * The stream for one purpose. Streams of one seed are independent: a draw more in one of them
   * leaves the others as they were.
   */
  static SeededRandom stream(long seed, String purpose) {
    long hash = FNV_BASIS;
    for (int i = 0; i < purpose.length(); i++) {
      hash = (hash ^ purpose.charAt(i)) * FNV_PRIME;
    }
    return new SeededRandom(TraceHash.mix(seed, hash));
  }

  /** From here on the stream for that purpose, whatever was drawn before. */
  void restart(long seed, String purpose) {
    source = stream(seed, purpose).source;
  }

  @Override
  public long nextLong() {
    return source.nextLong();
  }

  @Override
  public int nextInt() {
    return (int) (nextLong() >>> 32);
  }

  @Override
  public int nextInt(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("a bound is positive, but was " + bound);
    }
    return (int) (((nextLong() >>> 32) * bound) >>> 32);
  }

  @Override
  public int nextInt(int origin, int bound) {
    return origin + nextInt(bound - origin);
  }

  @Override
  public long nextLong(long bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("a bound is positive, but was " + bound);
    }
    return (nextLong() >>> 1) % bound;
  }

  @Override
  public long nextLong(long origin, long bound) {
    return origin + nextLong(bound - origin);
  }

  @Override
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1p-53;
  }

  @Override
  public double nextDouble(double bound) {
    return nextDouble() * bound;
  }

  @Override
  public double nextDouble(double origin, double bound) {
    return origin + nextDouble() * (bound - origin);
  }

  @Override
  public boolean nextBoolean() {
    return nextLong() < 0;
  }

  /** True with this probability. */
  boolean chance(double probability) {
    return probability > 0 && nextDouble() < probability;
  }

  /** Exponentially distributed around {@code mean}, at most twenty times as long. */
  long exponential(long mean) {
    double drawn = -StrictMath.log(1.0 - nextDouble());
    return (long) (mean * Math.min(drawn, 20.0));
  }
}
