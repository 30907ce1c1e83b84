package io.synod.storage.file;

import io.synod.api.plugin.Settings;
import io.synod.api.storage.Journal;
import io.synod.api.storage.SnapshotStore;
import io.synod.api.storage.Storage;
import io.synod.api.storage.StorageException;
import io.synod.api.storage.StoreIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A locked directory with its journal and snapshots. */
final class FileStorage implements Storage {
  private final StoreIdentity identity;
  private final boolean fresh;
  private final DirectoryLock lock;
  private final FileJournal journal;
  private final FileSnapshotStore snapshots;

  private FileStorage(
      StoreIdentity identity, boolean fresh, DirectoryLock lock, FileJournal journal,
      FileSnapshotStore snapshots) {
    this.identity = identity;
    this.fresh = fresh;
    this.lock = lock;
    this.journal = journal;
    this.snapshots = snapshots;
  }

  /** Opens or creates; {@code wanted} holds the incarnation for a new store. */
  static FileStorage open(Disk disk, Path directory, StoreIdentity wanted, Settings settings)
      throws StorageException {
    refuseLongName(wanted.cluster());
    StoreFiles files = new StoreFiles(created(directory));
    refuseForeign(files);
    DirectoryLock lock = DirectoryLock.take(files.directory());
    try {
      boolean fresh = !Files.exists(files.identity());
      StoreIdentity identity = fresh ? create(disk, files, wanted) : existing(files, wanted);
      files.deleteLeftovers(disk);
      FileJournal journal = new FileJournal(disk, files, identity,
          settings.get(FileStoragePlugin.SEGMENT), settings.get(FileStoragePlugin.BUFFER));
      return new FileStorage(
          identity, fresh, lock, journal, new FileSnapshotStore(disk, files, identity));
    } catch (StorageException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static void refuseLongName(String cluster) throws StorageException {
    if (cluster.getBytes(StandardCharsets.UTF_8).length > FileHeader.LONGEST_NAME) {
      throw new StorageException("the cluster's name is longer than " + FileHeader.LONGEST_NAME
          + " bytes, which does not fit into the headers of files: choose a shorter one");
    }
  }

  private static Path created(Path directory) throws StorageException {
    try {
      return Files.createDirectories(directory).toRealPath();
    } catch (IOException e) {
      throw new StorageException("directory " + directory + " cannot be created (" + e
          + "): give the node a directory that it may write to", e);
    }
  }

  private static void refuseForeign(StoreFiles files) throws StorageException {
    if (!Files.exists(files.identity()) && !files.unused()) {
      throw new StorageException("directory " + files.directory() + " is not empty and holds no"
          + " store (there is no file 'identity'): give the node an empty directory, or put the"
          + " store's files back");
    }
  }

  private static StoreIdentity create(Disk disk, StoreFiles files, StoreIdentity identity)
      throws StorageException {
    try {
      DurableEnd.create(disk, files, identity);
      IdentityFile.write(disk, files, identity);
      Path parent = files.directory().getParent();
      if (parent != null) {
        disk.forceDirectory(parent);
      }
      return identity;
    } catch (IOException e) {
      throw new StorageException("directory " + files.directory() + " cannot take a new store ("
          + e + "): give the node a directory that it may write to, with free space", e);
    }
  }

  private static StoreIdentity existing(StoreFiles files, StoreIdentity wanted)
      throws StorageException {
    StoreIdentity found = IdentityFile.read(files.identity());
    if (!found.cluster().equals(wanted.cluster()) || !found.node().equals(wanted.node())) {
      throw new StorageException("directory " + files.directory() + " belongs to "
          + FileHeader.describe(found) + ", not to node " + wanted.node() + " of cluster '"
          + wanted.cluster() + "': give this node its own directory");
    }
    return found;
  }

  @Override
  public StoreIdentity identity() {
    return identity;
  }

  @Override
  public boolean fresh() {
    return fresh;
  }

  @Override
  public boolean durable() {
    return true;
  }

  @Override
  public Journal journal() {
    return journal;
  }

  @Override
  public SnapshotStore snapshots() {
    return snapshots;
  }

  @Override
  public void close() {
    journal.close();
    snapshots.close();
    lock.close();
  }
}
