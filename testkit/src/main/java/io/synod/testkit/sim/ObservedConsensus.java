package io.synod.testkit.sim;

import io.synod.api.consensus.RoundBasedConsensus;
import io.synod.api.model.Value;
import io.synod.testkit.forward.ForwardingConsensus;

/** Shows every proposal to the oracles; otherwise the consensus underneath. */
final class ObservedConsensus extends ForwardingConsensus {
  private final NodeWorld world;

  ObservedConsensus(RoundBasedConsensus inner, NodeWorld world) {
    super(inner);
    this.world = world;
  }

  @Override
  public void propose(Value value) {
    world.observer().proposed(world.life(), value);
    inner.propose(value);
  }
}
