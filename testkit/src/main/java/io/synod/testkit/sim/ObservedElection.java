package io.synod.testkit.sim;

import io.synod.api.election.WeakLeaderElection;
import io.synod.api.model.NodeId;
import io.synod.testkit.forward.ForwardingElection;
import io.synod.testkit.oracle.LayerEvent;
import java.util.Optional;
import java.util.function.Consumer;

/** Shows every change of the leader to the oracles; otherwise the election underneath. */
final class ObservedElection extends ForwardingElection {
  private final NodeWorld world;

  ObservedElection(WeakLeaderElection inner, NodeWorld world) {
    super(inner);
    this.world = world;
  }

  @Override
  public void onChange(Consumer<Optional<NodeId>> listener) {
    inner.onChange(leader -> {
      world.observer().layer(world.life(), new LayerEvent.LeaderChanged(leader));
      listener.accept(leader);
    });
  }
}
