package io.synod.storage.file;

import io.synod.api.storage.StorageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps a second process, or a second node of this one, out of a directory. */
final class DirectoryLock implements AutoCloseable {
  /**
   * The directories locked by this process. As wide as the process, like the system's lock: were
   * the file opened and closed a second time, the system would silently drop the first lock.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /** The directory's path must be a real one, without links. */
  static DirectoryLock take(StoreFiles files) throws StorageException {
    if (!HELD.add(files.directory())) {
      throw locked(files.directory());
    }
    FileChannel channel = null;
    try {
      channel = open(files);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw locked(files.directory());
      }
      return new DirectoryLock(files.directory(), channel);
    } catch (StorageException e) {
      release(files.directory(), channel);
      throw e;
    } catch (IOException e) {
      release(files.directory(), channel);
      throw new StorageException("directory " + files.directory()
          + " cannot be locked (" + e.getMessage() + "): use a file system with locks", e);
    }
  }

  private static FileChannel open(StoreFiles files) throws StorageException {
    try {
      return FileChannel.open(
          files.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new StorageException("directory " + files.directory() + " is not writable ("
          + e + "): give the node a directory that it may write to", e);
    }
  }

  private static StorageException locked(Path directory) {
    return new StorageException("directory " + directory + " is in use by a running node:"
        + " stop that node, or give this one a directory of its own");
  }

  private static void release(Path directory, FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // Nothing was written through it; the lock goes with the descriptor either way.
      return;
    } finally {
      HELD.remove(directory);
    }
  }

  @Override
  public void close() {
    if (channel.isOpen()) {
      release(directory, channel);
    }
  }
}
