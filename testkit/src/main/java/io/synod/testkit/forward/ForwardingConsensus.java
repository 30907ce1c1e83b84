package io.synod.testkit.forward;

import io.synod.api.consensus.RoundBasedConsensus;
import io.synod.api.model.Ballot;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Reconfigure;
import io.synod.api.model.Value;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Passes every call to consensus on; to be overridden in part. */
public abstract class ForwardingConsensus implements RoundBasedConsensus {
  protected final RoundBasedConsensus inner;

  /** In front of {@code inner}. */
  protected ForwardingConsensus(RoundBasedConsensus inner) {
    this.inner = inner;
  }

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
    inner.propose(value);
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
  public void make(Reconfigure change) {
    inner.make(change);
  }

  @Override
  public Era era() {
    return inner.era();
  }

  @Override
  public boolean leased() {
    return inner.leased();
  }
}
