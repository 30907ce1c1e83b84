package io.synod.storage.file;

import io.synod.api.model.Incarnation;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Setting;
import io.synod.api.plugin.Settings;
import io.synod.api.storage.Storage;
import io.synod.api.storage.StorageException;
import io.synod.api.storage.StoreIdentity;
import java.nio.file.Path;
import java.util.List;

/** Storage in files of a directory, forced to the disk. */
public final class FileStoragePlugin implements Plugins.StoragePlugin {
  /** The size that segments are preallocated with; may change from start to start. */
  public static final Setting<Long> SEGMENT = Setting.bytes("synod.storage.file.segment",
      16L << 20, 4L << 10, 1L << 30, "size of a journal segment, preallocated");

  /** Beyond this an append waits for the disk. */
  public static final Setting<Long> BUFFER = Setting.bytes("synod.storage.file.buffer",
      64L << 20, 1L << 20, 1L << 30,
      "bytes of the journal that may wait in memory to be written before appends block");

  /** For the service loader. */
  public FileStoragePlugin() {}

  @Override
  public String name() {
    return "file";
  }

  @Override
  public String meaning() {
    return "journal and snapshots in files, forced to the disk before anything is promised";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(SEGMENT, BUFFER);
  }

  @Override
  public boolean durable() {
    return true;
  }

  @Override
  public Storage open(
      Path directory, String cluster, NodeId self, Incarnation newIncarnation,
      Settings settings) throws StorageException {
    StoreIdentity identity = new StoreIdentity(cluster, self, newIncarnation);
    return FileStorage.open(new RealDisk(), directory, identity, settings);
  }
}
