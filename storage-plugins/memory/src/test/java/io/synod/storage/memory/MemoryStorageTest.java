package io.synod.storage.memory;

import io.synod.api.plugin.Plugins;
import io.synod.testkit.contract.StorageContract;

class MemoryStorageTest extends StorageContract {
  @Override
  protected Plugins.StoragePlugin plugin() {
    return new MemoryStoragePlugin();
  }
}
