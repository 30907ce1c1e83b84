package com.example.synod;

import io.synod.api.plugin.Plugins;
import io.synod.testkit.contract.StorageContract;

class PlainFilesStorageTest extends StorageContract {
  @Override
  protected Plugins.StoragePlugin plugin() {
    return new PlainFilesPlugin();
  }
}
