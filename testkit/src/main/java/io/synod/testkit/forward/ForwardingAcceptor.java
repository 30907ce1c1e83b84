package io.synod.testkit.forward;

import io.synod.api.message.RegisterMessage.Request;
import io.synod.api.model.Ballot;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.model.Value;
import io.synod.api.register.LocalAcceptor;
import io.synod.api.storage.DurableRecord;
import java.util.Optional;

/** Passes every call to an acceptor on; to be overridden in part. */
public abstract class ForwardingAcceptor implements LocalAcceptor {
  protected final LocalAcceptor inner;

  /** In front of {@code inner}. */
  protected ForwardingAcceptor(LocalAcceptor inner) {
    this.inner = inner;
  }

  @Override
  public void recover(DurableRecord record) {
    inner.recover(record);
  }

  @Override
  public void founding(boolean first) {
    inner.founding(first);
  }

  @Override
  public boolean named() {
    return inner.named();
  }

  @Override
  public void onNamed(Runnable listener) {
    inner.onNamed(listener);
  }

  @Override
  public void onRequest(NodeId from, Request request) {
    inner.onRequest(from, request);
  }

  @Override
  public Ballot promised() {
    return inner.promised();
  }

  @Override
  public Optional<OneC> stored() {
    return inner.stored();
  }

  @Override
  public Value voteIn(Ballot ballot, InstanceId instance) {
    return inner.voteIn(ballot, instance);
  }

  @Override
  public Value vote(InstanceId instance) {
    return inner.vote(instance);
  }

  @Override
  public void held(InstanceId upTo) {
    inner.held(upTo);
  }

  @Override
  public void onDecisions(DecisionListener listener) {
    inner.onDecisions(listener);
  }

  @Override
  public DurableRecord.Checkpoint checkpoint(Rest rest) {
    return inner.checkpoint(rest);
  }
}
