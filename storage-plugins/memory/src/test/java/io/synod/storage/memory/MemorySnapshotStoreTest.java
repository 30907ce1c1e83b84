package io.synod.storage.memory;

import io.synod.api.plugin.Plugins;
import io.synod.testkit.contract.SnapshotStoreContract;

class MemorySnapshotStoreTest extends SnapshotStoreContract {
  @Override
  protected Plugins.StoragePlugin plugin() {
    return new MemoryStoragePlugin();
  }
}
