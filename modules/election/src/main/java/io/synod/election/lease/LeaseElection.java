package io.synod.election.lease;

import io.synod.api.election.WeakLeaderElection;
import io.synod.api.message.ElectionMessage;
import io.synod.api.message.ElectionMessage.LeaseAsked;
import io.synod.api.message.ElectionMessage.LeaseGranted;
import io.synod.api.message.ElectionMessage.LeaseReleased;
import io.synod.api.model.Configuration;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.LayerContext;
import io.synod.election.omega.OmegaPlugin;
import io.synod.link.Drift;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Asks for the lease while Ω names this node; see the package for why one at most holds it. */
final class LeaseElection implements WeakLeaderElection {
  private final LayerContext context;
  private final WeakLeaderElection candidates;
  private final NodeId self;
  private final long leaseNanos;
  private final Grant grant;
  private final Tenure tenure;
  private Consumer<Optional<NodeId>> listener = leader -> {};
  private Optional<NodeId> leader = Optional.empty();
  private Configuration members;
  private Set<NodeId> voters;
  private boolean started;
  private boolean eligible = true;
  /** Who said last that it holds the lease, and until when that is believed. */
  private NodeId claimant;
  private long claimedUntil;

  LeaseElection(LayerContext context, WeakLeaderElection candidates) {
    this.context = context;
    this.candidates = candidates;
    this.self = context.self();
    this.leaseNanos = context.settings().nanos(LeaseElectionPlugin.LEASE);
    this.grant = new Grant(context.clock(), leaseNanos);
    this.tenure = new Tenure(
        context.clock(), Drift.usable(leaseNanos, context.settings()),
        context.random().nextLong() >>> 2);
    this.members = context.founders();
    this.voters = voters(members);
    candidates.onChange(named -> look());
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
    grant.waitLongest();
    candidates.start(epoch);
    tick();
  }

  private void tick() {
    look();
    if (wanted()) {
      ask();
      look();
    }
    context.timers().after(context.settings().nanos(OmegaPlugin.HEARTBEAT), this::tick);
  }

  @Override
  public void eligible(boolean mayLead) {
    eligible = mayLead;
    candidates.eligible(mayLead);
    look();
  }

  /** Those who had no vote may follow on a majority that had: they wait as if they started. */
  @Override
  public void members(Configuration configuration) {
    boolean votedBefore = voters.contains(self);
    members = configuration;
    voters = voters(configuration);
    if (started && !votedBefore && voters.contains(self)) {
      grant.waitLongest();
    }
    candidates.members(configuration);
    look();
  }

  /** The acceptors that are processes; where there are none, those that may lead. */
  private static Set<NodeId> voters(Configuration configuration) {
    Set<NodeId> voters = new TreeSet<>(configuration.acceptors());
    configuration.passive().forEach(member -> voters.remove(member.id()));
    if (voters.isEmpty()) {
      voters.addAll(configuration.ids());
      voters.removeIf(id -> !configuration.mayLead(id));
    }
    return voters;
  }

  private boolean wanted() {
    return started && eligible && voters.contains(self)
        && candidates.leader().equals(Optional.of(self));
  }

  /** Whoever asks in vain for long lets another candidate have its turn. */
  private void ask() {
    if (tenure.inVainFor(2 * leaseNanos)) {
      release();
      candidates.onDeposed();
      return;
    }
    LeaseAsked asked = new LeaseAsked(tenure.ask(), leaseNanos, isLeader());
    toOthers(asked);
    if (grant.grant(self, asked)) {
      tenure.granted(self, asked.number());
    }
  }

  private boolean isLeader() {
    return leader.equals(Optional.of(self));
  }

  private void release() {
    LeaseReleased released = new LeaseReleased(tenure.end());
    grant.release(self, released);
    toOthers(released);
  }

  private void toOthers(ElectionMessage message) {
    for (NodeId id : members.learners()) {
      if (!id.equals(self)) {
        context.effects().sendNow(id, message);
      }
    }
  }

  /** Who leads at this very moment: the clock is read by this call. */
  private void look() {
    boolean holds = wanted() && tenure.holds(voters);
    if (tenure.open() && !wanted()) {
      release();
    }
    boolean believed = claimant != null && context.clock().nanos() - claimedUntil < 0;
    Optional<NodeId> next = holds ? Optional.of(self)
        : believed ? Optional.of(claimant) : Optional.empty();
    if (next.equals(leader)) {
      return;
    }
    context.events().note("leader " + text(next) + ", was " + text(leader));
    leader = next;
    claimant = holds ? null : claimant;
    listener.accept(next);
    if (isLeader()) {
      ask(); // the others hear at once that it is held
    }
  }

  private static String text(Optional<NodeId> id) {
    return id.map(NodeId::name).orElse("unknown");
  }

  @Override
  public void onMessage(NodeId from, ElectionMessage message) {
    look();
    if (message instanceof LeaseAsked asked) {
      onAsked(from, asked);
    } else if (message instanceof LeaseGranted granted) {
      tenure.granted(from, granted.number());
    } else if (message instanceof LeaseReleased released) {
      grant.release(from, released);
      disbelieve(from);
    } else {
      candidates.onMessage(from, message);
    }
    look();
  }

  private void onAsked(NodeId from, LeaseAsked asked) {
    if (started && voters.contains(self) && voters.contains(from) && grant.grant(from, asked)) {
      context.effects().sendNow(from, new LeaseGranted(asked.number()));
    }
    if (asked.held()) {
      claimant = from;
      claimedUntil = context.clock().nanos() + leaseNanos;
    } else {
      disbelieve(from);
    }
  }

  private void disbelieve(NodeId from) {
    claimant = from.equals(claimant) ? null : claimant;
  }

  /** Comes before any message of a peer is acted on: a lease that has ended is over by then. */
  @Override
  public void onSignOfLife(NodeId from) {
    candidates.onSignOfLife(from);
    look();
  }

  @Override
  public void prefer(NodeId successor) {
    candidates.prefer(successor);
    look();
  }

  @Override
  public void onDeposed() {
    candidates.onDeposed();
    look();
  }
}
