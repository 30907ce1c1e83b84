package io.synod.testkit.forward;

import io.synod.api.consensus.RoundBasedConsensus.Listener;
import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.Value;
import java.util.Optional;

/** Passes on what a proposer tells the layer above; to be overridden in part. */
public abstract class ForwardingProposals implements Listener {
  protected final Listener inner;

  /** In front of {@code inner}. */
  protected ForwardingProposals(Listener inner) {
    this.inner = inner;
  }

  @Override
  public void decided(Ballot ballot, InstanceId instance, Value value) {
    inner.decided(ballot, instance, value);
  }

  @Override
  public void ready(Ballot ballot) {
    inner.ready(ballot);
  }

  @Override
  public void settled(Ballot ballot) {
    inner.settled(ballot);
  }

  @Override
  public void deposed(Ballot higher, boolean wasReady) {
    inner.deposed(higher, wasReady);
  }

  @Override
  public void mustLearn(InstanceId upTo, Optional<NodeId> holder) {
    inner.mustLearn(upTo, holder);
  }

  @Override
  public void handedOver(Ballot ballot, Era era) {
    inner.handedOver(ballot, era);
  }

  @Override
  public void asks(Configuration configuration) {
    inner.asks(configuration);
  }

  @Override
  public void activated(Era era, Configuration configuration) {
    inner.activated(era, configuration);
  }
}
