package io.synod.storage.file;

import io.synod.api.model.InstanceId;
import io.synod.api.storage.SnapshotInfo;
import io.synod.api.storage.SnapshotStore;
import io.synod.api.storage.StorageException;
import io.synod.api.storage.StoreIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Snapshots as files; the newest is the one of the highest instance. */
final class FileSnapshotStore implements SnapshotStore {
  private final Disk disk;
  private final StoreFiles files;
  private final StoreIdentity identity;
  /** The one that parts were read of last; the others of a transfer will be wanted next. */
  private SnapshotReader partly;

  FileSnapshotStore(Disk disk, StoreFiles files, StoreIdentity identity) {
    this.disk = disk;
    this.files = files;
    this.identity = identity;
  }

  @Override
  public Optional<SnapshotInfo> newest() throws StorageException {
    Map.Entry<Long, Path> newest = files.snapshots().lastEntry();
    if (newest == null) {
      return Optional.empty();
    }
    try (SnapshotReader reader = open(newest)) {
      return Optional.of(new SnapshotInfo(InstanceId.of(newest.getKey()), reader.length()));
    }
  }

  @Override
  public Sink create(InstanceId last) throws StorageException {
    return new SnapshotSink(disk, files, identity, last);
  }

  @Override
  public InputStream openNewest() throws StorageException {
    Map.Entry<Long, Path> newest = files.snapshots().lastEntry();
    if (newest == null) {
      throw new StorageException("there is no snapshot in " + files.directory());
    }
    SnapshotReader reader = open(newest);
    try {
      reader.verify();
      return reader.stream();
    } catch (StorageException e) {
      reader.close();
      throw e;
    }
  }

  @Override
  public int read(InstanceId last, long offset, ByteBuffer into) throws StorageException {
    if (partly == null || partly.last() != last.number()) {
      closePartly();
      Path path = files.snapshots().get(last.number());
      if (path == null) {
        return -1;
      }
      partly = open(Map.entry(last.number(), path));
    }
    return partly.read(offset, into);
  }

  private SnapshotReader open(Map.Entry<Long, Path> snapshot) throws StorageException {
    return SnapshotReader.open(disk, snapshot.getValue(), identity, snapshot.getKey());
  }

  @Override
  public void deleteOlderThan(InstanceId last) throws StorageException {
    TreeMap<Long, Path> snapshots = files.snapshots();
    snapshots.pollLastEntry();
    for (Map.Entry<Long, Path> older : snapshots.headMap(last.number()).entrySet()) {
      if (partly != null && partly.last() == older.getKey()) {
        closePartly();
      }
      try {
        disk.delete(older.getValue());
      } catch (IOException e) {
        throw Damage.unwritable(older.getValue(), e);
      }
    }
  }

  private void closePartly() {
    if (partly != null) {
      partly.close();
      partly = null;
    }
  }

  @Override
  public void close() {
    closePartly();
  }
}
