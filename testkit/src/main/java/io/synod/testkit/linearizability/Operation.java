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
    ADD
  }

  /** Refuses an answer before its call. */
  public Operation {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(kind, "kind");
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
    };
    String answer = open() ? "outcome unknown" : kind == Kind.WRITE ? "done" : "= " + result;
    return "[" + invoked + ", " + (open() ? "open" : "" + returned) + "] client " + client + " "
        + key + "." + call + " " + answer;
  }
}
