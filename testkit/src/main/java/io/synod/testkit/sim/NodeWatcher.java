package io.synod.testkit.sim;

/** Hears what becomes of a node. */
interface NodeWatcher {
  /** A crash that was planned has happened; {@link #stopped} follows. */
  default void crashedAsPlanned(FaultKind kind) {}

  /** It is down. */
  default void stopped(SimulatedNode node, Stop why) {}
}
