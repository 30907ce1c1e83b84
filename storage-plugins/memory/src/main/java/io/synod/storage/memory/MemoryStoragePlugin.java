package io.synod.storage.memory;

import io.synod.api.model.Incarnation;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.api.storage.Storage;
import io.synod.api.storage.StoreIdentity;
import java.nio.file.Path;

/** Storage in the heap: every opening makes a new, empty store; the directory is not touched. */
public final class MemoryStoragePlugin implements Plugins.StoragePlugin {
  /** For the service loader. */
  public MemoryStoragePlugin() {}

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public String meaning() {
    return "journal and snapshots in the heap, gone with the process";
  }

  @Override
  public boolean durable() {
    return false;
  }

  @Override
  public Storage open(
      Path directory, String cluster, NodeId self, Incarnation newIncarnation,
      Settings settings) {
    return new MemoryStorage(new StoreIdentity(cluster, self, newIncarnation));
  }
}
