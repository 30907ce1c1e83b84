package io.synod.storage.file;

import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.testkit.contract.JournalContract;

class FileJournalTest extends JournalContract {
  @Override
  protected Plugins.StoragePlugin plugin() {
    return new FileStoragePlugin();
  }

  @Override
  protected Settings settings() {
    return Settings.DEFAULTS.with(FileStoragePlugin.SEGMENT, 8L << 10);
  }
}
