package io.synod.api.model;

import java.util.List;
import java.util.Set;

/**
 * The only home of quorum arithmetic: which sets of acceptors are read quorums and which are
 * write quorums. Every read quorum meets every write quorum (Lynch; Lampson). Pure and immutable.
 */
public interface QuorumSystem {
  /** The acceptors of the configuration, in the order of their ids. */
  List<NodeId> acceptors();

  /** Whether the acceptors in {@code answered} include a read quorum (phase 1). */
  boolean isReadQuorum(Set<NodeId> answered);

  /** Whether the acceptors in {@code voted} include a write quorum (phase 2, stored 1c). */
  boolean isWriteQuorum(Set<NodeId> voted);

  /**
   * The quorums of an attempt that begins now, when these acceptors are known to have lost their
   * memory and to answer no more (winter; R of Deconstructing Paxos, figure 15). Only what is
   * answered after its beginning counts in it. Most systems need no fewer answers for that and
   * give themselves: whoever asks compares by identity.
   */
  default QuorumSystem without(Set<NodeId> recovered) {
    return this;
  }

  /**
   * The greatest watermark that a write quorum has reached. {@code reached[i]} belongs to
   * {@code acceptors().get(i)}; the hot path of the leader, hence over plain numbers.
   */
  long reachedByWriteQuorum(long[] reached);
}
