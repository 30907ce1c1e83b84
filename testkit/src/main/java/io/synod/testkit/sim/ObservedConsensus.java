package io.synod.testkit.sim;

import io.synod.api.consensus.RoundBasedConsensus;
import io.synod.api.model.Ballot;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Value;
import io.synod.testkit.forward.ForwardingConsensus;
import io.synod.testkit.forward.ForwardingProposals;
import io.synod.testkit.oracle.LayerEvent;

/** Shows proposals and their outcomes to the oracles; otherwise the consensus underneath. */
final class ObservedConsensus extends ForwardingConsensus {
  private final NodeWorld world;
  private Ballot begun = Ballot.BOTTOM;

  ObservedConsensus(RoundBasedConsensus inner, NodeWorld world) {
    super(inner);
    this.world = world;
  }

  private void show(LayerEvent event) {
    world.observer().layer(world.life(), event);
  }

  @Override
  public void listener(Listener listener) {
    inner.listener(new ForwardingProposals(listener) {
      @Override
      public void decided(Ballot ballot, InstanceId instance, Value value) {
        show(new LayerEvent.Decided(ballot, instance, value));
        inner.decided(ballot, instance, value);
      }

      @Override
      public void deposed(Ballot higher, boolean wasReady) {
        show(new LayerEvent.Deposed(begun, higher));
        inner.deposed(higher, wasReady);
      }
    });
  }

  @Override
  public void lead(InstanceId undecided) {
    inner.lead(undecided);
    begun = inner.ballot().orElse(begun);
  }

  @Override
  public void propose(Value value) {
    world.observer().proposed(world.life(), value);
    inner.propose(value);
  }
}
