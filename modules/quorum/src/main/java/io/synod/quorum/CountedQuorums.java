package io.synod.quorum;

import io.synod.api.model.NodeId;
import java.util.List;
import java.util.Set;

/** Any {@code read} acceptors are a read quorum, any {@code write} acceptors a write quorum. */
final class CountedQuorums extends WatermarkQuorums {
  private final int read;
  private final int write;

  CountedQuorums(List<NodeId> acceptors, int read, int write) {
    super(acceptors);
    this.read = read;
    this.write = write;
  }

  @Override
  public boolean isReadQuorum(Set<NodeId> answered) {
    return Acceptors.countIn(acceptors(), answered) >= read;
  }

  @Override
  public boolean isWriteQuorum(Set<NodeId> voted) {
    return Acceptors.countIn(acceptors(), voted) >= write;
  }

  @Override
  boolean hasReached(long[] reached, long mark) {
    int count = 0;
    for (long other : reached) {
      if (other >= mark) {
        count++;
      }
    }
    return count >= write;
  }

  @Override
  public String toString() {
    return "any " + read + " read, any " + write + " write, of " + acceptors();
  }
}
