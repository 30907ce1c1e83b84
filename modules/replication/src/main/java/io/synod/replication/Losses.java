package io.synod.replication;

import io.synod.api.message.AdmissionMessage.StoreLost;
import io.synod.api.model.Configuration;
import io.synod.api.model.Incarnation;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.LayerContext;
import io.synod.api.reconfig.Authority;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeSet;

/**
 * RECOVERED (Deconstructing Paxos, figure 15): a node without stable storage tells all members,
 * again and again, that a store of its own is gone, for as long as a configuration names it. It is
 * gone if the present one is another: a configuration names only stores that there are when it is
 * made, so the present one is later. Loop thread only.
 */
final class Losses {
  private static final long PACE_NANOS = Duration.ofMillis(200).toNanos();

  private final LayerContext context;
  private final Authority authority;
  private boolean founderGone;

  Losses(LayerContext context, Authority authority) {
    this.context = context;
    this.authority = authority;
  }

  /** Looks at times whether there is something to tell. */
  void start() {
    context.timers().after(PACE_NANOS, this::start);
    for (Configuration configuration : authority.eras().configurations().values()) {
      configuration.member(context.self()).flatMap(this::lost)
          .ifPresent(lost -> tell(configuration, lost));
    }
  }

  /** The first store under this id was an earlier one. */
  void founderGone() {
    founderGone = true;
  }

  private Optional<Incarnation> lost(Member self) {
    Incarnation named = self.incarnation();
    boolean gone = named.equals(Incarnation.FOUNDING)
        ? founderGone : !named.equals(context.incarnation());
    return gone && self.role().votes() ? Optional.of(named) : Optional.empty();
  }

  private void tell(Configuration configuration, Incarnation lost) {
    TreeSet<NodeId> others = new TreeSet<>(configuration.ids());
    others.remove(context.self());
    others.forEach(id -> context.effects().sendNow(id, new StoreLost(lost)));
  }
}
