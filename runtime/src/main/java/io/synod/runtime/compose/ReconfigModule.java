package io.synod.runtime.compose;

import com.google.inject.PrivateModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Slot;
import io.synod.api.reconfig.Authority;
import io.synod.runtime.config.NodeConfig;

/** The slot {@link Slot#RECONFIG}. */
final class ReconfigModule extends PrivateModule {
  @Override
  protected void configure() {
    expose(Authority.class);
  }

  @Provides
  @Singleton
  Authority authority(NodeConfig config, LayerContext context, Rim rim) {
    return config.module(Slot.RECONFIG, Plugins.Reconfig.class)
        .create(context, rim.master(config));
  }
}
