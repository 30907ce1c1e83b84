package io.synod.testkit.sim;

import io.synod.api.election.WeakLeaderElection;
import io.synod.api.message.ElectionMessage;
import io.synod.api.model.Configuration;
import io.synod.api.model.NodeId;
import io.synod.testkit.oracle.LayerEvent;
import java.util.Optional;
import java.util.function.Consumer;

/** Shows every change of the leader to the oracles; otherwise the election underneath. */
record ObservedElection(WeakLeaderElection inner, NodeWorld world) implements WeakLeaderElection {
  @Override
  public Optional<NodeId> leader() {
    return inner.leader();
  }

  @Override
  public void onChange(Consumer<Optional<NodeId>> listener) {
    inner.onChange(leader -> {
      world.observer().layer(world.life(), new LayerEvent.LeaderChanged(leader));
      listener.accept(leader);
    });
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
