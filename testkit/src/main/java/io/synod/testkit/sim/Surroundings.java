package io.synod.testkit.sim;

import io.synod.api.model.NodeId;
import io.synod.testkit.trace.TraceRecorder;
import java.util.List;

/** What a trace looks up in a run. */
record Surroundings(World world, List<SimulatedNode> members, NetworkFaults network)
    implements TraceRecorder.Surroundings {
  @Override
  public long now() {
    return world.now();
  }

  @Override
  public int nodes() {
    return members.size();
  }

  @Override
  public NodeId node(int index) {
    return members.get(index).id();
  }

  @Override
  public boolean cut(int from, int to) {
    return network.cut(from, to);
  }
}
