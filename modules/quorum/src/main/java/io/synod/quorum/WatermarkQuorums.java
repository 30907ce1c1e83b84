package io.synod.quorum;

import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import java.util.List;

/** What quorum systems have in common: their acceptors, and how a watermark is found. */
abstract class WatermarkQuorums implements QuorumSystem {
  private final List<NodeId> acceptors;

  WatermarkQuorums(List<NodeId> acceptors) {
    this.acceptors = Acceptors.ordered(acceptors);
  }

  @Override
  public final List<NodeId> acceptors() {
    return acceptors;
  }

  /**
   * Chosen by trying each number and not by sorting: for the few acceptors there are, comparing
   * all pairs costs no more, and it needs no scratch space, so the system stays immutable.
   */
  @Override
  public final long reachedByWriteQuorum(long[] reached) {
    Acceptors.sameLength(acceptors, reached);
    long best = Long.MIN_VALUE;
    for (long mark : reached) {
      if (mark > best && hasReached(reached, mark)) {
        best = mark;
      }
    }
    return best;
  }

  /** Whether those who have reached {@code mark} are a write quorum. */
  abstract boolean hasReached(long[] reached, long mark);
}
