package io.synod.runtime.compose;

import com.google.inject.PrivateModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.synod.api.consensus.RoundBasedConsensus;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Slot;
import io.synod.api.reconfig.Authority;
import io.synod.api.register.RoundBasedRegister;
import io.synod.runtime.config.NodeConfig;

/** The slot {@link Slot#CONSENSUS}. */
final class ConsensusModule extends PrivateModule {
  @Override
  protected void configure() {
    expose(RoundBasedConsensus.class);
  }

  @Provides
  @Singleton
  RoundBasedConsensus consensus(
      NodeConfig config, LayerContext context, RoundBasedRegister register, Authority authority) {
    return config.module(Slot.CONSENSUS, Plugins.Consensus.class)
        .create(context, register, authority);
  }
}
