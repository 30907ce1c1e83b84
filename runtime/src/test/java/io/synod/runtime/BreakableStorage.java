package io.synod.runtime;

import io.synod.api.model.Incarnation;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.api.storage.Journal;
import io.synod.api.storage.SnapshotStore;
import io.synod.api.storage.Storage;
import io.synod.api.storage.StorageException;
import io.synod.api.storage.StoreIdentity;
import io.synod.storage.file.FileStoragePlugin;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file storage, whose force fails once a file "break" appears beside its directory. */
public final class BreakableStorage implements Plugins.StoragePlugin {
  @Override
  public String name() {
    return "breakable";
  }

  @Override
  public String meaning() {
    return "for tests: file storage that breaks on demand";
  }

  @Override
  public boolean durable() {
    return true;
  }

  @Override
  public Storage open(
      Path directory, String cluster, NodeId self, Incarnation newIncarnation, Settings settings)
      throws StorageException {
    Path sign = directory.resolveSibling("break");
    return new Breakable(
        new FileStoragePlugin().open(directory, cluster, self, newIncarnation, settings), sign);
  }

  private record Breakable(Storage real, Path sign) implements Storage, Journal {
    @Override
    public StoreIdentity identity() {
      return real.identity();
    }

    @Override
    public boolean fresh() {
      return real.fresh();
    }

    @Override
    public boolean durable() {
      return true;
    }

    @Override
    public Journal journal() {
      return this;
    }

    @Override
    public SnapshotStore snapshots() {
      return real.snapshots();
    }

    @Override
    public void replay(Visitor visitor) throws StorageException {
      real.journal().replay(visitor);
    }

    @Override
    public long append(ByteBuffer bytes) throws StorageException {
      return real.journal().append(bytes);
    }

    @Override
    public long appendCheckpoint(ByteBuffer bytes) throws StorageException {
      return real.journal().appendCheckpoint(bytes);
    }

    @Override
    public void sync(SyncListener listener) {
      if (Files.exists(sign)) {
        listener.failed(new StorageException("force of " + sign + " failed"));
      } else {
        real.journal().sync(listener);
      }
    }

    @Override
    public void dropBefore(long position) throws StorageException {
      real.journal().dropBefore(position);
    }

    @Override
    public void close() {
      real.close();
    }
  }
}
