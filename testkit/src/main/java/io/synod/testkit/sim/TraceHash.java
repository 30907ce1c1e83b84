package io.synod.testkit.sim;

/** A running 64-bit hash of everything that happens in a world. */
final class TraceHash {
  private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

  private long value = MULTIPLIER;

  /** Takes one more fact. */
  void add(long fact) {
    value = mix(value, fact);
  }

  /** The hash so far. */
  long value() {
    return value;
  }

  /** Mixes two numbers into one whose every bit depends on both. */
  static long mix(long a, long b) {
    long x = (a ^ Long.rotateLeft(b * MULTIPLIER, 29)) * MULTIPLIER;
    x ^= x >>> 32;
    x *= 0xd6e8feb86659fd93L;
    return x ^ (x >>> 29);
  }
}
