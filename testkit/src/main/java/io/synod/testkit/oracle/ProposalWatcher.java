package io.synod.testkit.oracle;

import io.synod.api.model.Ballot;
import io.synod.api.model.OneC;
import io.synod.api.model.Value;

/** Hears what {@link BallotLedger} makes out of messages and records. */
interface ProposalWatcher {
  /** The first sight of a ballot's 1c, before its window counts as proposed. */
  default void safe(BallotView view) {}

  /** Another 1c for a ballot that has one. */
  default void twoOneCs(BallotView view, OneC second) {}

  /** A 2a, or an entry of a 1c's window, for an instance not seen before in that ballot. */
  default void proposed(Ballot ballot, long instance, Value value) {}

  /** Two values in one ballot at one instance; the first may be that of the 1c's window. */
  default void twoValues(BallotView view, long instance, Value first, Value second) {}

  /** A write quorum has voted; {@code value} is null if no message has shown it. */
  default void chosen(Ballot ballot, long instance, Value value) {}

  /** A write quorum has stored the 1c: its era is active. */
  default void active(BallotView view) {}
}
