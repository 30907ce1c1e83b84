package io.synod.api.effect;

/** Time as a node sees it. */
public interface Clock {
  /** Monotonic nanoseconds from an arbitrary origin; all time-outs are measured with it. */
  long nanos();

  /**
   * Wall-clock milliseconds since 1970. Only the leader reads it, to write time into the log; no
   * rule of the protocol depends on it.
   */
  long wallMillis();
}
