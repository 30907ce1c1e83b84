package io.synod.api.model;

/** Checks that stay on in production. A broken one is a bug and stops the node. */
public final class Invariant {
  private Invariant() {}

  /** Thrown when a state that the algorithms exclude is seen; never caught but by the node. */
  public static final class Broken extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    Broken(String message) {
      super(message);
    }
  }

  /** Checks a condition over two facts; {@code format} shows both with {@code %s}. */
  public static void check(boolean holds, String format, Object first, Object second) {
    if (!holds) {
      throw new Broken(String.format(format, first, second));
    }
  }

  /** Checks an order of two numbers without boxing on the good path. */
  public static void atLeast(long actual, long least, String what) {
    if (actual < least) {
      throw new Broken(what + ": " + actual + " is below " + least);
    }
  }

  /** Fails at a place that no input can reach. */
  public static Broken broken(String format, Object first, Object second) {
    return new Broken(String.format(format, first, second));
  }
}
