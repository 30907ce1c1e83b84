package io.synod.reconfig.master;

import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;

/** What a leader asks of the master. Each may be repeated without harm. */
public sealed interface MasterCommand {
  /** A new leader is about to begin phase 1 in this ballot (newBallot of the paper). */
  record Register(Ballot ballot) implements MasterCommand {}

  /**
   * The leader whose next ballot in place is {@code ballot} wants the era after {@code expected}:
   * has effect if that is the one made last and no higher ballot is registered.
   */
  record Make(Era expected, Ballot ballot, Configuration configuration)
      implements MasterCommand {}

  /** The era is active: eras before it need not be read any more. */
  record Complete(Era era) implements MasterCommand {}
}
