package io.synod.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The first frame in each direction. Its layout stays the same in all protocol versions, so that
 * nodes of any two versions can tell each other why they cannot talk.
 */
final class Handshake {
  /** "SYND". */
  static final int MAGIC = 0x53594E44;
  /** The versions of the frames and of the codec that this build speaks. */
  static final int MIN_VERSION = 1;
  static final int MAX_VERSION = 1;
  /** Largest frame before the handshake is done. */
  static final int MAX_FRAME = 4096;

  private static final int LONGEST_TEXT = 1024;

  private Handshake() {}

  /** Who dials; a client has no id. */
  record Hello(
      int minVersion, int maxVersion, boolean client, long incarnation, String cluster,
      String id) {
    ByteBuf frame() {
      ByteBuf frame = Unpooled.buffer();
      frame.writeInt(0).writeInt(MAGIC).writeByte(minVersion).writeByte(maxVersion);
      frame.writeBoolean(client).writeLong(incarnation);
      put(frame, cluster);
      put(frame, id);
      return frame.setInt(0, frame.readableBytes() - Integer.BYTES);
    }

    static Hello read(ByteBuffer bytes) {
      checkMagic(bytes);
      try {
        return new Hello(
            bytes.get(), bytes.get(), bytes.get() != 0, bytes.getLong(), text(bytes), text(bytes));
      } catch (BufferUnderflowException e) {
        throw new IllegalArgumentException("its handshake ends too early", e);
      }
    }
  }

  /** What the listening side says; an empty refusal is a welcome. */
  record Answer(int version, long incarnation, String id, String refusal) {
    ByteBuf frame() {
      ByteBuf frame = Unpooled.buffer();
      frame.writeInt(0).writeInt(MAGIC).writeByte(version).writeLong(incarnation);
      put(frame, id);
      put(frame, refusal);
      return frame.setInt(0, frame.readableBytes() - Integer.BYTES);
    }

    static Answer read(ByteBuffer bytes) {
      checkMagic(bytes);
      try {
        return new Answer(bytes.get(), bytes.getLong(), text(bytes), text(bytes));
      } catch (BufferUnderflowException e) {
        throw new IllegalArgumentException("its handshake ends too early", e);
      }
    }
  }

  /** The first bytes as people can read them, for the log. */
  static String show(ByteBuf bytes, int most) {
    StringBuilder text = new StringBuilder();
    int end = bytes.readerIndex() + Math.min(most, bytes.readableBytes());
    for (int i = bytes.readerIndex(); i < end; i++) {
      byte b = bytes.getByte(i);
      text.append(b >= ' ' && b < 127 ? String.valueOf((char) b) : String.format("\\x%02x", b));
    }
    return text.toString();
  }

  private static void checkMagic(ByteBuffer bytes) {
    if (bytes.remaining() < Integer.BYTES || bytes.getInt() != MAGIC) {
      throw new IllegalArgumentException("it does not begin with a Synod handshake");
    }
  }

  private static void put(ByteBuf frame, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(bytes.length, LONGEST_TEXT);
    frame.writeShort(length).writeBytes(bytes, 0, length);
  }

  private static String text(ByteBuffer bytes) {
    int length = bytes.getShort();
    if (length < 0 || length > LONGEST_TEXT || length > bytes.remaining()) {
      throw new IllegalArgumentException("its handshake has a text of length " + length);
    }
    byte[] text = new byte[length];
    bytes.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }
}
