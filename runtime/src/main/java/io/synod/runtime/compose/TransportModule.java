package io.synod.runtime.compose;

import com.google.inject.PrivateModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Slot;
import io.synod.api.storage.Storage;
import io.synod.api.transport.Transport;
import io.synod.runtime.config.NodeConfig;

/** The slot {@link Slot#TRANSPORT}. */
final class TransportModule extends PrivateModule {
  @Override
  protected void configure() {
    expose(Transport.class);
  }

  @Provides
  @Singleton
  Transport transport(NodeConfig config, Rim rim, Storage storage) {
    Plugins.Local local = new Plugins.Local(
        config.cluster(), config.node(), storage.identity().incarnation(), config.listen());
    return config.module(Slot.TRANSPORT, Plugins.TransportPlugin.class)
        .node(local, rim.codecs(), config.settings(), rim.log());
  }
}
