package io.synod.transport.netty;

import java.util.concurrent.ThreadLocalRandom;

/** Pauses that double up to a cap, each shortened by up to half so that peers spread out. */
final class Backoff {
  private final long least;
  private final long most;
  private long next;

  Backoff(long leastMillis, long mostMillis) {
    least = leastMillis;
    most = Math.max(leastMillis, mostMillis);
    next = least;
  }

  void reset() {
    next = least;
  }

  long nextMillis() {
    long pause = next;
    next = Math.min(most, next * 2);
    return pause - ThreadLocalRandom.current().nextLong(pause / 2 + 1);
  }
}
