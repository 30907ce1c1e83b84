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
   * @param prefix how many operations on the key had been called when it came: the shortest
   *     beginning of the history that cannot be linearized
   * @param essential of these, the ones whose answers contradict each other; all others may have
   *     ended in any way, or not at all
   * @param concurrent the operations that were under way with the culprit
   * @param states the values that the key may have had then, with what was pending left out
   */
  record Violation(
      String key, Operation culprit, int prefix, List<Operation> essential,
      List<Operation> concurrent, List<String> states) implements Verdict {
    private static final int SHOWN = 8;

    /** Copies the lists. */
    public Violation {
      essential = List.copyOf(essential);
      concurrent = List.copyOf(concurrent);
      states = List.copyOf(states);
    }

    @Override
    public String toString() {
      return "not linearizable: on key '" + key + "' no order of the operations explains\n  "
          + culprit + "\nwhen the value may have been "
          + states.stream().limit(SHOWN).collect(Collectors.joining(", "))
          + ".\nThe shortest beginning that cannot be explained has " + prefix
          + " operations on this key; these contradict each other:" + lines(essential)
          + "\nunder way with it:" + lines(concurrent);
    }

    private static String lines(List<Operation> operations) {
      return operations.isEmpty() ? " nothing" : operations.stream()
          .map(o -> "\n  " + o).collect(Collectors.joining());
    }
  }

  /** Too many operations overlap on a key to decide within the limit. */
  record Undecided(String key, int configurations) implements Verdict {
    @Override
    public String toString() {
      return "undecided: on key '" + key + "' so many operations overlap that more than "
          + configurations + " explanations would have to be followed";
    }
  }
}
