package io.synod.server.demo;

import io.synod.api.membership.ChangeOutcome;
import java.util.concurrent.TimeUnit;

/**
 * How one node took the place of another under load.
 *
 * @param old who left
 * @param fresh who came, empty
 * @param calmSince when the cluster was whole again before; times are of System.nanoTime
 */
record Replacement(
    String old, String fresh, ChangeOutcome outcome, long calmSince, long asked, long answered) {
  boolean active() {
    return outcome instanceof ChangeOutcome.Active;
  }

  /** From the question to the answer that the new era is active; null if it is not. */
  Long millis() {
    return active() ? TimeUnit.NANOSECONDS.toMillis(answered - asked) : null;
  }

  long worstStallMillis(Tally tally) {
    return tally.worstStallMillis(asked, answered);
  }

  /** In a stretch as long before, or as much of it as nothing else happened in. */
  long stallBeforeMillis(Tally tally) {
    return tally.worstStallMillis(Math.max(calmSince, asked - (answered - asked)), asked);
  }

  String meaning() {
    return active()
        ? fresh + ", empty, learned everything and took the place of " + old + " under load"
        : fresh + " did not take the place of " + old + ": " + outcome;
  }
}
