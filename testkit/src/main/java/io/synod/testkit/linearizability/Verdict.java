package io.synod.testkit.linearizability;

import java.util.List;
import java.util.stream.Collectors;

/** What a check found. */
public sealed interface Verdict {
  /** Whether an order exists that explains all answers. */
  default boolean linearizable() {
    return this instanceof Linearizable;
  }

  /** Some order of the operations explains every answer. */
  record Linearizable(int operations, int keys) implements Verdict {}

  /**
   * No order explains the answers on one key.
   *
   * @param culprit the first answer, in order of return, that fits no order of what came before
   * @param concurrent the operations that were open with it
   * @param before the last operations that had returned before it did
   * @param states the values that the key may have had then, with what was pending left out
   */
  record Violation(
      String key, Operation culprit, List<Operation> concurrent, List<Operation> before,
      List<String> states) implements Verdict {
    /** Copies the lists. */
    public Violation {
      concurrent = List.copyOf(concurrent);
      before = List.copyOf(before);
      states = List.copyOf(states);
    }

    @Override
    public String toString() {
      return "not linearizable: on key '" + key + "' no order of the operations explains\n  "
          + culprit + "\nwhen the value may have been " + states + "\nbefore it:"
          + lines(before) + "\nconcurrent with it:" + lines(concurrent);
    }

    private static String lines(List<Operation> operations) {
      return operations.isEmpty() ? " nothing" : operations.stream()
          .map(o -> "\n  " + o).collect(Collectors.joining());
    }
  }

  /** Too many operations overlap on a key to decide within the limit. */
  record Undecided(String key, int configurations) implements Verdict {}
}
