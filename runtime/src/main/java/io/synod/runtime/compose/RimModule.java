package io.synod.runtime.compose;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.synod.api.broadcast.TotalOrderBroadcast;
import io.synod.api.consensus.RoundBasedConsensus;
import io.synod.api.effect.Effects;
import io.synod.api.effect.Snapshots;
import io.synod.api.election.WeakLeaderElection;
import io.synod.api.model.Configuration;
import io.synod.api.model.QuorumSystem;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Slot;
import io.synod.api.reconfig.Authority;
import io.synod.api.register.LocalAcceptor;
import io.synod.api.register.RoundBasedRegister;
import io.synod.api.storage.Storage;
import io.synod.api.storage.StorageException;
import io.synod.api.transport.Transport;
import io.synod.replication.Layers;
import io.synod.runtime.config.NodeConfig;
import java.util.function.Function;

/** What is there once for a node, whichever options are chosen. */
final class RimModule extends AbstractModule {
  private final NodeConfig config;
  private final Rim rim;

  RimModule(NodeConfig config, Rim rim) {
    this.config = config;
    this.rim = rim;
  }

  @Override
  protected void configure() {
    bind(NodeConfig.class).toInstance(config);
    bind(Rim.class).toInstance(rim);
  }

  @Provides
  @Singleton
  Effects effects(Storage storage, Transport transport) {
    return rim.effects(storage, transport);
  }

  @Provides
  @Singleton
  Snapshots snapshots(Storage storage) throws StorageException {
    return rim.snapshots(storage);
  }

  @Provides
  @Singleton
  LayerContext context(Storage storage, Effects effects) {
    return new LayerContext(
        config.node(), storage.identity().incarnation(), config.founders(), effects, rim.clock(),
        rim.timers(), rim.random(), rim.events(), config.settings());
  }

  @Provides
  @Singleton
  Parts parts(Storage storage, Transport transport, Layers layers) {
    return new Parts(storage, transport, layers);
  }

  @Provides
  @Singleton
  Layers layers(
      LayerContext context, Lower lower, WeakLeaderElection election,
      TotalOrderBroadcast broadcast, Snapshots snapshots) {
    boolean stable = config.module(Slot.REGISTER, Plugins.Register.class).stable();
    return new Layers(
        context, stable, lower.durable, lower.quorums, lower.authority, lower.acceptor,
        lower.register, lower.consensus, election, broadcast, rim.machine(), snapshots);
  }

  /** The layers up to consensus. */
  record Lower(
      boolean durable, Function<Configuration, QuorumSystem> quorums, Authority authority,
      LocalAcceptor acceptor, RoundBasedRegister register, RoundBasedConsensus consensus) {}

  @Provides
  @Singleton
  Ground ground(
      Storage storage, Function<Configuration, QuorumSystem> quorums, Authority authority) {
    return new Ground(storage.durable(), quorums, authority);
  }

  /** What the layers stand on. */
  record Ground(
      boolean durable, Function<Configuration, QuorumSystem> quorums, Authority authority) {}

  @Provides
  @Singleton
  Lower lower(
      Ground ground, LocalAcceptor acceptor, RoundBasedRegister register,
      RoundBasedConsensus consensus) {
    return new Lower(
        ground.durable, ground.quorums, ground.authority, acceptor, register, consensus);
  }
}
