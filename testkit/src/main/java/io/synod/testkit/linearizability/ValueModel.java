package io.synod.testkit.linearizability;

import java.util.List;
import java.util.Objects;

/** One value: a register or the entry of a key-value store, or a counter. */
public final class ValueModel implements Model {
  private final Object initial;

  private ValueModel(Object initial) {
    this.initial = initial;
  }

  /** A register or an entry, at first absent. */
  public static ValueModel register() {
    return new ValueModel(null);
  }

  /** A counter, at first 0. */
  public static ValueModel counter() {
    return new ValueModel(0L);
  }

  @Override
  public Object initial() {
    return initial;
  }

  @Override
  public Object step(Object state, Operation operation) {
    return switch (operation.kind()) {
      case READ -> operation.open() || Objects.equals(state, operation.result())
          ? state : IMPOSSIBLE;
      case WRITE -> operation.argument();
      case CAS -> swap(state, operation);
      case ADD -> add(state, operation);
      case APPEND -> append(state, operation);
      case DELETE -> fits(operation, state != null) ? null : IMPOSSIBLE;
    };
  }

  /** Among reads and writes alone, a written value shows only to those who read it. */
  @Override
  public boolean mayShow(Operation open, List<Operation> operations) {
    if (open.kind() != Operation.Kind.WRITE) {
      return open.kind() != Operation.Kind.READ;
    }
    boolean readToo = false;
    for (Operation other : operations) {
      boolean reads = other.kind() == Operation.Kind.READ;
      if (!reads && other.kind() != Operation.Kind.WRITE) {
        return true;
      }
      readToo |= reads && !other.open() && Objects.equals(other.result(), open.argument());
    }
    return readToo;
  }

  /** Whether that is what the client was told, if it was told anything. */
  private static boolean fits(Operation operation, Object result) {
    return operation.open() || operation.result() == null || operation.result().equals(result);
  }

  private static Object swap(Object state, Operation operation) {
    boolean matches = Objects.equals(state, operation.expected());
    if (!fits(operation, matches)) {
      return IMPOSSIBLE;
    }
    return matches ? operation.argument() : state;
  }

  /** To what is not a number nothing can be added: only an answer says otherwise. */
  private static Object add(Object state, Operation operation) {
    if (state != null && !(state instanceof Long)) {
      return operation.open() || operation.result() == null ? state : IMPOSSIBLE;
    }
    long sum = (state == null ? 0 : (Long) state) + (Long) operation.argument();
    return fits(operation, sum) ? (Object) sum : IMPOSSIBLE;
  }

  private static Object append(Object state, Operation operation) {
    String text = (state == null ? "" : String.valueOf(state)) + operation.argument();
    return fits(operation, (long) text.length()) ? text : IMPOSSIBLE;
  }
}
