package io.synod.runtime.compose;

import com.google.inject.PrivateModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Slot;
import io.synod.api.storage.Storage;
import io.synod.api.storage.StorageException;
import io.synod.runtime.config.NodeConfig;
import java.util.Optional;

/** The slot {@link Slot#STORAGE}. */
final class StorageModule extends PrivateModule {
  private Storage opened;

  @Override
  protected void configure() {
    expose(Storage.class);
  }

  @Provides
  @Singleton
  Storage storage(NodeConfig config, Rim rim) throws StorageException {
    opened = config.module(Slot.STORAGE, Plugins.StoragePlugin.class).open(
        config.data(), config.cluster(), config.node(), rim.newIncarnation(), config.settings());
    return opened;
  }

  /** What has to be closed when the rest cannot be put together. */
  Optional<Storage> opened() {
    return Optional.ofNullable(opened);
  }
}
