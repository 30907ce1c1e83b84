package io.synod.runtime.compose;

import com.google.inject.PrivateModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Slot;
import io.synod.api.register.LocalAcceptor;
import io.synod.api.register.RoundBasedRegister;
import io.synod.runtime.config.NodeConfig;

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
  LocalAcceptor acceptor(LayerContext context) {
    return plugin.acceptor(context);
  }

  @Provides
  @Singleton
  RoundBasedRegister register(LayerContext context, Plugins.Quorum quorums) {
    return plugin.register(context, quorums);
  }
}
