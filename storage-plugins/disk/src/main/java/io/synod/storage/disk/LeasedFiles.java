package io.synod.storage.disk;

import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.passive.View;
import io.synod.api.plugin.Plugins.PassiveUse;
import io.synod.api.storage.DurableRecord;
import io.synod.api.storage.StorageException;
import io.synod.api.storage.StoreIdentity;
import io.synod.api.transport.MessageCodec;
import io.synod.register.leased.LeaseRecord;
import io.synod.storage.file.Disk;
import io.synod.storage.file.Frames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The files of a memory under a lease: the area that all share, in the format of a disk's areas,
 * and records that are written over. One thread; every method may block for ever.
 */
final class LeasedFiles implements AutoCloseable {
  /** The name of the area: that of no process, since it is everybody's. */
  private static final NodeId SHARED = NodeId.of("shared");
  private static final String FORMAT = "synod-leased";

  private final DirectoryBlocks blocks;
  private final AreaReader areas;
  private final PassiveUse use;
  private final MessageCodec codec;
  private final RegisterFile lease;
  private final RegisterFile wish;
  private final RegisterFile life;
  private DiskStore taken;

  private LeasedFiles(
      DirectoryBlocks blocks, PassiveUse use, MessageCodec codec, List<RegisterFile> registers) {
    this.blocks = blocks;
    this.use = new PassiveUse(use.cluster(), SHARED, use.member(), use.newIncarnation());
    this.codec = codec;
    this.areas = new AreaReader(blocks, this.use, codec);
    this.lease = registers.get(0);
    this.wish = registers.get(1);
    this.life = registers.get(2);
  }

  /** Opens them, making an empty directory ready; the area is made by who first writes to it. */
  static LeasedFiles open(
      Disk disk, Deadline deadline, LeasedAddress where, PassiveUse use, MessageCodec codec)
      throws StorageException {
    Path root = DirectoryBlocks.real(Path.of(where.path()));
    StoreIdentity identity = SharedIdentity.of(FORMAT, disk, root, use);
    GuardedDisk guarded = new GuardedDisk(disk, deadline);
    int salt = Frames.salt(identity);
    List<RegisterFile> registers = List.of(
        new RegisterFile(guarded, root.resolve("lease"), salt, where),
        new RegisterFile(disk, root.resolve("wish"), salt, where),
        new RegisterFile(disk, root.resolve("life-" + use.process()), salt, where));
    for (RegisterFile register : registers) {
      register.make();
    }
    DirectoryBlocks blocks =
        DirectoryBlocks.everybodys(guarded, root, SHARED, identity.incarnation());
    try {
      disk.forceDirectory(root);
    } catch (IOException e) {
      throw Damage.unwritable(root, e);
    }
    return new LeasedFiles(blocks, use, codec, registers);
  }

  Incarnation incarnation() {
    return blocks.incarnation();
  }

  RegisterFile lease() {
    return lease;
  }

  RegisterFile wish() {
    return wish;
  }

  RegisterFile life() {
    return life;
  }

  /** What is in the area, for who does not hold the lease. */
  View look(Optional<InstanceId> votesFrom) throws StorageException {
    ByteBuffer head = blocks.exchange(List.of()).get(SHARED);
    return head == null ? View.EMPTY : areas.view(SHARED, head, votesFrom);
  }

  /** The records of the area, for who does not hold the lease. */
  List<DurableRecord> records() throws StorageException {
    ByteBuffer head = blocks.exchange(List.of()).get(SHARED);
    return head == null ? List.of() : areas.records(SHARED, head);
  }

  /** Those of them that are surely on the disk. */
  List<DurableRecord> durable() throws StorageException {
    ByteBuffer head = blocks.exchange(List.of()).get(SHARED);
    return head == null ? List.of() : areas.durable(SHARED, head);
  }

  /**
   * Takes the area over: writes all of it anew, so that nothing rests on what another process read
   * back, and nothing that is late to the former log is in this one.
   */
  List<DurableRecord> take(LeaseRecord mine) throws StorageException {
    letGo();
    LeaseRecord last = life.read();
    if (!last.equals(mine)) {
      throw new StorageException(blocks.place() + " has been opened by another life of "
          + mine.process() + ": nothing more is written by this one");
    }
    taken = DiskStore.open(blocks, use, codec);
    return taken.own();
  }

  /** Adds to the area that was taken. */
  void write(List<DurableRecord> records) throws StorageException {
    taken.append(records);
  }

  /** How long the log of the area is that was taken. */
  long logBytes() {
    return taken.logBytes();
  }

  /** Forgets what it knows of the area. */
  private void letGo() {
    blocks.close();
    taken = null;
  }

  @Override
  public void close() {
    letGo();
  }
}
