package io.synod.runtime.compose;

import com.google.inject.PrivateModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.synod.api.election.WeakLeaderElection;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Slot;
import io.synod.runtime.config.NodeConfig;

/** The slot {@link Slot#ELECTION}. */
final class ElectionModule extends PrivateModule {
  @Override
  protected void configure() {
    expose(WeakLeaderElection.class);
  }

  @Provides
  @Singleton
  WeakLeaderElection election(NodeConfig config, LayerContext context) {
    return config.module(Slot.ELECTION, Plugins.Election.class).create(context);
  }
}
