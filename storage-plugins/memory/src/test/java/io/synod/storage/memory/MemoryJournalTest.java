package io.synod.storage.memory;

import io.synod.api.plugin.Plugins;
import io.synod.testkit.contract.JournalContract;

class MemoryJournalTest extends JournalContract {
  @Override
  protected Plugins.StoragePlugin plugin() {
    return new MemoryStoragePlugin();
  }
}
