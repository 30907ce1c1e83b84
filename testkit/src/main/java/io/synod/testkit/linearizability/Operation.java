package io.synod.testkit.linearizability;

import java.util.Objects;

/**
 * One call of a client on one key, as the client saw it.
 *
 * @param client who called; for reports only
 * @param argument what was written or added, or the new value of a {@link Kind#CAS}; text, whole
 *     number, truth value or null
 * @param expected the old value that a {@link Kind#CAS} asks for
 * @param result what was answered; null after a read means "absent", after others "not told"
 * @param invoked when it was called, on the one clock of the history
 * @param returned when the answer came, or {@link #NEVER}
 */
public record Operation(
    int client, String key, Kind kind, Object argument, Object expected, Object result,
    long invoked, long returned) {
  /** When an operation with an unknown outcome returned: it may take effect at any later time. */
  public static final long NEVER = Long.MAX_VALUE;

  /** What was called. */
  public enum Kind {
    /** Answers the value. */
    READ,
    /** Replaces the value; null removes it. */
    WRITE,
    /** Replaces the value if it is the expected one; answers whether it did. */
    CAS,
    /** Adds a whole number; answers the sum. */
    ADD,
    /** Puts text behind the text that is there; answers the length. */
    APPEND,
    /** Removes the value; answers whether there was one. */
    DELETE
  }

  /** Refuses an answer before its call, and arguments and results of the wrong kind. */
  public Operation {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(kind, "kind");
    switch (kind) {
      case CAS, DELETE -> fits(kind, "result", result, result == null, Boolean.class);
      case ADD -> {
        fits(kind, "argument", argument, false, Long.class);
        fits(kind, "result", result, result == null, Long.class);
      }
      case APPEND -> {
        fits(kind, "argument", argument, false, String.class);
        fits(kind, "result", result, result == null, Long.class);
      }
      default -> { }
    }
    if (returned < invoked) {
      throw new IllegalArgumentException("an operation on '" + key + "' returned at " + returned
          + ", before it was invoked at " + invoked);
    }
  }

  /** A read. */
  public static Operation read(int client, String key, Object result, long invoked, long returned) {
    return new Operation(client, key, Kind.READ, null, null, result, invoked, returned);
  }

  /** A write. */
  public static Operation write(int client, String key, Object value, long invoked, long returned) {
    return new Operation(client, key, Kind.WRITE, value, null, null, invoked, returned);
  }

  /** An addition of one that answered {@code sum}, or null if that was not told. */
  public static Operation increment(
      int client, String key, Object sum, long invoked, long returned) {
    return new Operation(client, key, Kind.ADD, 1L, null, sum, invoked, returned);
  }

  /** Whether its outcome is unknown. */
  public boolean open() {
    return returned == NEVER;
  }

  /** The same call, of which nobody knows whether it took effect. */
  Operation withUnknownOutcome() {
    return new Operation(client, key, kind, argument, expected, null, invoked, NEVER);
  }

  private static void fits(Kind kind, String what, Object value, boolean ok, Class<?> type) {
    if (!ok && !type.isInstance(value)) {
      throw new IllegalArgumentException("the " + what + " of " + kind + " is "
          + (value == null ? "missing" : value) + ", not a " + type.getSimpleName());
    }
  }

  /** Whether both ask for the same, so that one may stand for the other if both are open. */
  boolean sameEffect(Operation other) {
    return kind == other.kind && Objects.equals(argument, other.argument)
        && Objects.equals(expected, other.expected);
  }

  @Override
  public String toString() {
    String call = switch (kind) {
      case READ -> "read()";
      case WRITE -> "write(" + argument + ")";
      case CAS -> "cas(" + expected + " to " + argument + ")";
      case ADD -> "add(" + argument + ")";
      case APPEND -> "append(" + argument + ")";
      case DELETE -> "delete()";
    };
    boolean untold = result == null && kind != Kind.READ;
    String answer = open() ? "outcome unknown" : untold ? "done" : "= " + result;
    return "[" + invoked + ", " + (open() ? "open" : "" + returned) + "] client " + client + " "
        + key + "." + call + " " + answer;
  }
}
