package io.synod.runtime.compose;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Module;
import com.google.inject.ProvisionException;
import com.google.inject.Stage;
import io.synod.api.storage.Storage;
import io.synod.api.storage.StorageException;
import io.synod.runtime.config.NodeConfig;
import java.util.List;

/** Puts a node together from the chosen plugins: one injector for each. */
public final class Composition {
  private Composition() {}

  /**
   * Opens the store and makes the layers; starts nothing. May block. When it throws, the store is
   * closed again.
   */
  public static Parts compose(NodeConfig config, Rim rim) throws StorageException {
    StorageModule storage = new StorageModule();
    try {
      return Guice.createInjector(Stage.DEVELOPMENT, modules(config, rim, storage))
          .getInstance(Parts.class);
    } catch (ProvisionException | CreationException e) {
      storage.opened().ifPresent(Storage::close);
      throw unwrapped(e);
    }
  }

  static List<Module> modules(NodeConfig config, Rim rim, StorageModule storage) {
    return List.of(
        new StrictModule(), new RimModule(config, rim), storage, new TransportModule(),
        new QuorumModule(config), new ReconfigModule(), new RegisterModule(config),
        new ConsensusModule(), new ElectionModule(), new BroadcastModule(config));
  }

  /** Guice wraps what a factory threw; its own words help nobody who runs a node. */
  private static RuntimeException unwrapped(RuntimeException wrapper) throws StorageException {
    if (wrapper.getCause() instanceof StorageException storage) {
      throw storage;
    }
    if (wrapper.getCause() instanceof RuntimeException cause) {
      return cause;
    }
    return wrapper;
  }
}
