package io.synod.testkit.sim;

import io.synod.api.consensus.RoundBasedConsensus;
import io.synod.api.model.Ballot;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Value;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Shows every proposal to the oracles; otherwise the consensus underneath. */
record ObservedConsensus(RoundBasedConsensus inner, NodeWorld world)
    implements RoundBasedConsensus {
  @Override
  public void listener(Listener listener) {
    inner.listener(listener);
  }

  @Override
  public void lead(InstanceId undecided) {
    inner.lead(undecided);
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
