package io.synod.storage.rocksdb;

import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.testkit.contract.JournalContract;

class RocksJournalTest extends JournalContract {
  @Override
  protected Plugins.StoragePlugin plugin() {
    return new RocksStoragePlugin();
  }

  @Override
  protected Settings settings() {
    return Settings.DEFAULTS.with(RocksStoragePlugin.MEMTABLE, 64L << 10);
  }
}
