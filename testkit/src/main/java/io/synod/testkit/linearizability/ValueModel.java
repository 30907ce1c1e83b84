package io.synod.testkit.linearizability;

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
    };
  }

  private static Object swap(Object state, Operation operation) {
    boolean matches = Objects.equals(state, operation.expected());
    boolean told = !operation.open() && operation.result() != null;
    if (told && !operation.result().equals(matches)) {
      return IMPOSSIBLE;
    }
    return matches ? operation.argument() : state;
  }

  private static Object add(Object state, Operation operation) {
    if (state != null && !(state instanceof Long)) {
      return IMPOSSIBLE;
    }
    long sum = (state == null ? 0 : (Long) state) + (Long) operation.argument();
    boolean told = !operation.open() && operation.result() != null;
    return told && !operation.result().equals(sum) ? IMPOSSIBLE : (Object) sum;
  }
}
