package io.synod.testkit.contract;

import java.util.function.IntSupplier;

/** Names the seed of whatever fails, a broken invariant of the plugin included. */
final class Seeded {
  private Seeded() {}

  /** What {@code run} gives; a failure says which seed it was. */
  static int check(long seed, IntSupplier run) {
    try {
      return run.getAsInt();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
    }
  }
}
