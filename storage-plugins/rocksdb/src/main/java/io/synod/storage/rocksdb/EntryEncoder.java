package io.synod.storage.rocksdb;

import io.synod.api.storage.StorageException;
import java.nio.ByteBuffer;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * A record as an entry: the key is a tag and the position, big endian, so that entries are sorted
 * by position; the value is the kind of the record and its bytes. Loop thread only.
 */
final class EntryEncoder {
  static final byte RECORD_TAG = 1;
  static final byte PLAIN = 0;
  static final byte CHECKPOINT = 1;
  static final int KEY_BYTES = 1 + Long.BYTES;
  private static final int FIRST_SIZE = 4 << 10;
  /** One huge record must not keep its memory for ever. */
  private static final int KEPT_SIZE = 1 << 20;

  private final ByteBuffer key = ByteBuffer.allocateDirect(KEY_BYTES);
  private ByteBuffer value = ByteBuffer.allocateDirect(FIRST_SIZE);

  static byte[] key(long position) {
    return ByteBuffer.allocate(KEY_BYTES).put(RECORD_TAG).putLong(position).array();
  }

  /** Copies the record, whose buffer stays as it is. */
  void put(WriteBatch batch, long position, ByteBuffer record, boolean checkpoint)
      throws StorageException {
    int length = 1 + record.remaining();
    if (value.capacity() < length || value.capacity() > KEPT_SIZE && length <= KEPT_SIZE) {
      value = ByteBuffer.allocateDirect(Math.max(FIRST_SIZE, Integer.highestOneBit(length) * 2));
    }
    value.clear().put(checkpoint ? CHECKPOINT : PLAIN).put(record.duplicate()).flip();
    key.clear().put(RECORD_TAG).putLong(position).flip();
    try {
      batch.put(key, value);
    } catch (RocksDBException e) {
      throw new StorageException(
          "record " + position + " does not fit into a batch (" + e.getMessage() + ")", e);
    }
  }
}
