package io.synod.storage.file;

import io.synod.api.storage.StoreIdentity;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A snapshot file: header, chunks of content each behind its checksum, and the content's length
 * with a checksum. Every chunk but the last is full, so that any part can be found and verified
 * by itself. The checksums are mixed with the store, the snapshot and the chunk's number.
 */
final class SnapshotFormat {
  static final int CHUNK = 64 << 10;
  static final int CHUNK_HEADER = Integer.BYTES;
  static final int FOOTER = Long.BYTES + Integer.BYTES;
  private static final int FOOTER_NUMBER = -1;

  private final CRC32C crc = new CRC32C();
  private final ByteBuffer prefix = ByteBuffer.allocate(Long.BYTES * 2);
  private final int salt;
  private final long last;

  SnapshotFormat(StoreIdentity identity, long last) {
    this.salt = Frames.salt(identity);
    this.last = last;
  }

  /** Where chunk {@code number} starts in the file. */
  static long chunkAt(long number) {
    return FileHeader.SIZE + number * (CHUNK + CHUNK_HEADER);
  }

  /** How many chunks hold that much content. */
  static long chunks(long length) {
    return (length + CHUNK - 1) / CHUNK;
  }

  /** Where the footer is. */
  static long footerAt(long length) {
    return FileHeader.SIZE + length + chunks(length) * CHUNK_HEADER;
  }

  /** The checksum of these bytes as chunk {@code number}; leaves the buffer as it is. */
  int checksum(long number, ByteBuffer content) {
    crc.reset();
    crc.update(prefix.clear().putLong(last).putLong(number).flip());
    crc.update(content.duplicate());
    return (int) crc.getValue() ^ salt;
  }

  ByteBuffer footer(long length) {
    ByteBuffer footer = Frames.buffer(FOOTER).putLong(0, length);
    int checksum = checksum(FOOTER_NUMBER, footer.duplicate().limit(Long.BYTES));
    return footer.putInt(Long.BYTES, checksum);
  }

  boolean validFooter(ByteBuffer footer) {
    ByteBuffer length = footer.duplicate().clear().limit(Long.BYTES);
    return footer.getInt(Long.BYTES) == checksum(FOOTER_NUMBER, length);
  }
}
