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
  @Override
  protected void configure() {
    expose(TotalOrderBroadcast.class);
  }

  @Provides
  @Singleton
  TotalOrderBroadcast broadcast(
      NodeConfig config, LayerContext context, RoundBasedConsensus consensus,
      LocalAcceptor acceptor, Authority authority, Snapshots snapshots) {
    return config.module(Slot.BROADCAST, Plugins.Broadcast.class)
        .create(context, consensus, acceptor, authority, snapshots);
  }
}
