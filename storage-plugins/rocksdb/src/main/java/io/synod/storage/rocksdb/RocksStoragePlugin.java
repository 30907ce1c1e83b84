package io.synod.storage.rocksdb;

import io.synod.api.model.Incarnation;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Setting;
import io.synod.api.plugin.Settings;
import io.synod.api.storage.Journal;
import io.synod.api.storage.Storage;
import io.synod.api.storage.StorageException;
import io.synod.api.storage.StoreIdentity;
import io.synod.storage.file.DirectoryStorage;
import io.synod.storage.file.DurableEnd;
import java.nio.file.Path;
import java.util.List;

/** Storage whose journal is a RocksDB database; snapshots are files beside it. */
public final class RocksStoragePlugin implements Plugins.StoragePlugin {
  /** When the database moves records from its log to sorted files; may change at each start. */
  public static final Setting<Long> MEMTABLE = Setting.bytes("synod.storage.rocksdb.memtable",
      16L << 20, 64L << 10, 1L << 30,
      "bytes of the journal that the database keeps in memory before it sorts them into a file");

  /** Beyond this an append waits for the disk. */
  public static final Setting<Long> BUFFER = Setting.bytes("synod.storage.rocksdb.buffer",
      64L << 20, 1L << 20, 1L << 30,
      "bytes of the journal that may wait to be handed to the database before appends block");

  private static final String NAME = "rocksdb";

  /** For the service loader. */
  public RocksStoragePlugin() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String meaning() {
    return "journal in a RocksDB database, its log synced before anything is promised";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(MEMTABLE, BUFFER);
  }

  @Override
  public boolean durable() {
    return true;
  }

  @Override
  public Storage open(
      Path directory, String cluster, NodeId self, Incarnation newIncarnation,
      Settings settings) throws StorageException {
    StoreIdentity wanted = new StoreIdentity(cluster, self, newIncarnation);
    return DirectoryStorage.open(directory, wanted, new DirectoryStorage.JournalKind() {
      @Override
      public String name() {
        return NAME;
      }

      @Override
      public Journal open(Path real, StoreIdentity identity, DurableEnd end)
          throws StorageException {
        Database database = Database.open(
            real.resolve("db"), identity, end.durable(), settings.get(MEMTABLE));
        return new RocksJournal(real, identity, database, end, settings.get(BUFFER));
      }
    });
  }
}
