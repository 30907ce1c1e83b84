package io.synod.runtime.compose;

import com.google.inject.PrivateModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.synod.api.broadcast.TotalOrderBroadcast;
import io.synod.api.consensus.RoundBasedConsensus;
import io.synod.api.effect.Snapshots;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Slot;
import io.synod.api.reconfig.Authority;
import io.synod.api.register.LocalAcceptor;
import io.synod.runtime.config.NodeConfig;

/** The slot {@link Slot#BROADCAST}. */
final class BroadcastModule extends PrivateModule {
  private final Plugins.Broadcast plugin;

  BroadcastModule(NodeConfig config) {
    this.plugin = config.module(Slot.BROADCAST, Plugins.Broadcast.class);
  }

  @Override
  protected void configure() {
    expose(TotalOrderBroadcast.class);
  }

  @Provides
  @Singleton
  TotalOrderBroadcast broadcast(
      LayerContext context, RoundBasedConsensus consensus, LocalAcceptor acceptor,
      Authority authority, Snapshots snapshots) {
    return plugin.create(context, consensus, acceptor, authority, snapshots);
  }
}
