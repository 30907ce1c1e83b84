package com.example.synod;

import io.synod.api.model.Incarnation;
import io.synod.api.model.NodeId;
import io.synod.api.storage.Storage;
import io.synod.api.storage.StorageException;
import io.synod.api.storage.StoreIdentity;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A directory with {@code identity}, {@code lock}, journal and snapshots. One for production would
 * put a checksum behind the identity, too.
 */
record PlainStorage(
    StoreIdentity identity, boolean fresh, FileChannel lock, PlainJournal journal,
    PlainSnapshots snapshots) implements Storage {
  private static final String FORMAT = "plain-files 1";

  static Storage open(Path where, StoreIdentity wanted) throws StorageException {
    FileChannel lock = null;
    try {
      Path directory = Files.createDirectories(where);
      Path identity = directory.resolve("identity");
      refuseForeign(directory, identity);
      lock = lock(directory);
      boolean fresh = !Files.exists(identity);
      if (fresh) {
        create(identity, wanted);
      }
      StoreIdentity found = read(identity, wanted);
      return new PlainStorage(found, fresh, lock, new PlainJournal(directory),
          new PlainSnapshots(directory));
    } catch (IOException e) {
      close(lock);
      throw e instanceof StorageException known ? known
          : new StorageException("cannot use the directory " + where + ": " + e, e);
    }
  }

  private static void refuseForeign(Path directory, Path identity) throws IOException {
    try (var files = Files.list(directory)) {
      if (!Files.exists(identity) && files.anyMatch(file -> !file.endsWith("lock"))) {
        throw new StorageException(
            directory + " holds other things: give the node an empty directory");
      }
    }
  }

  private static FileChannel lock(Path directory) throws IOException {
    FileChannel channel = FileChannel.open(
        directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // By another node of this process: the same refusal.
      channel.close();
      throw new StorageException(directory + " is in use by a node of this process", e);
    }
    channel.close();
    throw new StorageException(directory + " is in use by a running node");
  }

  private static void create(Path identity, StoreIdentity wanted) throws IOException {
    Path aside = identity.resolveSibling("lock.identity");
    PlainFiles.writeForced(aside, List.of(FORMAT, wanted.cluster(), wanted.node().name(),
        Long.toString(wanted.incarnation().number())));
    PlainFiles.publish(aside, identity);
  }

  private static StoreIdentity read(Path identity, StoreIdentity wanted) throws IOException {
    List<String> lines = Files.readAllLines(identity);
    if (lines.size() != 4 || !lines.get(0).equals(FORMAT)) {
      throw new StorageException(identity + " is not that of a store of plain-files");
    }
    String cluster = lines.get(1);
    NodeId node = NodeId.of(lines.get(2));
    if (!cluster.equals(wanted.cluster()) || !node.equals(wanted.node())) {
      throw new StorageException(identity.getParent() + " belongs to node " + node + " of cluster '"
          + cluster + "', not to " + wanted.node() + " of '" + wanted.cluster() + "'");
    }
    return new StoreIdentity(cluster, node, new Incarnation(Long.parseLong(lines.get(3))));
  }

  @Override
  public boolean durable() {
    return true;
  }

  @Override
  public void close() {
    journal.close();
    snapshots.close();
    close(lock);
  }

  private static void close(FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // The lock goes with the descriptor either way.
      return;
    }
  }
}
