package io.synod.storage.disk;

import io.synod.api.model.NodeId;
import io.synod.api.storage.StorageException;
import io.synod.register.leased.LeaseRecord;
import io.synod.storage.file.Disk;
import io.synod.storage.file.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.CRC32C;

/**
 * A file of one record that all processes write over: who holds the lease, who wishes for it, or
 * which life of a process is the last. It says under which times it was written; a process that
 * goes by others is refused. Opened for each reading, as a network file system asks the server
 * then.
 */
final class RegisterFile {
  private static final long MAGIC = 0x53594C45_41534531L;
  private static final int VERSION = 1;
  private static final int BYTES = 256;
  private static final int CHECKSUM_AT = BYTES - Integer.BYTES;

  private final Disk disk;
  private final Path path;
  private final int salt;
  private final LeasedAddress times;

  /**
   * That file.
   *
   * @param disk through which it is written
   * @param salt mixed into its checksum
   */
  RegisterFile(Disk disk, Path path, int salt, LeasedAddress times) {
    this.disk = disk;
    this.path = path;
    this.salt = salt;
    this.times = times;
  }

  /** Sees to it that there is one, without touching what is there. */
  void make() throws StorageException {
    try {
      Files.createFile(path);
    } catch (FileAlreadyExistsException e) {
      return;
    } catch (IOException e) {
      throw Damage.unwritable(path, e);
    }
  }

  /** What is there: {@link LeaseRecord#NONE} at first. A torn one is nobody's. */
  LeaseRecord read() throws StorageException {
    ByteBuffer in = ByteBuffer.allocate(BYTES);
    try (DiskFile file = disk.read(path)) {
      file.read(in, 0);
    } catch (IOException e) {
      throw Damage.unreadable(path, e);
    }
    if (in.position() == 0) {
      return LeaseRecord.NONE;
    }
    in.clear();
    int checksum = checksum(in);
    boolean intact = checksum == in.getInt(CHECKSUM_AT) && in.getLong() == MAGIC;
    return intact ? intact(in) : LeaseRecord.unreadable(Integer.toUnsignedLong(checksum));
  }

  private LeaseRecord intact(ByteBuffer in) throws StorageException {
    int version = in.getInt();
    if (version != VERSION) {
      throw new StorageException(path + " has format version " + version
          + ", but this release reads version " + VERSION + ": run the release that wrote it");
    }
    Duration write = Duration.ofNanos(in.getLong());
    Duration lease = Duration.ofNanos(in.getLong());
    if (!write.equals(times.write()) || !lease.equals(times.lease())) {
      throw new StorageException(path + " was written under write=" + write.toMillis()
          + "ms&lease=" + lease.toMillis() + "ms, but this process goes by write="
          + times.write().toMillis() + "ms&lease=" + times.lease().toMillis()
          + "ms: all must go by the same, so give the acceptor the address that it had");
    }
    long life = in.getLong();
    long number = in.getLong();
    boolean held = in.get() != 0;
    byte[] name = new byte[in.get()];
    in.get(name);
    NodeId process = NodeId.of(new String(name, StandardCharsets.US_ASCII));
    return new LeaseRecord(process, life, number, held);
  }

  /** Writes and forces it, in one block. */
  void write(LeaseRecord record) throws StorageException {
    byte[] name = record.process().name().getBytes(StandardCharsets.US_ASCII);
    ByteBuffer out = ByteBuffer.allocate(BYTES);
    out.putLong(MAGIC).putInt(VERSION);
    out.putLong(times.write().toNanos()).putLong(times.lease().toNanos());
    out.putLong(record.life()).putLong(record.number()).put((byte) (record.held() ? 1 : 0));
    out.put((byte) name.length).put(name).clear();
    out.putInt(CHECKSUM_AT, checksum(out));
    try (DiskFile file = disk.update(path)) {
      file.write(out, 0);
      file.force(true);
    } catch (IOException e) {
      throw Damage.unwritable(path, e);
    }
  }

  private int checksum(ByteBuffer in) {
    CRC32C crc = new CRC32C();
    crc.update(in.slice(0, CHECKSUM_AT));
    return (int) crc.getValue() ^ salt;
  }
}
