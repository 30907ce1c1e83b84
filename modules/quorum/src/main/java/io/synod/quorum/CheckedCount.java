package io.synod.quorum;

import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import java.util.List;

/** Creates counted quorums, or refuses those that do not intersect. */
final class CheckedCount {
  private CheckedCount() {}

  static QuorumSystem create(List<NodeId> acceptors, int read, int write, String keys) {
    CountedQuorums system = new CountedQuorums(acceptors, read, write);
    int size = acceptors.size();
    if (size <= IntersectionCheck.LARGEST) {
      return IntersectionCheck.require(system, keys);
    }
    if (read + write <= size) {
      throw IntersectionCheck.refusal(keys, new IntersectionCheck.DisjointPair(
          acceptors.subList(0, read), acceptors.subList(size - write, size)));
    }
    return system;
  }
}
