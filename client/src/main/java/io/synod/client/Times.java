package io.synod.client;

/** Arithmetic on {@code System.nanoTime()} values, which wrap around. */
final class Times {
  private Times() {}

  static long earlier(long a, long b) {
    return a - b <= 0 ? a : b;
  }
}
