package io.synod.storage.file;

import io.synod.api.storage.StorageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a second process, or a second node of this one, out of a directory, by its file
 * {@code lock}. Any thread.
 */
public final class DirectoryLock implements AutoCloseable {
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

  /**
   * Takes it at once, or says why not, naming the directory.
   *
   * @param directory a real path, without links
   */
  public static DirectoryLock take(Path directory) throws StorageException {
    if (!HELD.add(directory)) {
      throw locked(directory);
    }
    FileChannel channel = null;
    try {
      channel = open(directory);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw locked(directory);
      }
      return new DirectoryLock(directory, channel);
    } catch (StorageException e) {
      release(directory, channel);
      throw e;
    } catch (IOException e) {
      release(directory, channel);
      throw new StorageException("directory " + directory
          + " cannot be locked (" + e.getMessage() + "): use a file system with locks", e);
    }
  }

  private static FileChannel open(Path directory) throws StorageException {
    try {
      return FileChannel.open(
          new StoreFiles(directory).lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new StorageException("directory " + directory + " is not writable ("
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
