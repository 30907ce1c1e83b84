package io.synod.testkit.oracle;

import java.util.List;

/**
 * Weak leader election: eventually the same live node is the leader at every live node. Asked
 * some bounded time after all faults are off.
 */
public final class EventuallyOneLeader extends Oracle {
  private final LeaderLedger leaders;

  /** Reports to {@code findings} what {@code leaders} show. */
  EventuallyOneLeader(Findings findings, LeaderLedger leaders) {
    super(findings);
    this.leaders = leaders;
  }

  @Override
  public boolean settled() {
    return leaders.agreed().isPresent();
  }

  @Override
  public void ended(List<Replica> replicas) {
    if (!settled()) {
      violated("all faults have ended, and everybody had time to agree", leaders.toString());
    }
  }
}
