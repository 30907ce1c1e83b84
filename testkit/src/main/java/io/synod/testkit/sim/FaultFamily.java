package io.synod.testkit.sim;

/** Injects some kinds of faults. */
interface FaultFamily {
  /** Begins to inject that kind, at a rate drawn from the seed; does nothing for other kinds. */
  void start(FaultKind kind);
}
