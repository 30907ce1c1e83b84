package io.synod.testkit.linearizability;

import java.util.List;

/** What one key does when operations come one after another. States are immutable values. */
public interface Model {
  /** Says that an operation cannot have had its result in that state. */
  Object IMPOSSIBLE = new Object();

  /** The state before the first operation; may be null. */
  Object initial();

  /** The state after the operation, or {@link #IMPOSSIBLE}; any result fits an open operation. */
  Object step(Object state, Operation operation);

  /** Whether the operation never changes the state. */
  default boolean readsOnly(Operation operation) {
    return operation.kind() == Operation.Kind.READ;
  }

  /**
   * Whether an open operation can help to explain the answers of any of these; to say yes is
   * always right, to say no where it is certain saves work.
   */
  default boolean mayShow(Operation open, List<Operation> operations) {
    return !readsOnly(open);
  }
}
