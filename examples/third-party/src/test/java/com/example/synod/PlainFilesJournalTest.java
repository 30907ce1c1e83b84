package com.example.synod;

import io.synod.api.plugin.Plugins;
import io.synod.testkit.contract.JournalContract;

class PlainFilesJournalTest extends JournalContract {
  @Override
  protected Plugins.StoragePlugin plugin() {
    return new PlainFilesPlugin();
  }
}
