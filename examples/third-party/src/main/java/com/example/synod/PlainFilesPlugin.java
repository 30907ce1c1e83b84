package com.example.synod;

import io.synod.api.model.Incarnation;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.api.storage.Storage;
import io.synod.api.storage.StorageException;
import io.synod.api.storage.StoreIdentity;
import java.nio.file.Path;

/** The storage {@code plain-files}: a file for each checkpoint's records and each snapshot. */
public final class PlainFilesPlugin implements Plugins.StoragePlugin {
  /** For the service loader. */
  public PlainFilesPlugin() {}

  @Override
  public String name() {
    return "plain-files";
  }

  @Override
  public String meaning() {
    return "journal and snapshots in plain files, as short as a storage can be";
  }

  @Override
  public boolean durable() {
    return true;
  }

  @Override
  public Storage open(
      Path directory, String cluster, NodeId self, Incarnation newIncarnation,
      Settings settings) throws StorageException {
    return PlainStorage.open(directory, new StoreIdentity(cluster, self, newIncarnation));
  }
}
