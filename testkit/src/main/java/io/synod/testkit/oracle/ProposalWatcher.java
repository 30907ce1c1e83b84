package io.synod.testkit.oracle;

import io.synod.api.model.Ballot;
import io.synod.api.model.OneC;
import io.synod.api.model.Value;

/** Hears what {@link BallotLedger} makes out of messages and records. */
interface ProposalWatcher {
  /** The first sight of a ballot's 1c. */
  default void safe(OneC oneC) {}

  /** A 2a, or an entry of a 1c's window, for an instance not seen before in that ballot. */
  default void proposed(Ballot ballot, long instance, Value value) {}

  /** Two values in one ballot at one instance. */
  default void twoValues(Ballot ballot, long instance, Value first, Value second) {}

  /** A write quorum has voted; {@code value} is null if no message has shown it. */
  default void chosen(Ballot ballot, long instance, Value value) {}
}
