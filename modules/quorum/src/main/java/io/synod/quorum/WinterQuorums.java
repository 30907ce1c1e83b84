package io.synod.quorum;

import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The thresholds of Deconstructing Paxos, figure 15: with R the acceptors known to have recovered
 * when an attempt begins, any max(nf + 1, n - nf - |R|) of the others that answer after that.
 *
 * <p>Why any two attempts have an acceptor in common that kept its memory in between, although two
 * such sets need not meet: let C be all who have recovered by the time that the later attempt
 * begins; they answer it no more. Of the earlier one's acceptors, none of which is in its R, at
 * most |C| - |R| are in C, so that at least n - nf - |C| of the n - |C| others answered it, and at
 * most nf did not. The later one has nf + 1 of the same others. Neither step asks how many crash:
 * if it is too many nobody has a quorum, and nobody decides anything else. Answers from before the
 * beginning would spoil it, as those who gave them may be in C; hence attempts start over.
 */
final class WinterQuorums extends WatermarkQuorums {
  private final int crashes;
  private final Set<NodeId> recovered;
  private final int needed;

  WinterQuorums(List<NodeId> acceptors, int crashes, Set<NodeId> recovered) {
    super(acceptors);
    this.crashes = crashes;
    this.recovered = new TreeSet<>(recovered);
    this.recovered.retainAll(acceptors);
    this.needed = Math.max(crashes + 1, acceptors.size() - crashes - this.recovered.size());
  }

  /** Starting over is in vain where as many answers are needed as before. */
  @Override
  public QuorumSystem without(Set<NodeId> lost) {
    Set<NodeId> all = new TreeSet<>(recovered);
    all.addAll(lost);
    WinterQuorums next = new WinterQuorums(acceptors(), crashes, all);
    return next.needed < needed ? next : this;
  }

  @Override
  public boolean isReadQuorum(Set<NodeId> answered) {
    Set<NodeId> counting = new TreeSet<>(answered);
    counting.removeAll(recovered);
    return Acceptors.countIn(acceptors(), counting) >= needed;
  }

  @Override
  public boolean isWriteQuorum(Set<NodeId> voted) {
    return isReadQuorum(voted);
  }

  @Override
  boolean hasReached(long[] reached, long mark) {
    int count = 0;
    for (int i = 0; i < reached.length; i++) {
      if (reached[i] >= mark && !recovered.contains(acceptors().get(i))) {
        count++;
      }
    }
    return count >= needed;
  }

  @Override
  public String toString() {
    return "any " + needed + " of " + acceptors()
        + (recovered.isEmpty() ? "" : " but " + recovered);
  }
}
