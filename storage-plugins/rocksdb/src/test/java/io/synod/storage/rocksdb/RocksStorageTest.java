package io.synod.storage.rocksdb;

import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.testkit.contract.StorageContract;

class RocksStorageTest extends StorageContract {
  @Override
  protected Plugins.StoragePlugin plugin() {
    return new RocksStoragePlugin();
  }

  @Override
  protected Settings settings() {
    return Settings.DEFAULTS.with(RocksStoragePlugin.MEMTABLE, 64L << 10);
  }
}
