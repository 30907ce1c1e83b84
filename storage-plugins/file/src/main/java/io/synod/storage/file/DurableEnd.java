package io.synod.storage.file;

import io.synod.api.storage.StorageException;
import io.synod.api.storage.StoreIdentity;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * What must be found again after a restart, in two slots written in turn so that one is always
 * whole. Updated after each force of the journal by the journal's thread; forced itself only when
 * segments come or go.
 */
public final class DurableEnd implements Closeable {
  private static final long MAGIC = 0x313044_4e454e5953L;
  private static final int SLOT_BYTES = 48;
  private static final int CHECKSUM_AT = 40;
  /** In different blocks, so that one torn write cannot hurt both. */
  private static final int SLOT_DISTANCE = 4096;

  /**
   * The contents of a slot.
   *
   * @param durable all up to this position was forced
   * @param oldest the first position of the oldest segment that must be there
   * @param newest the first position of the newest segment that must be there; 0: none yet
   */
  record Slot(long sequence, long durable, long oldest, long newest) {
    static final Slot EMPTY = new Slot(0, 0, 1, 0);

    Slot durable(long position) {
      return new Slot(sequence, position, oldest, newest);
    }

    Slot oldest(long first) {
      return new Slot(sequence, durable, first, newest);
    }

    Slot newest(long first) {
      return new Slot(sequence, durable, oldest, first);
    }
  }

  private final DiskFile file;
  private final int salt;
  private final ByteBuffer buffer = Frames.buffer(SLOT_BYTES);
  private final CRC32C crc = new CRC32C();
  /** Written by one thread, and read by the loop. */
  private volatile Slot current;

  private DurableEnd(DiskFile file, StoreIdentity identity, Slot current) {
    this.file = file;
    this.salt = Frames.salt(identity);
    this.current = current;
  }

  /** Makes the file of a new store; the directory is forced by the caller. */
  static void create(Disk disk, StoreFiles files, StoreIdentity identity) throws IOException {
    try (DiskFile file = disk.create(files.durableEnd())) {
      file.write(ByteBuffer.allocate(2 * SLOT_DISTANCE), 0);
      DurableEnd end = new DurableEnd(file, identity, Slot.EMPTY);
      end.write(Slot.EMPTY);
      end.write(Slot.EMPTY);
      file.force(true);
    }
  }

  static DurableEnd open(Disk disk, StoreFiles files, StoreIdentity identity)
      throws StorageException {
    Path path = files.durableEnd();
    refuseMissing(path);
    try {
      DiskFile file = disk.update(path);
      return new DurableEnd(file, identity, newestSlot(file, path, Frames.salt(identity)));
    } catch (StorageException e) {
      throw e;
    } catch (IOException e) {
      throw Damage.unreadable(path, e);
    }
  }

  /** Without opening it for writing: what it says now. */
  static Slot peek(Disk disk, StoreFiles files, StoreIdentity identity)
      throws StorageException {
    Path path = files.durableEnd();
    refuseMissing(path);
    try (DiskFile file = disk.read(path)) {
      return newestSlot(file, path, Frames.salt(identity));
    } catch (StorageException e) {
      throw e;
    } catch (IOException e) {
      throw Damage.unreadable(path, e);
    }
  }

  private static void refuseMissing(Path path) throws StorageException {
    if (!Files.exists(path)) {
      throw Damage.missing(path, "it says how far the journal must reach");
    }
  }

  private static Slot newestSlot(DiskFile file, Path path, int salt) throws IOException {
    Slot first = readSlot(file, 0, salt);
    Slot second = readSlot(file, SLOT_DISTANCE, salt);
    if (first == null && second == null) {
      throw Damage.at(path, 0, "neither of its two copies has a right checksum");
    }
    if (first == null || second == null) {
      return first == null ? second : first;
    }
    return first.sequence > second.sequence ? first : second;
  }

  private static Slot readSlot(DiskFile file, long at, int salt) throws IOException {
    ByteBuffer in = Frames.buffer(SLOT_BYTES);
    file.read(in, at);
    CRC32C crc = new CRC32C();
    crc.update(in.clear().limit(CHECKSUM_AT));
    in.clear();
    if (in.getLong(0) != MAGIC || in.getInt(CHECKSUM_AT) != ((int) crc.getValue() ^ salt)) {
      return null;
    }
    return new Slot(in.getLong(8), in.getLong(16), in.getLong(24), in.getLong(32));
  }

  Slot current() {
    return current;
  }

  /** All up to this position was forced; any thread. */
  public long durable() {
    return current.durable;
  }

  /** Writes, without forcing it, that all up to {@code position} was forced. */
  public void reached(long position) throws IOException {
    write(current.durable(position));
  }

  /** Writes without forcing: enough to be found after the process dies. */
  void write(Slot slot) throws IOException {
    long sequence = current.sequence + 1;
    buffer.clear();
    buffer.putLong(MAGIC).putLong(sequence).putLong(slot.durable).putLong(slot.oldest)
        .putLong(slot.newest);
    crc.reset();
    crc.update(buffer.flip());
    buffer.clear().putInt(CHECKSUM_AT, (int) crc.getValue() ^ salt);
    file.write(buffer, sequence % 2 * SLOT_DISTANCE);
    current = new Slot(sequence, slot.durable, slot.oldest, slot.newest);
  }

  /** Makes what was written durable. */
  public void force() throws IOException {
    file.force(false);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
