package io.synod.api.model;

/** What a member does in its era. */
public enum Role {
  /** Votes, learns and may lead. */
  ACCEPTOR,
  /** Learns only; counts in no quorum. */
  LEARNER,
  /** Votes only while a main acceptor is silent (Cheap Paxos); keeps no state machine. */
  AUXILIARY
}
