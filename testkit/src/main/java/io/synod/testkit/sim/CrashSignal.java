package io.synod.testkit.sim;

/** Ends a turn at the point where the node is to crash. Costs next to nothing. */
final class CrashSignal extends Error {
  private static final long serialVersionUID = 1L;

  private final FaultKind kind;

  CrashSignal(FaultKind kind) {
    super(null, null, false, false);
    this.kind = kind;
  }

  /** The fault that planned it. */
  FaultKind kind() {
    return kind;
  }
}
