package io.synod.testkit.oracle;

import io.synod.api.model.InstanceId;

/**
 * Watches the state machine that a run replicates. Commands are numbered from 1 in the order of
 * the log, so that one number means the same prefix of the log on every replica. Called on the
 * simulator's one thread; arrays must not be changed. Does nothing by default.
 */
public interface MachineObserver {
  /** A replica has applied a command. */
  default void applied(Life life, AppliedCommand step) {}

  /** A replica's state has this hash; it came to it by applying or from a snapshot. */
  default void hashed(Life life, Point at, long hash) {}

  /**
   * A second instance, restored from a snapshot as of command {@code from} and then given the
   * same commands, has the hash {@code replayed} where the replica itself has {@code direct}.
   */
  default void replayed(Life life, Point at, long from, Hashes hashes) {}

  /** A replica has answered a query. */
  default void answered(Life life, Point at, byte[] query, byte[] answer) {}

  /** The state's hash around a query. */
  default void queried(Life life, Point at, Hashes hashes) {}

  /** The run is over, with everything well so far. */
  default void ended() {}

  /** After which command, at which instance. */
  record Point(long number, InstanceId instance) {
    @Override
    public String toString() {
      return "command number " + number + " (instance " + instance.number() + ")";
    }
  }

  /** Two hashes that must be equal: the one expected, and the one found. */
  record Hashes(long expected, long found) {
    boolean differ() {
      return expected != found;
    }
  }

  /** A command, when it took place, and what was answered. */
  record AppliedCommand(Point at, long timeMillis, byte[] command, byte[] result) {}
}
