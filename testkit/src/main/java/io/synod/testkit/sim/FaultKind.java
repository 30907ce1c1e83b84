package io.synod.testkit.sim;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The kinds of faults that a run may have; each seed turns each allowed kind off or on. */
public enum FaultKind {
  /** Messages are lost, up to 30 of 100. */
  LOSS,
  /** Messages come twice, some of the copies seconds later. */
  DUPLICATION,
  /** Messages overtake each other. */
  REORDERING,
  /** Some links are slow for a while. */
  SLOW_LINKS,
  /** The network falls apart in both directions, in one of several patterns. */
  PARTITION,
  /** Links are cut in one direction only. */
  ONE_WAY,
  /** Nodes crash at random moments and start again. */
  CRASH,
  /** Nodes crash between two effects of one turn: between writes, between write and send. */
  CRASH_AT_EFFECT,
  /** Nodes restart one after the other, again and again. */
  RESTART_STORM,
  /** Nodes stand still for up to seconds. */
  PAUSE,
  /** Each turn takes a while, so that events pile up and are taken together. */
  SLOW_LOOP,
  /** Forces take up to seconds. */
  SLOW_DISK,
  /** A force fails: that node stops. */
  FAILING_DISK,
  /** Clocks run fast or slow, wall clocks jump. */
  CLOCK_DRIFT,
  /** Clients send the same request to two nodes, and again without need. */
  REPEATED_REQUESTS;

  /** The name used on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Reads {@code all}, {@code none} or names with commas between them; refuses others by name.
   */
  public static Set<FaultKind> parse(String list) {
    if (list.equals("all")) {
      return EnumSet.allOf(FaultKind.class);
    }
    Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
    if (!list.equals("none")) {
      for (String name : list.split(",")) {
        kinds.add(byLabel(name.trim()));
      }
    }
    return kinds;
  }

  private static FaultKind byLabel(String label) {
    for (FaultKind kind : values()) {
      if (kind.label().equals(label)) {
        return kind;
      }
    }
    String known = Arrays.stream(values()).map(FaultKind::label).collect(Collectors.joining(", "));
    throw new IllegalArgumentException(
        "no fault is named '" + label + "'; known are all, none, " + known);
  }
}
