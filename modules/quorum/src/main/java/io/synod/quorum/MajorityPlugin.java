package io.synod.quorum;

import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import java.util.List;

/** {@code majority}: more than half of the acceptors, to read and to write. */
public final class MajorityPlugin implements Plugins.Quorum {
  @Override
  public String name() {
    return "majority";
  }

  @Override
  public String meaning() {
    return "more than half of the acceptors read and write";
  }

  @Override
  public QuorumSystem create(List<NodeId> acceptors, Settings settings) {
    int majority = acceptors.size() / 2 + 1;
    return CheckedCount.create(acceptors, majority, majority, slot().key() + " = " + name());
  }
}
