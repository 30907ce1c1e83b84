package io.synod.runtime.node;

import io.synod.api.membership.Seat;
import io.synod.api.model.Configuration;
import io.synod.api.model.Eras;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Member;
import io.synod.api.model.Role;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Slot;
import io.synod.api.replication.StateMachine;
import io.synod.api.storage.DurableRecord;
import io.synod.api.storage.Journal;
import io.synod.api.storage.SnapshotContent;
import io.synod.api.storage.SnapshotStore;
import io.synod.api.storage.Storage;
import io.synod.api.storage.StorageException;
import io.synod.api.transport.MessageCodec;
import io.synod.codec.KryoCodec;
import io.synod.replication.Remains;
import io.synod.runtime.compose.Composition;
import io.synod.runtime.compose.Parts;
import io.synod.runtime.config.NodeConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The store of a node that is not running and that outlived the majority of its cluster: shows
 * what it holds, and founds a new cluster of one from it, in a new directory. The old store is
 * read only. Everything blocks; one thread at a time.
 *
 * <p>The new cluster has another name, so that a member of the old one that comes back after all
 * is refused, and refuses, at the handshake: it can neither vote nor spread what it knows. What
 * the others had decided without the survivor is lost.
 */
public final class Survivor implements AutoCloseable {
  private static final String QUORUM = "majority";

  private final NodeConfig config;
  private final StillRim rim;
  private final Parts parts;
  private final Remains remains;
  private final MessageCodec codec = new KryoCodec();
  private final Remains.Found found;

  private Survivor(NodeConfig config, StillRim rim, Parts parts) throws StorageException {
    this.config = config;
    this.rim = rim;
    this.parts = parts;
    this.remains = new Remains(parts.layers());
    if (!parts.storage().durable()) {
      throw new StorageException(config.module(Slot.STORAGE, Plugins.StoragePlugin.class).name()
          + " storage does not outlive a process: nothing is left of " + config.node());
    }
    parts.storage().journal().replay(this::recover);
    this.found = remains.gather();
    refuseUnlessKeepsState();
  }

  /**
   * Opens the store that the configuration names and reads all of it.
   *
   * @param machine a fresh one of the kind that the cluster replicates
   * @throws StorageException when there is none, when its node is running, when it is damaged, or
   *     when the node was no member that keeps the state machine
   */
  public static Survivor open(NodeConfig config, StateMachine machine) throws StorageException {
    if (!Files.isDirectory(config.data())) {
      throw new StorageException("there is no store in " + config.data());
    }
    StillRim rim = new StillRim(machine);
    Parts parts = null;
    try {
      parts = Composition.compose(config, rim);
      return new Survivor(config, rim, parts);
    } catch (StorageException | RuntimeException | Error e) {
      close(rim, parts);
      throw e;
    }
  }

  private void recover(long position, ByteBuffer bytes) throws StorageException {
    try {
      remains.recover(codec.decodeRecord(bytes));
    } catch (MessageCodec.MalformedException e) {
      throw new StorageException("the record at position " + position + " of the journal in "
          + config.data() + " has no legal content: " + e.getMessage(), e);
    }
  }

  private void refuseUnlessKeepsState() throws StorageException {
    Configuration active = lost();
    if (!active.learners().contains(config.node())) {
      String why = active.isAuxiliary(config.node())
          ? " is an auxiliary and keeps no state machine" : " is no member";
      throw new StorageException("in era " + found.eras().active() + ", the last that is known in "
          + config.data() + ", " + config.node() + why + ": take one of " + active.learners());
    }
  }

  /** What the store holds. */
  public Remains.Found holds() {
    return found;
  }

  /** The last configuration that was known to be in force. */
  public Configuration lost() {
    Eras eras = found.eras();
    return eras.configurations().get(eras.active());
  }

  /** The era of the new cluster; higher than any that the old one can have made. */
  public long era() {
    return remains.era().number();
  }

  /**
   * Founds the new cluster; on return it is durable. Nothing is left in {@code directory} when it
   * throws.
   *
   * @param directory must not exist
   * @return its only member
   */
  public Seat found(String cluster, Path directory) throws StorageException {
    if (cluster.equals(config.cluster())) {
      throw new StorageException("the new cluster needs a name of its own, not '" + cluster
          + "': the old members must not take it for theirs");
    }
    if (Files.exists(directory)) {
      throw new StorageException(directory + " exists: the new store needs a directory of its own");
    }
    Path unfinished = directory.resolveSibling(directory.getFileName() + ".unfinished");
    if (Files.exists(unfinished)) {
      throw new StorageException(unfinished + " is left of an attempt before: delete it first");
    }
    Seat seat = write(cluster, unfinished);
    try {
      Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
      forceNames(directory.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new StorageException("could not rename " + unfinished + " to " + directory, e);
    }
    return seat;
  }

  private static void forceNames(Path directory) throws IOException {
    try (FileChannel names = FileChannel.open(directory)) {
      names.force(true);
    }
  }

  private Seat write(String cluster, Path directory) throws StorageException {
    Incarnation incarnation = rim.newIncarnation();
    Member before = lost().member(config.node()).orElseThrow();
    Member only = new Member(config.node(), incarnation, before.acceptor(), Role.ACCEPTOR);
    Configuration alone = lost().members(List.of(only)).quorum(QUORUM);
    try (Storage storage = config.module(Slot.STORAGE, Plugins.StoragePlugin.class)
        .open(directory, cluster, config.node(), incarnation, config.settings())) {
      storage.journal().replay((position, bytes) -> {});
      snapshot(storage.snapshots(), found.last(), remains.snapshot(alone));
      append(storage, remains.checkpoint(alone));
    }
    return new Seat(only.id(), only.acceptor(), only.role());
  }

  private static void snapshot(SnapshotStore store, InstanceId last, SnapshotContent content)
      throws StorageException {
    try (SnapshotStore.Sink sink = store.create(last)) {
      content.writeTo(sink.stream());
      sink.commit();
    } catch (StorageException e) {
      throw e;
    } catch (IOException e) {
      throw new StorageException("the snapshot of the new store could not be written", e);
    } finally {
      content.release();
    }
  }

  private void append(Storage storage, DurableRecord.Checkpoint checkpoint)
      throws StorageException {
    storage.journal().appendCheckpoint(codec.encodeRecord(checkpoint));
    CompletableFuture<Void> forced = new CompletableFuture<>();
    storage.journal().sync(new Journal.SyncListener() {
      @Override
      public void durable(long position) {
        forced.complete(null);
      }

      @Override
      public void failed(StorageException cause) {
        forced.completeExceptionally(cause);
      }
    });
    try {
      forced.join();
    } catch (CompletionException e) {
      throw new StorageException("the new store could not be forced: "
          + e.getCause().getMessage(), e.getCause());
    }
  }

  @Override
  public void close() {
    close(rim, parts);
  }

  private static void close(StillRim rim, Parts parts) {
    rim.close();
    if (parts != null) {
      parts.transport().close();
      parts.storage().close();
    }
  }
}
