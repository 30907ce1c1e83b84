package com.example.synod;

import io.synod.api.plugin.Plugins;
import io.synod.testkit.contract.SnapshotStoreContract;

class PlainFilesSnapshotStoreTest extends SnapshotStoreContract {
  @Override
  protected Plugins.StoragePlugin plugin() {
    return new PlainFilesPlugin();
  }
}
