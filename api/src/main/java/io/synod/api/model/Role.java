package io.synod.api.model;

/** What a member does in its era. The order is that of the numbers in stored configurations. */
public enum Role {
  /** Votes, learns and may lead. */
  ACCEPTOR(true, true, true),
  /** Learns only; counts in no quorum. */
  LEARNER(false, true, false),
  /** Votes only while a main acceptor is silent (Cheap Paxos); keeps no state machine. */
  AUXILIARY(true, false, false),
  /** Learns and may lead, but counts in no quorum: a process beside passive acceptors. */
  PROPOSER(false, true, true),
  /** Votes, and is no process: a disk or a database to which processes write for themselves. */
  PASSIVE(true, false, false);

  private final boolean votes;
  private final boolean learns;
  private final boolean leads;

  Role(boolean votes, boolean learns, boolean leads) {
    this.votes = votes;
    this.learns = learns;
    this.leads = leads;
  }

  /** Whether it counts in quorums. */
  public boolean votes() {
    return votes;
  }

  /** Whether it keeps the state machine. */
  public boolean learns() {
    return learns;
  }

  /** Whether it may lead. */
  public boolean leads() {
    return leads;
  }
}
