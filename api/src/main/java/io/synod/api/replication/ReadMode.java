package io.synod.api.replication;

/** How fresh an answer has to be. */
public enum ReadMode {
  /**
   * Sees everything acknowledged before it was asked; costs a round trip to a quorum. Depends on
   * no clock.
   */
  LINEARIZABLE,
  /**
   * Sees the same, at no message when the leader is asked and one round trip to it elsewhere,
   * while the leader holds a lease; without one it costs what {@link #LINEARIZABLE} does.
   *
   * <p>This relies on time: no monotonic clock of a node may run faster or slower than true time
   * by more than {@code synod.lease.drift} percent, nor stand still while others run, as that of
   * a suspended machine may. If one does, an answer may be stale; writes and other reads stay
   * right.
   */
  LEASE,
  /**
   * Sees what {@link #LINEARIZABLE} does and costs the same, wherever it is asked: the node asked
   * answers from its own state, once the leader has confirmed an index with a quorum and so much
   * is applied here; the answer never passes through the leader. {@link #LINEARIZABLE} promises
   * the freshness only; today it is served in this way, too.
   */
  FOLLOWER,
  /** Local; at least as new as a given index, and says which index it shows. */
  STALE
}
