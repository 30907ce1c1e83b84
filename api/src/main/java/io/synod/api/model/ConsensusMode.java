package io.synod.api.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How much a prepared proposer may skip (Deconstructing Paxos, figures 6 and 20). */
public enum ConsensusMode {
  /** propose = read, then write: two round trips, every time. */
  CLASSIC,
  /** fastPropose = write only, while nobody else has used a higher ballot. */
  FAST;

  /** The name used on the command line and in JSON. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The mode of that name; refuses an unknown one, naming the known. */
  public static ConsensusMode parse(String label) {
    for (ConsensusMode mode : values()) {
      if (mode.label().equals(label)) {
        return mode;
      }
    }
    throw new IllegalArgumentException("no consensus mode is named '" + label + "'; known are "
        + Arrays.stream(values()).map(ConsensusMode::label).collect(Collectors.joining(", ")));
  }
}
