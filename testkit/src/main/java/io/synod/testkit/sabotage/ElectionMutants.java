package io.synod.testkit.sabotage;

import io.synod.api.election.WeakLeaderElection;
import io.synod.api.message.ElectionMessage.LeaseAsked;
import io.synod.api.message.ElectionMessage.LeaseGranted;
import io.synod.api.message.ElectionMessage;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.LayerContext;
import io.synod.election.lease.LeaseElectionPlugin;
import io.synod.election.omega.OmegaPlugin;
import io.synod.testkit.forward.ForwardingElection;
import io.synod.testkit.sim.NodeParts;
import java.util.List;

/** Rules of leadership by lease. */
final class ElectionMutants {
  private static final String LEASED = "fall+lease";

  private ElectionMutants() {}

  static List<Sabotage> all() {
    return List.of(
        new Sabotage(
            "leader-lease-at-once", "a member that has started grants leadership at once",
            "a recovered member waits out the longest lease (L leases)",
            parts -> contended(parts).election(AtOnce::new)).in(LEASED),
        new Sabotage(
            "leader-lease-to-two", "a member grants leadership to all that ask",
            "a lease is granted to one at a time (L leases)",
            parts -> contended(parts).election(ToAll::new)).in(LEASED));
  }

  /** Which is nothing wrong by itself: whoever trusts itself asks for the lease. */
  private static NodeParts contended(NodeParts parts) {
    return parts.settings(s -> s.with(OmegaPlugin.CONFIRM, "self"));
  }

  /** Grants beside the election, which would not. */
  private static class ToAll extends ForwardingElection {
    protected final LayerContext context;

    ToAll(LayerContext context, WeakLeaderElection inner) {
      super(inner);
      this.context = context;
    }

    protected boolean grants(NodeId from, LeaseAsked asked) {
      return true;
    }

    @Override
    public void onMessage(NodeId from, ElectionMessage message) {
      if (message instanceof LeaseAsked asked && grants(from, asked)) {
        context.effects().sendNow(from, new LeaseGranted(asked.number()));
      }
      inner.onMessage(from, message);
    }
  }

  /** In this life to one at a time; whatever a former life has granted. */
  private static final class AtOnce extends ToAll {
    private final long began;
    private NodeId holder;
    private long until;

    AtOnce(LayerContext context, WeakLeaderElection inner) {
      super(context, inner);
      this.began = context.clock().nanos();
    }

    @Override
    protected boolean grants(NodeId from, LeaseAsked asked) {
      long now = context.clock().nanos();
      boolean early =
          now - began < context.settings().nanos(LeaseElectionPlugin.LEASE);
      boolean free = holder == null || holder.equals(from) || now - until >= 0;
      if (early && free) {
        holder = from;
        until = now + asked.nanos();
      }
      return early && free;
    }
  }
}
