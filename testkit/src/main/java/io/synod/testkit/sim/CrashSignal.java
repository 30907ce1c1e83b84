package io.synod.testkit.sim;

/** Ends a turn at the point where the node is to crash. Carries nothing, costs nothing. */
final class CrashSignal extends Error {
  private static final long serialVersionUID = 1L;

  CrashSignal() {
    super(null, null, false, false);
  }
}
