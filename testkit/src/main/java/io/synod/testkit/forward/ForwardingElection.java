package io.synod.testkit.forward;

import io.synod.api.election.WeakLeaderElection;
import io.synod.api.message.ElectionMessage;
import io.synod.api.model.Configuration;
import io.synod.api.model.NodeId;
import java.util.Optional;
import java.util.function.Consumer;

/** Passes every call to an election on; to be overridden in part. */
public abstract class ForwardingElection implements WeakLeaderElection {
  protected final WeakLeaderElection inner;

  /** In front of {@code inner}. */
  protected ForwardingElection(WeakLeaderElection inner) {
    this.inner = inner;
  }

  @Override
  public Optional<NodeId> leader() {
    return inner.leader();
  }

  @Override
  public void onChange(Consumer<Optional<NodeId>> listener) {
    inner.onChange(listener);
  }

  @Override
  public void start(long epoch) {
    inner.start(epoch);
  }

  @Override
  public void eligible(boolean eligible) {
    inner.eligible(eligible);
  }

  @Override
  public void members(Configuration configuration) {
    inner.members(configuration);
  }

  @Override
  public void onMessage(NodeId from, ElectionMessage message) {
    inner.onMessage(from, message);
  }

  @Override
  public void onSignOfLife(NodeId from) {
    inner.onSignOfLife(from);
  }

  @Override
  public void prefer(NodeId successor) {
    inner.prefer(successor);
  }

  @Override
  public void onDeposed() {
    inner.onDeposed();
  }
}
