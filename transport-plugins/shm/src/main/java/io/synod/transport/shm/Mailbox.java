package io.synod.transport.shm;

import io.synod.api.transport.PeerAddress;
import io.synod.api.transport.TransportException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** What belongs to one node that listens: its door, and the rings of those who write to it. */
final class Mailbox implements AutoCloseable {
  private final Path directory;
  private final FileChannel lock;
  private final MappedFile file;
  private final Header door;

  private Mailbox(Path directory, FileChannel lock, MappedFile file, Header door) {
    this.directory = directory;
    this.lock = lock;
    this.file = file;
    this.door = door;
  }

  static Path at(Path shared, PeerAddress address) {
    return shared.resolve(Integer.toString(address.port()));
  }

  static Path door(Path shared, PeerAddress address) {
    return at(shared, address).resolve("door");
  }

  static Path ring(Path shared, PeerAddress reader, PeerAddress writer) {
    return at(shared, reader).resolve(writer.port() + ".ring");
  }

  /** Takes over what an earlier life has left, tells its writers, and opens a door of its own. */
  static Mailbox open(Path shared, PeerAddress address, Header.Life life)
      throws TransportException {
    Path directory = at(shared, address);
    FileChannel lock = null;
    try {
      Files.createDirectories(shared.toAbsolutePath().getParent());
      createPrivate(shared);
      createPrivate(directory);
      lock = FileChannel.open(
          directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      takeLock(directory, lock);
      endEarlierLife(directory.resolve("door"));
      MappedFile file = MappedFile.create(directory.resolve("door"), Header.BYTES);
      Header door = Header.write(file, Header.DOOR, life, 0);
      door.alive(System.nanoTime());
      file.publish();
      return new Mailbox(directory, lock, file, door);
    } catch (IOException e) {
      closeQuietly(lock);
      throw new TransportException("node " + life.local().self() + " cannot use shared memory in "
          + directory + ": " + why(e) + "; or give all nodes of this host another "
          + ShmTransportPlugin.DIRECTORY.key(), e);
    }
  }

  /** What the system says, without the name of the class where the message is only a path. */
  static String why(IOException e) {
    return e instanceof FaultException ? e.getMessage() : e.toString();
  }

  private static void createPrivate(Path directory) throws IOException {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] ownerOnly = posix ? new FileAttribute<?>[] {
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))}
        : new FileAttribute<?>[0];
    try {
      Files.createDirectory(directory, ownerOnly);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(directory)) {
        throw new FaultException(directory, 0, "begins a file where a directory should be");
      }
    }
  }

  private static void takeLock(Path directory, FileChannel channel) throws IOException {
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      throw new IOException(directory + " is in use by a running node: ports must differ");
    }
  }

  /** Writers of that life see that it is over before they see the new door. */
  private static void endEarlierLife(Path door) throws IOException {
    if (Files.exists(door)) {
      try (MappedFile left = MappedFile.open(door)) {
        Header.read(left, Header.DOOR).end();
      }
    }
  }

  /** The rings that lie here now. */
  List<Path> rings() throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> rings = Files.newDirectoryStream(directory, "*.ring")) {
      rings.forEach(found::add);
    }
    return found;
  }

  void alive(long nanos) {
    door.alive(nanos);
  }

  @Override
  public void close() {
    door.end();
    try {
      Files.deleteIfExists(file.path());
    } catch (IOException e) {
      // It says that its owner is gone; the next one replaces it.
      file.close();
      closeQuietly(lock);
      return;
    }
    file.close();
    closeQuietly(lock);
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // Nothing was written through it; the lock goes with the descriptor either way.
      return;
    }
  }
}
