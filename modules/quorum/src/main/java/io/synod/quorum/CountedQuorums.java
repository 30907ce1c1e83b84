package io.synod.quorum;

import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import java.util.List;
import java.util.Set;

/** Any {@code read} acceptors are a read quorum, any {@code write} acceptors a write quorum. */
final class CountedQuorums implements QuorumSystem {
  private final List<NodeId> acceptors;
  private final int read;
  private final int write;

  CountedQuorums(List<NodeId> acceptors, int read, int write) {
    this.acceptors = Acceptors.ordered(acceptors);
    this.read = read;
    this.write = write;
  }

  @Override
  public List<NodeId> acceptors() {
    return acceptors;
  }

  @Override
  public boolean isReadQuorum(Set<NodeId> answered) {
    return Acceptors.countIn(acceptors, answered) >= read;
  }

  @Override
  public boolean isWriteQuorum(Set<NodeId> voted) {
    return Acceptors.countIn(acceptors, voted) >= write;
  }

  /**
   * The {@code write}-th greatest number. Chosen by counting and not by sorting: for the few
   * acceptors there are, comparing all pairs costs no more, and it needs no scratch space, so the
   * system stays immutable.
   */
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
    return "any " + read + " read, any " + write + " write, of " + acceptors;
  }
}
