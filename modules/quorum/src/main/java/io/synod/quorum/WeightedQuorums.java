package io.synod.quorum;

import io.synod.api.model.NodeId;
import java.util.List;
import java.util.Set;

/** Acceptors whose weights add up to at least {@code needed} are a quorum for both purposes. */
final class WeightedQuorums extends WatermarkQuorums {
  private final long[] weights;
  private final long needed;

  WeightedQuorums(List<NodeId> acceptors, long[] weights, long needed) {
    super(acceptors);
    this.weights = weights.clone();
    this.needed = needed;
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
      if (some.contains(acceptors().get(i))) {
        sum += weights[i];
      }
    }
    return sum;
  }

  @Override
  boolean hasReached(long[] reached, long mark) {
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
    return "weight " + needed + " of " + acceptors();
  }
}
