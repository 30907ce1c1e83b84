package io.synod.runtime.compose;

import com.google.inject.PrivateModule;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Slot;
import io.synod.runtime.config.NodeConfig;

/** The slot {@link Slot#QUORUM}: shows the maker, as every era has a quorum system of its own. */
final class QuorumModule extends PrivateModule {
  private final NodeConfig config;

  QuorumModule(NodeConfig config) {
    this.config = config;
  }

  @Override
  protected void configure() {
    bind(Plugins.Quorum.class).toInstance(config.module(Slot.QUORUM, Plugins.Quorum.class));
    expose(Plugins.Quorum.class);
  }
}
