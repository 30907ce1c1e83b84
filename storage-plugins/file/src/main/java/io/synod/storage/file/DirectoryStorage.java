package io.synod.storage.file;

import io.synod.api.storage.Journal;
import io.synod.api.storage.SnapshotStore;
import io.synod.api.storage.Storage;
import io.synod.api.storage.StorageException;
import io.synod.api.storage.StoreIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A locked directory with identity, snapshots and a journal: all that stores in a directory have
 * in common, whatever keeps their journal.
 */
public final class DirectoryStorage implements Storage {
  /** What differs from plugin to plugin. */
  public interface JournalKind {
    /** The plugin's name; a store of one kind is not opened as another. */
    String name();

    /**
     * Opens the journal of the store in that directory, which is locked and ours; owns {@code end}
     * from then on. A new store has nothing of it yet.
     */
    Journal open(Path directory, StoreIdentity identity, DurableEnd end) throws StorageException;
  }

  private final StoreIdentity identity;
  private final boolean fresh;
  private final DirectoryLock lock;
  private final Journal journal;
  private final FileSnapshotStore snapshots;

  private DirectoryStorage(
      StoreIdentity identity, boolean fresh, DirectoryLock lock, Journal journal,
      FileSnapshotStore snapshots) {
    this.identity = identity;
    this.fresh = fresh;
    this.lock = lock;
    this.journal = journal;
    this.snapshots = snapshots;
  }

  /**
   * Opens or creates; {@code wanted} holds the incarnation for a new store. Refuses a directory
   * that is another's, in use, of another kind or not writable, naming it.
   */
  public static Storage open(Path directory, StoreIdentity wanted, JournalKind kind)
      throws StorageException {
    return open(new RealDisk(), directory, wanted, kind);
  }

  static Storage open(Disk disk, Path directory, StoreIdentity wanted, JournalKind kind)
      throws StorageException {
    refuseLongName(wanted.cluster());
    StoreFiles files = new StoreFiles(created(directory));
    refuseForeign(files);
    DirectoryLock lock = DirectoryLock.take(files.directory());
    try {
      boolean fresh = !Files.exists(files.identity());
      StoreIdentity identity = fresh
          ? create(disk, files, wanted, kind) : existing(files, wanted, kind);
      files.deleteLeftovers(disk);
      return new DirectoryStorage(identity, fresh, lock, journal(disk, files, identity, kind),
          new FileSnapshotStore(disk, files, identity));
    } catch (StorageException | RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  private static Journal journal(
      Disk disk, StoreFiles files, StoreIdentity identity, JournalKind kind)
      throws StorageException {
    DurableEnd end = DurableEnd.open(disk, files, identity);
    try {
      return kind.open(files.directory(), identity, end);
    } catch (StorageException | RuntimeException | Error e) {
      try {
        end.close();
      } catch (IOException closing) {
        e.addSuppressed(closing);
      }
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

  private static StoreIdentity create(
      Disk disk, StoreFiles files, StoreIdentity identity, JournalKind kind)
      throws StorageException {
    try {
      DurableEnd.create(disk, files, identity);
      IdentityFile.write(disk, files, identity, kind.name());
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

  private static StoreIdentity existing(
      StoreFiles files, StoreIdentity wanted, JournalKind kind) throws StorageException {
    StoreIdentity found = IdentityFile.ofStore(files.identity(), kind.name());
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
