package io.synod.api.broadcast;

import io.synod.api.model.Value;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The form of a {@link Value.Kind#BATCH}: kind (1 byte), the leader's wall-clock milliseconds (8),
 * number of messages (4), then for each its length (4) and bytes. Big-endian.
 */
public final class Batch {
  private static final int HEADER = 1 + Long.BYTES + Integer.BYTES;

  private Batch() {}

  /** Takes the messages of a batch. */
  public interface Visitor {
    /**
     * One message, between position and limit of a buffer that is re-used; {@code index} counts
     * from 0.
     */
    void message(int index, ByteBuffer bytes);
  }

  /** The bytes that a message of this length takes in a batch. */
  public static int sizeOf(int length) {
    return Integer.BYTES + length;
  }

  /** Encodes messages, in order. */
  public static Value encode(long timeMillis, List<byte[]> messages) {
    int size = HEADER;
    for (byte[] message : messages) {
      size += sizeOf(message.length);
    }
    byte[] bytes = new byte[size];
    ByteBuffer out = ByteBuffer.wrap(bytes);
    out.put((byte) Value.Kind.BATCH.ordinal()).putLong(timeMillis).putInt(messages.size());
    for (byte[] message : messages) {
      out.putInt(message.length).put(message);
    }
    return Value.of(bytes);
  }

  /** The leader's time when it made the batch. */
  public static long timeMillis(Value batch) {
    return ByteBuffer.wrap(batch.bytes()).getLong(1);
  }

  /** How many messages it holds. */
  public static int count(Value batch) {
    return ByteBuffer.wrap(batch.bytes()).getInt(1 + Long.BYTES);
  }

  /** Visits the messages in order; refuses bytes that are not a batch. */
  public static void forEach(Value batch, Visitor visitor) {
    ByteBuffer in = ByteBuffer.wrap(batch.bytes());
    int count = in.getInt(1 + Long.BYTES);
    int at = HEADER;
    for (int i = 0; i < count; i++) {
      in.clear();
      int length = in.getInt(at);
      int start = at + Integer.BYTES;
      if (length < 0 || length > in.capacity() - start) {
        throw new IllegalArgumentException("message " + i + " of " + batch + " has a bad length");
      }
      at = start + length;
      in.limit(at).position(start);
      visitor.message(i, in);
    }
  }
}
