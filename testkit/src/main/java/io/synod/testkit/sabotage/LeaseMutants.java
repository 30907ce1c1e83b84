package io.synod.testkit.sabotage;

import io.synod.api.message.RegisterMessage.Lease;
import io.synod.api.message.RegisterMessage.Leased;
import io.synod.api.message.RegisterMessage.Request;
import io.synod.api.model.Ballot;
import io.synod.api.model.Era;
import io.synod.api.model.Eras;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.LayerContext;
import io.synod.api.register.LocalAcceptor;
import io.synod.api.register.RoundBasedRegister;
import io.synod.register.lease.LeaseSettings;
import io.synod.testkit.forward.ForwardingAcceptor;
import io.synod.testkit.forward.ForwardingRegister;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The rules of read leases. */
final class LeaseMutants {
  private static final Duration LONG = Duration.ofMillis(1200);

  private LeaseMutants() {}

  static List<Sabotage> all() {
    return List.of(
        new Sabotage(
            "lease-after-expiry", "a leader answers under a lease that has expired",
            "a lease holds for its duration, counted from the request (L leases)",
            parts -> ReadMutants.clinging(parts).register(Everlasting::new)),
        new Sabotage(
            "lease-in-vain", "an acceptor grants a lease and then promises others all the same",
            "a granter answers no phase 1 of another leader (L leases)",
            parts -> ReadMutants.clinging(parts)
                .settings(s -> s.with(LeaseSettings.DURATION, LONG)).acceptor(InVain::new)));
  }

  private static final class Everlasting extends ForwardingRegister {
    private boolean once;

    Everlasting(RoundBasedRegister inner) {
      super(inner);
    }

    @Override
    public boolean leased() {
      once |= inner.leased();
      return once;
    }

    @Override
    public void stop() {
      once = false;
      inner.stop();
    }
  }

  private static LocalAcceptor.Rest nothing() {
    return new LocalAcceptor.Rest(
        0, true, Map.of(), new Eras(Era.ZERO, Era.ZERO, Map.of()), Ballot.BOTTOM,
        InstanceId.NONE);
  }

  private static final class InVain extends ForwardingAcceptor {
    private final LayerContext context;

    InVain(LayerContext context, LocalAcceptor inner) {
      super(inner);
      this.context = context;
    }

    @Override
    public void onRequest(NodeId from, Request request) {
      if (request instanceof Lease lease) {
        boolean voted = inner.checkpoint(nothing()).oneC()
            .filter(oneC -> oneC.ballot().equals(lease.ballot())).isPresent();
        if (voted && inner.promised().equals(lease.ballot())) {
          context.effects().send(
              from, new Leased(lease.ballot(), context.incarnation(), lease.number()));
        }
      } else {
        inner.onRequest(from, request);
      }
    }
  }
}
