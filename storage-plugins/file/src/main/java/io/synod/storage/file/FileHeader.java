package io.synod.storage.file;

import io.synod.api.model.Incarnation;
import io.synod.api.model.NodeId;
import io.synod.api.storage.StorageException;
import io.synod.api.storage.StoreIdentity;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * The first bytes of a segment or snapshot: what the file is and whose.
 *
 * @param number a segment's first position or a snapshot's last instance
 * @param checkpoint whether a segment starts with a checkpoint
 */
record FileHeader(long magic, long number, boolean checkpoint, StoreIdentity identity) {
  static final int SIZE = 512;
  static final long SEGMENT = 0x3130474553_4e5953L;
  static final long SNAPSHOT = 0x3130504e53_4e5953L;
  /** Longer cluster names do not fit. */
  static final int LONGEST_NAME = 255;
  private static final int VERSION = 1;
  private static final int CHECKSUM_AT = SIZE - Integer.BYTES;

  /** The bytes to write. */
  ByteBuffer encode() {
    ByteBuffer out = Frames.buffer(SIZE);
    out.putLong(magic).putInt(VERSION).putInt(checkpoint ? 1 : 0).putLong(number);
    out.putLong(identity.incarnation().number());
    put(out, identity.cluster());
    put(out, identity.node().name());
    out.putInt(CHECKSUM_AT, checksum(out));
    return out.clear();
  }

  /** Reads and checks it; refuses damage and another store's file, naming it. */
  static FileHeader read(DiskFile file, Path path, long magic, StoreIdentity expected)
      throws StorageException {
    FileHeader header = decode(bytes(file, path), path, magic);
    if (!header.identity.equals(expected)) {
      throw new StorageException(path + " belongs to " + describe(header.identity)
          + ", but this store is of " + describe(expected)
          + ": put the file back where it came from");
    }
    return header;
  }

  private static ByteBuffer bytes(DiskFile file, Path path) throws StorageException {
    ByteBuffer in = Frames.buffer(SIZE);
    try {
      file.read(in, 0);
    } catch (IOException e) {
      throw Damage.unreadable(path, e);
    }
    if (in.hasRemaining() || in.getInt(CHECKSUM_AT) != checksum(in)) {
      throw Damage.at(path, 0, "its header is incomplete or has a wrong checksum");
    }
    return in.flip();
  }

  private static FileHeader decode(ByteBuffer in, Path path, long magic)
      throws StorageException {
    try {
      if (in.getLong() != magic) {
        throw Damage.at(path, 0, "it is not the kind of file that its name says");
      }
      int version = in.getInt();
      if (version != VERSION) {
        throw new StorageException(path + " has format version " + version
            + ", but this release reads version " + VERSION + ": run the release that wrote it");
      }
      boolean checkpoint = in.getInt() != 0;
      long number = in.getLong();
      Incarnation incarnation = new Incarnation(in.getLong());
      String cluster = text(in);
      return new FileHeader(magic, number, checkpoint,
          new StoreIdentity(cluster, NodeId.of(text(in)), incarnation));
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new StorageException(
          Damage.at(path, 0, "its header makes no sense").getMessage(), e);
    }
  }

  /** For people. */
  static String describe(StoreIdentity identity) {
    return "node " + identity.node() + " of cluster '" + identity.cluster() + "' (incarnation "
        + identity.incarnation() + ")";
  }

  private static void put(ByteBuffer out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.putShort((short) bytes.length).put(bytes);
  }

  private static String text(ByteBuffer in) {
    byte[] bytes = new byte[in.getShort()];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static int checksum(ByteBuffer header) {
    CRC32C crc = new CRC32C();
    crc.update(header.duplicate().clear().limit(CHECKSUM_AT));
    return (int) crc.getValue();
  }
}
