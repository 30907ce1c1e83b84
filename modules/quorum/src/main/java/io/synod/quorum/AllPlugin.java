package io.synod.quorum;

import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import java.util.List;

/**
 * {@code all}: read one, write all. Any single acceptor tells a new leader everything, but one
 * silent acceptor stops all writing until it is replaced.
 */
public final class AllPlugin implements Plugins.Quorum {
  @Override
  public String name() {
    return "all";
  }

  @Override
  public String meaning() {
    return "any one acceptor reads, all of them write";
  }

  @Override
  public QuorumSystem create(List<NodeId> acceptors, Settings settings) {
    return CheckedCount.create(acceptors, 1, acceptors.size(), slot().key() + " = " + name());
  }
}
