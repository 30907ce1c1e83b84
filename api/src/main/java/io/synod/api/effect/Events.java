package io.synod.api.effect;

/**
 * Rare events worth a line in the log or the trace of a simulation: changes of leader, catch-up,
 * snapshots. The algorithms do not log by themselves.
 */
public interface Events {
  /** Drops everything. */
  Events NONE = line -> {};

  /** Takes one sentence; on the loop thread, must not block. */
  void note(String line);
}
