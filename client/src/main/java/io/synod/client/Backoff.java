package io.synod.client;

import java.util.random.RandomGenerator;

/** Pauses that double, with jitter of up to a half, until something succeeds. */
final class Backoff {
  private final long least;
  private final long most;
  private final RandomGenerator random;
  private long current;

  Backoff(long least, long most, RandomGenerator random) {
    this.least = least;
    this.most = Math.max(least, most);
    this.random = random;
  }

  void succeeded() {
    current = 0;
  }

  long next() {
    current = current == 0 ? least : Math.min(most, current * 2);
    return current - random.nextLong(current / 2 + 1);
  }
}
