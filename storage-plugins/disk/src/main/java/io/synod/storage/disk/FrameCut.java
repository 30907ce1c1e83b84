package io.synod.storage.disk;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.TooLongFrameException;
import java.nio.ByteOrder;

/** Cuts a stream into frames; until the hello is done only short ones are let through. */
final class FrameCut extends LengthFieldBasedFrameDecoder {
  private volatile long longest = Wire.HELLO_BYTES;

  FrameCut() {
    super(Wire.FRAME_BYTES, 0, Integer.BYTES, 0, Integer.BYTES);
  }

  /** From now on frames are long. Any thread. */
  void greeted() {
    longest = Wire.FRAME_BYTES;
  }

  @Override
  protected long getUnadjustedFrameLength(ByteBuf in, int offset, int length, ByteOrder order) {
    long announced = super.getUnadjustedFrameLength(in, offset, length, order);
    if (announced > longest) {
      throw new TooLongFrameException("a frame of " + announced + " bytes is announced");
    }
    return announced;
  }
}
