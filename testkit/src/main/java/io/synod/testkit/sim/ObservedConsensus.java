package io.synod.testkit.sim;

import io.synod.api.consensus.RoundBasedConsensus;
import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.Reconfigure;
import io.synod.api.model.Value;
import io.synod.testkit.oracle.LayerEvent;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Shows proposals and their outcomes to the oracles; otherwise the consensus underneath. */
final class ObservedConsensus implements RoundBasedConsensus {
  private final RoundBasedConsensus inner;
  private final NodeWorld world;
  private Ballot begun = Ballot.BOTTOM;

  ObservedConsensus(RoundBasedConsensus inner, NodeWorld world) {
    this.inner = inner;
    this.world = world;
  }

  private void show(LayerEvent event) {
    world.observer().layer(world.life(), event);
  }

  @Override
  public void listener(Listener listener) {
    inner.listener(new Shown(listener));
  }

  private final class Shown implements Listener {
    private final Listener above;

    Shown(Listener above) {
      this.above = above;
    }

    @Override
    public void decided(Ballot ballot, InstanceId instance, Value value) {
      show(new LayerEvent.Decided(ballot, instance, value));
      above.decided(ballot, instance, value);
    }

    @Override
    public void ready(Ballot ballot) {
      above.ready(ballot);
    }

    @Override
    public void settled(Ballot ballot) {
      above.settled(ballot);
    }

    @Override
    public void handedOver(Ballot ballot, Era era) {
      above.handedOver(ballot, era);
    }

    @Override
    public void asks(Configuration configuration) {
      above.asks(configuration);
    }

    @Override
    public void activated(Era era, Configuration configuration) {
      above.activated(era, configuration);
    }

    @Override
    public void deposed(Ballot higher, boolean wasReady) {
      show(new LayerEvent.Deposed(begun, higher));
      above.deposed(higher, wasReady);
    }

    @Override
    public void mustLearn(InstanceId upTo, Optional<NodeId> holder) {
      above.mustLearn(upTo, holder);
    }
  }

  @Override
  public void lead(InstanceId undecided) {
    inner.lead(undecided);
    begun = inner.ballot().orElse(begun);
  }

  @Override
  public void resign() {
    inner.resign();
  }

  @Override
  public Status status() {
    return inner.status();
  }

  @Override
  public void propose(Value value) {
    world.observer().proposed(world.life(), value);
    inner.propose(value);
  }

  @Override
  public void make(Reconfigure change) {
    inner.make(change);
  }

  @Override
  public Era era() {
    return inner.era();
  }

  @Override
  public int inFlight() {
    return inner.inFlight();
  }

  @Override
  public boolean flush() {
    return inner.flush();
  }

  @Override
  public Optional<Ballot> ballot() {
    return inner.ballot();
  }

  @Override
  public void onBallotSeen(Ballot seen) {
    inner.onBallotSeen(seen);
  }

  @Override
  public void onDecided(InstanceId upTo) {
    inner.onDecided(upTo);
  }

  @Override
  public long confirm(LongConsumer then) {
    return inner.confirm(then);
  }

  @Override
  public boolean leased() {
    return inner.leased();
  }
}
