package io.synod.election.fixed;

import io.synod.api.election.WeakLeaderElection;
import io.synod.api.message.ElectionMessage;
import io.synod.api.model.Configuration;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.LayerContext;
import java.util.Optional;
import java.util.function.Consumer;

/** Follows from the configuration alone; see {@link FixedPlugin}. */
final class FixedElection implements WeakLeaderElection {
  private final LayerContext context;
  private final NodeId named;
  private Configuration members;
  private Consumer<Optional<NodeId>> listener = leader -> {};
  private Optional<NodeId> leader = Optional.empty();
  private boolean eligible = true;
  private boolean started;

  FixedElection(LayerContext context, NodeId named) {
    this.context = context;
    this.named = named;
    this.members = context.founders();
  }

  @Override
  public Optional<NodeId> leader() {
    return leader;
  }

  @Override
  public void onChange(Consumer<Optional<NodeId>> newListener) {
    listener = newListener;
  }

  @Override
  public void start(long epoch) {
    started = true;
    update();
  }

  @Override
  public void eligible(boolean mayLead) {
    eligible = mayLead;
    update();
  }

  @Override
  public void members(Configuration configuration) {
    members = configuration;
    update();
  }

  private void update() {
    Optional<NodeId> first = members.mayLead(named) ? Optional.of(named)
        : members.ids().stream().filter(members::mayLead).findFirst();
    Optional<NodeId> next = first.filter(id -> eligible || !id.equals(context.self()));
    if (started && !next.equals(leader)) {
      context.events().note("leader " + next.map(NodeId::name).orElse("unknown") + ", as named");
      leader = next;
      listener.accept(next);
    }
  }

  @Override
  public void onMessage(NodeId from, ElectionMessage message) {
    // Nobody elects: a peer that does is configured otherwise.
  }

  @Override
  public void onSignOfLife(NodeId from) {
    // Nor does it matter who is alive.
  }

  @Override
  public void prefer(NodeId successor) {
    context.events().note("goes on under the leader that is named: not " + successor);
  }

  @Override
  public void onDeposed() {
    // It tries again in a higher ballot.
  }
}
