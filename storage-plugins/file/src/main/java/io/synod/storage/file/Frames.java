package io.synod.storage.file;

import io.synod.api.storage.StoreIdentity;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The framing inside a segment, little endian and aligned to 8 bytes: checksum (4), kind and
 * length (4), position (8), payload. The checksum covers everything after itself and is mixed
 * with the store's identity, so that neither a stale nor a stranger's record is ever believed.
 * One thread at a time.
 */
public final class Frames {
  /** What a frame takes beside its payload. */
  public static final int OVERHEAD = 16;
  /** The kind of a frame with a payload. */
  public static final int RECORD = 1;
  /** No payload; its position is the one up to which all was durable when it was written. */
  static final int MARK = 2;
  /** The longest payload. */
  public static final int LONGEST = (1 << 28) - 1;
  private static final int KIND_SHIFT = 28;
  private static final int ALIGNMENT = 8;

  private final CRC32C crc = new CRC32C();
  private final int salt;

  Frames(StoreIdentity identity) {
    this(salt(identity));
  }

  /** With what is mixed into checksums. */
  public Frames(int salt) {
    this.salt = salt;
  }

  /** A number that differs from store to store, to be mixed into checksums. */
  public static int salt(StoreIdentity identity) {
    CRC32C crc = new CRC32C();
    crc.update(identity.cluster().getBytes(StandardCharsets.UTF_8));
    crc.update(0);
    crc.update(identity.node().name().getBytes(StandardCharsets.UTF_8));
    crc.update(ByteBuffer.allocate(Long.BYTES).putLong(0, identity.incarnation().number()));
    return (int) crc.getValue();
  }

  /** A buffer of the file's byte order, off the heap. */
  public static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** How many bytes a frame with that much payload takes. */
  public static int size(int payload) {
    return OVERHEAD + payload + ALIGNMENT - 1 & -ALIGNMENT;
  }

  /** The kind in the second word of a frame. */
  public static int kind(int word) {
    return word >>> KIND_SHIFT;
  }

  /** The length of the payload in the second word of a frame. */
  public static int length(int word) {
    return word & LONGEST;
  }

  /** Writes a frame at {@code into}'s position, which moves behind it; payload's does not. */
  public void write(ByteBuffer into, int kind, long position, ByteBuffer payload) {
    int at = into.position();
    int length = payload.remaining();
    int end = at + size(length);
    into.putInt(at + 4, kind << KIND_SHIFT | length);
    into.putLong(at + 8, position);
    into.putLong(end - ALIGNMENT, length == 0 ? position : 0);
    into.put(at + OVERHEAD, payload, payload.position(), length);
    into.putInt(at, checksum(into, at, length));
    into.position(end);
  }

  /** Whether the frame of that length at {@code at} has the right checksum. */
  public boolean valid(ByteBuffer in, int at, int length) {
    return in.getInt(at) == checksum(in, at, length);
  }

  private int checksum(ByteBuffer in, int at, int length) {
    int position = in.position();
    int limit = in.limit();
    in.limit(at + OVERHEAD + length).position(at + 4);
    crc.reset();
    crc.update(in);
    in.limit(limit).position(position);
    return (int) crc.getValue() ^ salt;
  }
}
