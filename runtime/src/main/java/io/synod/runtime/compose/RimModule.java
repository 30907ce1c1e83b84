package io.synod.runtime.compose;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.synod.api.broadcast.TotalOrderBroadcast;
import io.synod.api.consensus.RoundBasedConsensus;
import io.synod.api.effect.Effects;
import io.synod.api.effect.Snapshots;
import io.synod.api.election.WeakLeaderElection;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Slot;
import io.synod.api.register.LocalAcceptor;
import io.synod.api.register.RoundBasedRegister;
import io.synod.api.storage.Storage;
import io.synod.api.storage.StorageException;
import io.synod.api.transport.Transport;
import io.synod.replication.Layers;
import io.synod.runtime.config.NodeConfig;

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
      LayerContext context, Wired wired, WeakLeaderElection election,
      TotalOrderBroadcast broadcast, Snapshots snapshots) {
    boolean stable = config.module(Slot.REGISTER, Plugins.Register.class).stable();
    return new Layers(
        context, stable, wired.acceptor, wired.register, wired.consensus, election, broadcast,
        rim.machine(), snapshots);
  }

  /** Three layers as one parameter. */
  record Wired(
      LocalAcceptor acceptor, RoundBasedRegister register, RoundBasedConsensus consensus) {}

  @Provides
  @Singleton
  Wired wired(
      LocalAcceptor acceptor, RoundBasedRegister register, RoundBasedConsensus consensus) {
    return new Wired(acceptor, register, consensus);
  }
}
