package io.synod.testkit.sim;

import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import java.util.List;
import java.util.Set;

/**
 * What must stay whole while members change: whichever of these nodes the configuration consists
 * of at the moment, it survives the loss of so many.
 */
record AllBut(List<NodeId> acceptors, int losses) implements QuorumSystem {
  @Override
  public boolean isReadQuorum(Set<NodeId> answered) {
    return acceptors.stream().filter(answered::contains).count() >= acceptors.size() - losses;
  }

  @Override
  public boolean isWriteQuorum(Set<NodeId> voted) {
    return isReadQuorum(voted);
  }

  @Override
  public long reachedByWriteQuorum(long[] reached) {
    throw new UnsupportedOperationException("nobody votes in this system");
  }
}
