package io.synod.runtime.compose;

import com.google.inject.PrivateModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.synod.api.model.Configuration;
import io.synod.api.model.QuorumSystem;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Slot;
import io.synod.api.reconfig.Authority;
import io.synod.api.register.LocalAcceptor;
import io.synod.api.register.RoundBasedRegister;
import io.synod.runtime.config.NodeConfig;
import java.util.function.Function;

/** The slot {@link Slot#REGISTER}. */
final class RegisterModule extends PrivateModule {
  private final Plugins.Register plugin;

  RegisterModule(NodeConfig config) {
    this.plugin = config.module(Slot.REGISTER, Plugins.Register.class);
  }

  @Override
  protected void configure() {
    expose(LocalAcceptor.class);
    expose(RoundBasedRegister.class);
  }

  @Provides
  @Singleton
  LocalAcceptor acceptor(LayerContext context, Authority authority) {
    return plugin.acceptor(context, authority);
  }

  @Provides
  @Singleton
  RoundBasedRegister register(
      LayerContext context, Function<Configuration, QuorumSystem> quorums) {
    return plugin.register(context, quorums);
  }
}
