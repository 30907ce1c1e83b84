package io.synod.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.synod.api.message.Message;
import io.synod.api.transport.MessageCodec;
import java.nio.ByteBuffer;

/**
 * Encodes the loop's messages; one that is sent to several peers in a row is encoded once, and if
 * it is large its bytes exist once. Loop thread only.
 */
final class TurnEncoder {
  private final MessageCodec codec;
  private final ByteBufAllocator allocator;
  private Message last;
  private ByteBuffer encoded;
  private ByteBuf shared;

  TurnEncoder(MessageCodec codec, ByteBufAllocator allocator) {
    this.codec = codec;
    this.allocator = allocator;
  }

  /** Its length without the header; the message stays the current one. */
  int encode(Message message) {
    if (message != last) {
      forget();
      encoded = codec.encode(message);
      last = message;
    }
    return encoded.remaining();
  }

  /** Adds the current message to a batch. */
  void addTo(Batch batch) {
    if (encoded.remaining() <= Batch.SMALL) {
      batch.add(allocator, encoded.duplicate());
    } else {
      batch.addShared(shared().retainedDuplicate());
    }
  }

  private ByteBuf shared() {
    if (shared == null) {
      shared = allocator.directBuffer(Integer.BYTES + encoded.remaining());
      shared.writeInt(encoded.remaining()).writeBytes(encoded.duplicate());
    }
    return shared;
  }

  /** At the end of a turn: keeps nothing alive. */
  void forget() {
    last = null;
    if (shared != null) {
      shared.release();
      shared = null;
    }
  }
}
