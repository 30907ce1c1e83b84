package io.synod.testkit.trace;

import io.synod.api.message.Message;
import io.synod.testkit.oracle.Violation;

/**
 * What only the simulated world knows and no node. Called on the simulator's one thread, at the
 * virtual moment of the event. Does nothing by default.
 */
public interface WorldObserver {
  /** The run begins; nothing has happened yet. */
  default void began(String variant, long seed) {}

  /** A message between two nodes, by index, is dropped for that reason. */
  default void lost(int from, int to, Message message, String reason) {}

  /** A fault is injected: its kind, a dot and its number within the kind. */
  default void fault(String name) {}

  /** All faults end here. */
  default void healed() {}

  /** A property does not hold. */
  default void violated(Violation violation) {}
}
