package io.synod.api.replication;

/** How fresh an answer has to be. */
public enum ReadMode {
  /** Sees everything acknowledged before it was asked; costs a round trip to a quorum. */
  LINEARIZABLE,
  /** Local; at least as new as a given index, and says which index it shows. */
  STALE
}
