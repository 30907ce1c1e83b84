package io.synod.testkit.sim;

import io.synod.api.effect.Clock;
import io.synod.api.effect.Effects;
import io.synod.api.message.Message;
import io.synod.api.message.RegisterMessage.Lease;
import io.synod.api.model.Configuration;
import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Setting;
import io.synod.api.plugin.Settings;
import io.synod.api.reconfig.Authority;
import io.synod.api.register.LocalAcceptor;
import io.synod.api.register.RoundBasedRegister;
import io.synod.api.storage.DurableRecord;
import io.synod.register.lease.LeaseSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The register of a variant with one rule of leases broken, from outside: what its acceptor or its
 * proposer sees of the world is falsified, each class itself is the production one.
 */
record BrokenLeases(
    Plugins.Register inner, UnaryOperator<LayerContext> acceptors,
    UnaryOperator<LayerContext> proposers) implements Plugins.Register {
  private static final Duration FAR_TOO_LONG = Duration.ofSeconds(20);

  /** The variant with its register replaced. */
  private static Variant with(
      Variant variant, UnaryOperator<LayerContext> acceptors,
      UnaryOperator<LayerContext> proposers) {
    return variant.with(new BrokenLeases(variant.register(), acceptors, proposers));
  }

  /** A leader that takes the lease for longer than it asked for. */
  static Variant servedAfterExpiry(Variant variant) {
    long asked = variant.settings().nanos(LeaseSettings.DURATION);
    return with(variant, own -> own, own -> changed(
        own, own.clock(), new Sending(own.effects(), message -> message instanceof Lease lease
            ? new Lease(lease.ballot(), lease.number(), asked) : message),
        own.settings().with(LeaseSettings.DURATION, FAR_TOO_LONG)));
  }

  /** A leader that goes by the time of day. */
  static Variant byWallClock(Variant variant) {
    return with(variant, own -> own, own -> changed(
        own, new TimeOfDay(own.clock()), own.effects(), own.settings()));
  }

  /** A leader that trusts its clock to run like those of the acceptors. */
  static Variant driftIgnored(Variant variant) {
    return with(variant, own -> own, own -> changed(
        own, own.clock(), own.effects(), own.settings().with(LeaseSettings.DRIFT, 0)));
  }

  /** An acceptor that has forgotten after a restart whom it kept out, and does not wait. */
  static Variant restartedWithoutWaiting(Variant variant) {
    Map<NodeId, Integer> starts = new TreeMap<>();
    return with(variant, own -> {
      boolean again = starts.merge(own.self(), 1, Integer::sum) > 1;
      return again
          ? changed(own, new RacingClock(own.clock()), own.effects(), own.settings()) : own;
    }, own -> own);
  }

  /** An acceptor that grants and then keeps nobody out: its hour has passed before it began. */
  static Variant grantedInVain(Variant variant) {
    return with(
        variant, own -> changed(own, new RacingClock(own.clock()), own.effects(), own.settings()),
        own -> own);
  }

  private static LayerContext changed(
      LayerContext own, Clock clock, Effects effects, Settings settings) {
    return new LayerContext(
        own.self(), own.incarnation(), own.founders(), effects, clock, own.timers(), own.random(),
        own.events(), settings);
  }

  @Override
  public LocalAcceptor acceptor(LayerContext context, Authority authority) {
    return inner.acceptor(acceptors.apply(context), authority);
  }

  @Override
  public RoundBasedRegister register(
      LayerContext context, Function<Configuration, QuorumSystem> quorums) {
    return inner.register(proposers.apply(context), quorums);
  }

  @Override
  public boolean stable() {
    return inner.stable();
  }

  @Override
  public String name() {
    return inner.name();
  }

  @Override
  public String meaning() {
    return inner.meaning();
  }

  @Override
  public List<Setting<?>> settings() {
    return inner.settings();
  }

  private record TimeOfDay(Clock inner) implements Clock {
    @Override
    public long nanos() {
      return inner.wallMillis() * 1_000_000;
    }

    @Override
    public long wallMillis() {
      return inner.wallMillis();
    }
  }

  /** An hour later at every reading. */
  private static final class RacingClock implements Clock {
    private final Clock inner;
    private long ahead;

    RacingClock(Clock inner) {
      this.inner = inner;
    }

    @Override
    public long nanos() {
      ahead += Duration.ofHours(1).toNanos();
      return inner.nanos() + ahead;
    }

    @Override
    public long wallMillis() {
      return inner.wallMillis();
    }
  }

  /** Changes what is sent. */
  private record Sending(Effects inner, UnaryOperator<Message> change) implements Effects {
    @Override
    public void persist(DurableRecord record) {
      inner.persist(record);
    }

    @Override
    public void send(NodeId to, Message message) {
      inner.send(to, change.apply(message));
    }

    @Override
    public void sendNow(NodeId to, Message message) {
      inner.sendNow(to, change.apply(message));
    }

    @Override
    public void whenDurable(Runnable then) {
      inner.whenDurable(then);
    }

    @Override
    public void dropBeforeCheckpoint() {
      inner.dropBeforeCheckpoint();
    }
  }
}
