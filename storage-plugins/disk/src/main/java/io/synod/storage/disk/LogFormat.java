package io.synod.storage.disk;

import io.synod.api.storage.DurableRecord;
import io.synod.api.storage.StorageException;
import io.synod.api.transport.MessageCodec;
import io.synod.api.transport.MessageCodec.MalformedException;
import io.synod.storage.file.Frames;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The records of a log as bytes: frames whose position is the number of the step that wrote them,
 * the same or one more from frame to frame.
 */
final class LogFormat {
  private static final int FIRST_BYTES = 4 << 10;

  /**
   * What a log holds.
   *
   * @param end behind the last intact frame
   * @param last the step that wrote it, 0 without one
   */
  record Contents(List<DurableRecord> records, int end, long last) {}

  private LogFormat() {}

  /** The frames of one step. */
  static ByteBuffer frames(
      List<DurableRecord> records, long step, MessageCodec codec, int salt)
      throws StorageException {
    Frames frames = new Frames(salt);
    ByteBuffer out = buffer(FIRST_BYTES);
    for (DurableRecord record : records) {
      ByteBuffer bytes = codec.encodeRecord(record);
      if (bytes.remaining() > Frames.LONGEST) {
        throw new StorageException("a record of " + bytes.remaining() + " bytes is longer than "
            + Frames.LONGEST + ", the most that a disk takes");
      }
      out = withRoom(out, Frames.size(bytes.remaining()));
      frames.write(out, Frames.RECORD, step, bytes);
    }
    return out.flip();
  }

  private static ByteBuffer withRoom(ByteBuffer out, int more) {
    if (out.remaining() >= more) {
      return out;
    }
    int needed = Math.addExact(out.position(), more);
    return buffer((int) Math.min(Integer.MAX_VALUE - 8L, 2L * needed)).put(out.flip());
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Reads up to the first frame that is not intact.
   *
   * @throws MalformedException if a frame is intact and yet holds no record; it is named
   */
  static Contents read(byte[] log, MessageCodec codec, int salt) throws MalformedException {
    Frames frames = new Frames(salt);
    ByteBuffer in = ByteBuffer.wrap(log).order(ByteOrder.LITTLE_ENDIAN);
    List<DurableRecord> records = new ArrayList<>();
    int at = 0;
    long last = 0;
    while (intact(frames, in, at, last)) {
      int length = Frames.length(in.getInt(at + 4));
      last = in.getLong(at + 8);
      records.add(codec.decodeRecord(in.slice(at + Frames.OVERHEAD, length)));
      at += Frames.size(length);
    }
    return new Contents(records, at, last);
  }

  private static boolean intact(Frames frames, ByteBuffer in, int at, long last) {
    if (in.capacity() - at < Frames.OVERHEAD) {
      return false;
    }
    int word = in.getInt(at + 4);
    int length = Frames.length(word);
    long step = in.getLong(at + 8);
    return Frames.kind(word) == Frames.RECORD && length <= in.capacity() - at - Frames.OVERHEAD
        && Frames.size(length) <= in.capacity() - at && frames.valid(in, at, length)
        && (last == 0 || step == last || step == last + 1);
  }
}
