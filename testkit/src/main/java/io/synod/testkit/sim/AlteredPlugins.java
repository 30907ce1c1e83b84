package io.synod.testkit.sim;

import io.synod.api.broadcast.TotalOrderBroadcast;
import io.synod.api.consensus.RoundBasedConsensus;
import io.synod.api.effect.Snapshots;
import io.synod.api.election.WeakLeaderElection;
import io.synod.api.model.Configuration;
import io.synod.api.model.ConsensusMode;
import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Plugin;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Setting;
import io.synod.api.plugin.Settings;
import io.synod.api.reconfig.Authority;
import io.synod.api.reconfig.MasterCell;
import io.synod.api.register.LocalAcceptor;
import io.synod.api.register.RoundBasedRegister;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Plugins that make what another one makes, and then put something else in its place. */
final class AlteredPlugins {
  private AlteredPlugins() {}

  /** The name and settings of the plugin underneath. */
  private interface Altered<P extends Plugin> extends Plugin {
    P inner();

    @Override
    default String name() {
      return inner().name();
    }

    @Override
    default String meaning() {
      return inner().meaning();
    }

    @Override
    default List<Setting<?>> settings() {
      return inner().settings();
    }
  }

  record Quorum(Plugins.Quorum inner, UnaryOperator<QuorumSystem> change)
      implements Altered<Plugins.Quorum>, Plugins.Quorum {
    @Override
    public QuorumSystem create(List<NodeId> acceptors, Settings settings) {
      return change.apply(inner.create(acceptors, settings));
    }

    @Override
    public QuorumSystem create(Configuration configuration, Settings settings) {
      return change.apply(inner.create(configuration, settings));
    }

    @Override
    public Settings with(Settings settings, Map<String, String> parameters) {
      return inner.with(settings, parameters);
    }
  }

  record Register(
      Plugins.Register inner,
      BiFunction<LayerContext, LocalAcceptor, LocalAcceptor> ofAcceptor,
      BiFunction<LayerContext, RoundBasedRegister, RoundBasedRegister> ofRegister)
      implements Altered<Plugins.Register>, Plugins.Register {
    @Override
    public boolean stable() {
      return inner.stable();
    }

    @Override
    public LocalAcceptor acceptor(LayerContext context, Authority authority) {
      return ofAcceptor.apply(context, inner.acceptor(context, authority));
    }

    @Override
    public RoundBasedRegister register(
        LayerContext context, Function<Configuration, QuorumSystem> quorums) {
      return ofRegister.apply(context, inner.register(context, quorums));
    }
  }

  /** The register of a proposer that sees another world. */
  record Proposing(Plugins.Register inner, UnaryOperator<LayerContext> change)
      implements Altered<Plugins.Register>, Plugins.Register {
    @Override
    public boolean stable() {
      return inner.stable();
    }

    @Override
    public LocalAcceptor acceptor(LayerContext context, Authority authority) {
      return inner.acceptor(context, authority);
    }

    @Override
    public RoundBasedRegister register(
        LayerContext context, Function<Configuration, QuorumSystem> quorums) {
      return inner.register(change.apply(context), quorums);
    }
  }

  record Consensus(Plugins.Consensus inner, UnaryOperator<RoundBasedConsensus> change)
      implements Altered<Plugins.Consensus>, Plugins.Consensus {
    @Override
    public Optional<ConsensusMode> mode() {
      return inner.mode();
    }

    @Override
    public RoundBasedConsensus create(
        LayerContext context, RoundBasedRegister register, Authority authority) {
      return change.apply(inner.create(context, register, authority));
    }
  }

  record Election(
      Plugins.Election inner,
      BiFunction<LayerContext, WeakLeaderElection, WeakLeaderElection> change)
      implements Altered<Plugins.Election>, Plugins.Election {
    @Override
    public Optional<NodeId> indispensable(Settings settings) {
      return inner.indispensable(settings);
    }

    @Override
    public WeakLeaderElection create(LayerContext context) {
      return change.apply(context, inner.create(context));
    }
  }

  record Reconfig(Plugins.Reconfig inner, UnaryOperator<Authority> change)
      implements Altered<Plugins.Reconfig>, Plugins.Reconfig {
    @Override
    public Authority create(LayerContext context) {
      return change.apply(inner.create(context));
    }

    @Override
    public Authority create(LayerContext context, MasterCell master) {
      return change.apply(inner.create(context, master));
    }
  }

  record Broadcast(Plugins.Broadcast inner, UnaryOperator<TotalOrderBroadcast> change)
      implements Altered<Plugins.Broadcast>, Plugins.Broadcast {
    @Override
    public TotalOrderBroadcast create(
        LayerContext context, RoundBasedConsensus consensus, LocalAcceptor acceptor,
        Authority authority, Snapshots snapshots) {
      return change.apply(inner.create(context, consensus, acceptor, authority, snapshots));
    }
  }
}
