package io.synod.server.bench;

/** The longest time between two answers in a row. Any thread. */
final class Gaps {
  private long last = System.nanoTime();
  private long longest;

  synchronized void answered(long now) {
    longest = Math.max(longest, now - last);
    last = Math.max(last, now);
  }

  /** Ends a stretch: a gap that is open counts for it and, to its end, for the next one. */
  synchronized long next() {
    long result = Math.max(longest, System.nanoTime() - last);
    longest = 0;
    return result;
  }
}
