package io.synod.testkit.oracle;

import io.synod.api.model.NodeId;

/**
 * Liveness of "Deconstructing Paxos": once a leader is stable, links are healthy and something is
 * to be decided, the first decision comes within T_el + 9Δ, where T_el is the election time-out
 * and Δ the longest that a message and its force have taken. What was lost before is sent again
 * by a certain moment, from which on links count as healthy. Told by who runs the simulation.
 */
public final class LeaderDecidesInTime extends Oracle {
  private static final int DELAYS = 9;

  private final long electionNanos;
  private final long healthyFrom;
  private NodeId leader;
  private long since;
  private long decidedBefore;

  /**
   * Reports to {@code findings}.
   *
   * @param electionNanos T_el
   * @param healthyFrom when everything that was lost in the past has been sent again
   */
  public LeaderDecidesInTime(Findings findings, long electionNanos, long healthyFrom) {
    super(findings);
    this.electionNanos = electionNanos;
    this.healthyFrom = healthyFrom;
  }

  /** All trust {@code stable} from now on; nobody has decided beyond {@code decided}. */
  public void leads(NodeId stable, long nowNanos, long decided) {
    leader = stable;
    since = Math.max(nowNanos, healthyFrom);
    decidedBefore = decided;
  }

  /** There is no such leader any more, or it has shown what was asked of it. */
  public void ends() {
    leader = null;
  }

  /** The leader has decided so far, and until now nothing took longer than {@code delta}. */
  public void judge(long nowNanos, long decided, long delta) {
    if (leader == null || decided > decidedBefore) {
      return;
    }
    long bound = electionNanos + DELAYS * delta;
    if (nowNanos - since > bound) {
      violated(
          "all trust " + leader + " on healthy links since " + since / 1_000_000
              + " ms; with delays up to " + delta / 1_000 + " us, T_el + 9 delays are "
              + bound / 1_000_000 + " ms",
          leader + " has decided nothing beyond instance " + decided);
      ends();
    }
  }
}
