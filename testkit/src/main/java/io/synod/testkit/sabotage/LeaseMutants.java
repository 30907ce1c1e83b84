package io.synod.testkit.sabotage;

import io.synod.api.effect.Clock;
import io.synod.api.message.RegisterMessage.Lease;
import io.synod.api.message.RegisterMessage.Leased;
import io.synod.api.message.RegisterMessage.Reply;
import io.synod.api.message.RegisterMessage.Request;
import io.synod.api.model.Ballot;
import io.synod.api.model.Era;
import io.synod.api.model.Eras;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.plugin.LayerContext;
import io.synod.api.register.LocalAcceptor;
import io.synod.api.register.RoundBasedRegister;
import io.synod.register.lease.LeaseSettings;
import io.synod.testkit.forward.ForwardingAcceptor;
import io.synod.testkit.forward.ForwardingRegister;
import io.synod.testkit.sim.NodeParts;
import java.util.List;
import java.util.Map;

/** The rules of read leases. */
final class LeaseMutants {
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
            parts -> ReadMutants.clinging(parts).acceptor(InVain::new)),
        new Sabotage(
            "lease-from-receipt", "a leader counts a lease from when it hears of the grants",
            "a lease is counted from the sending of the request (L leases)",
            parts -> ReadMutants.clinging(parts).register(inner -> new FromReceipt(parts, inner))),
        new Sabotage(
            "lease-ignores-drift", "a leader trusts its clock to run like those of the acceptors",
            "the drift of both clocks is taken off the lease (L leases)",
            parts -> ReadMutants.clinging(parts).settings(s -> s.with(LeaseSettings.DRIFT, 0))),
        new Sabotage(
            "lease-by-wall-clock", "a leader counts a lease by the time of day",
            "leases go by clocks that nobody sets (L leases)",
            parts -> ReadMutants.clinging(parts).registerContext(LeaseMutants::byTimeOfDay)));
  }

  private static LayerContext byTimeOfDay(LayerContext c) {
    Clock timeOfDay = new Clock() {
      @Override
      public long nanos() {
        return c.clock().wallMillis() * 1_000_000;
      }

      @Override
      public long wallMillis() {
        return c.clock().wallMillis();
      }
    };
    return new LayerContext(
        c.self(), c.incarnation(), c.founders(), c.effects(), timeOfDay, c.timers(), c.random(),
        c.events(), c.settings());
  }

  private static final class FromReceipt extends ForwardingRegister {
    private final NodeParts parts;
    private final Clock clock;
    private OneC under;
    private long[] until = {};
    private long[] newest = {};

    FromReceipt(NodeParts parts, RoundBasedRegister inner) {
      super(inner);
      this.parts = parts;
      this.clock = parts.context().clock();
    }

    @Override
    public void adopt(OneC oneC, boolean opens, WriteListener listener) {
      if (under == null || !under.era().equals(oneC.era()) || !sameLeader(oneC.ballot())) {
        until = new long[oneC.configuration().acceptors().size()];
        newest = new long[until.length];
      }
      under = oneC;
      inner.adopt(oneC, opens, listener);
    }

    private boolean sameLeader(Ballot ballot) {
      return under.ballot().n() == ballot.n()
          && under.ballot().proposer().equals(ballot.proposer());
    }

    @Override
    public void onReply(NodeId from, Reply reply) {
      int index = under == null ? -1 : under.configuration().acceptors().indexOf(from);
      if (index >= 0 && reply instanceof Leased leased && sameLeader(leased.ballot())
          && leased.number() > newest[index]) {
        newest[index] = leased.number();
        until[index] = clock.nanos() + LeaseSettings.usableNanos(parts.context().settings());
      }
      inner.onReply(from, reply);
    }

    @Override
    public boolean leased() {
      boolean rightly = inner.leased();
      return rightly || under != null && clock.nanos()
          < parts.quorums(under.configuration()).reachedByWriteQuorum(until);
    }

    @Override
    public void stop() {
      under = null;
      inner.stop();
    }
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
