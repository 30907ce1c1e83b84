package io.synod.testkit.sim;

import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import java.util.List;
import java.util.Set;

/** The quorums of another system that hold one certain node. */
record AllWith(QuorumSystem quorums, NodeId needed) implements QuorumSystem {
  @Override
  public List<NodeId> acceptors() {
    return quorums.acceptors();
  }

  @Override
  public boolean isReadQuorum(Set<NodeId> answered) {
    return answered.contains(needed) && quorums.isReadQuorum(answered);
  }

  @Override
  public boolean isWriteQuorum(Set<NodeId> voted) {
    return voted.contains(needed) && quorums.isWriteQuorum(voted);
  }

  @Override
  public long reachedByWriteQuorum(long[] reached) {
    throw new UnsupportedOperationException("nobody votes in this system");
  }
}
