package io.synod.quorum;

import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import java.util.List;
import java.util.Set;

/** Acceptors whose weights add up to at least {@code needed} are a quorum for both purposes. */
final class WeightedQuorums implements QuorumSystem {
  private final List<NodeId> acceptors;
  private final long[] weights;
  private final long needed;

  WeightedQuorums(List<NodeId> acceptors, long[] weights, long needed) {
    this.acceptors = Acceptors.ordered(acceptors);
    this.weights = weights.clone();
    this.needed = needed;
  }

  @Override
  public List<NodeId> acceptors() {
    return acceptors;
  }

  @Override
  public boolean isReadQuorum(Set<NodeId> answered) {
    return weightOf(answered) >= needed;
  }

  @Override
  public boolean isWriteQuorum(Set<NodeId> voted) {
    return weightOf(voted) >= needed;
  }

  private long weightOf(Set<NodeId> some) {
    long sum = 0;
    for (int i = 0; i < weights.length; i++) {
      if (some.contains(acceptors.get(i))) {
        sum += weights[i];
      }
    }
    return sum;
  }

  /** As for counted quorums: all pairs, no scratch space. */
  @Override
  public long reachedByWriteQuorum(long[] reached) {
    Acceptors.sameLength(acceptors, reached);
    long best = Long.MIN_VALUE;
    for (long mark : reached) {
      if (mark > best && hasReached(reached, mark)) {
        best = mark;
      }
    }
    return best;
  }

  private boolean hasReached(long[] reached, long mark) {
    long sum = 0;
    for (int i = 0; i < weights.length; i++) {
      if (reached[i] >= mark) {
        sum += weights[i];
      }
    }
    return sum >= needed;
  }

  @Override
  public String toString() {
    return "weight " + needed + " of " + acceptors;
  }
}
