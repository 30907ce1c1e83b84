package io.synod.runtime.compose;

import com.google.inject.PrivateModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.TypeLiteral;
import io.synod.api.model.Configuration;
import io.synod.api.model.QuorumSystem;
import io.synod.api.plugin.Quorums;
import io.synod.api.plugin.Slot;
import io.synod.runtime.config.NodeConfig;
import java.util.function.Function;

/** The slot {@link Slot#QUORUM}: shows the maker, as every era has a quorum system of its own. */
final class QuorumModule extends PrivateModule {
  private final NodeConfig config;

  QuorumModule(NodeConfig config) {
    this.config = config;
  }

  @Override
  protected void configure() {
    expose(new TypeLiteral<Function<Configuration, QuorumSystem>>() {});
  }

  @Provides
  @Singleton
  Function<Configuration, QuorumSystem> quorums() {
    return new Quorums(config::quorum, config.settings());
  }
}
