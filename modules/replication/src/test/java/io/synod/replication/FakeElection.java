package io.synod.replication;

import io.synod.api.election.WeakLeaderElection;
import io.synod.api.message.ElectionMessage;
import io.synod.api.model.Configuration;
import io.synod.api.model.NodeId;
import java.util.Optional;
import java.util.function.Consumer;

/** Says that n2 leads. */
final class FakeElection implements WeakLeaderElection {
  @Override
  public Optional<NodeId> leader() {
    return Optional.of(Kit.N2);
  }

  private static AssertionError notHere() {
    return new AssertionError("not asked about a change of members");
  }

  @Override
  public void onChange(Consumer<Optional<NodeId>> listener) {
    throw notHere();
  }

  @Override
  public void start(long epoch) {
    throw notHere();
  }

  @Override
  public void eligible(boolean eligible) {
    throw notHere();
  }

  @Override
  public void members(Configuration configuration) {
    throw notHere();
  }

  @Override
  public void onMessage(NodeId from, ElectionMessage message) {
    throw notHere();
  }

  @Override
  public void onSignOfLife(NodeId from) {
    throw notHere();
  }

  private Optional<NodeId> preferred = Optional.empty();

  /** Whom somebody wanted to lead last. */
  Optional<NodeId> preferred() {
    return preferred;
  }

  @Override
  public void prefer(NodeId successor) {
    preferred = Optional.of(successor);
  }

  @Override
  public void onDeposed() {
    throw notHere();
  }
}
