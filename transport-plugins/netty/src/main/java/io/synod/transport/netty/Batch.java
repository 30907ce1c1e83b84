package io.synod.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Frames on their way to one party: small ones are copied together into chunks, large ones are
 * slices of bytes that other batches share. Belongs to one thread at a time.
 */
final class Batch {
  /** Up to here a copy is cheaper than a buffer of its own. */
  static final int SMALL = 4096;

  private static final int CHUNK = 32 * 1024;

  private final List<ByteBuf> buffers = new ArrayList<>(4);
  private ByteBuf tail;
  private long size;

  long size() {
    return size;
  }

  /** A frame of its own. */
  void add(ByteBufAllocator allocator, ByteBuffer content) {
    int length = content.remaining();
    if (tail == null || tail.writableBytes() < length + Integer.BYTES) {
      tail = allocator.directBuffer(Math.max(CHUNK, length + Integer.BYTES));
      buffers.add(tail);
    }
    tail.writeInt(length).writeBytes(content);
    size += length + Integer.BYTES;
  }

  /** A whole frame, length included, that others send too; takes over one reference. */
  void addShared(ByteBuf frame) {
    buffers.add(frame);
    tail = null;
    size += frame.readableBytes();
  }

  /** Writes and flushes all; the future completes with the last of it. */
  ChannelFuture writeTo(Channel channel) {
    int last = buffers.size() - 1;
    for (int i = 0; i < last; i++) {
      channel.write(buffers.get(i), channel.voidPromise());
    }
    return channel.writeAndFlush(buffers.get(last));
  }

  void release() {
    buffers.forEach(ByteBuf::release);
    buffers.clear();
    tail = null;
  }
}
