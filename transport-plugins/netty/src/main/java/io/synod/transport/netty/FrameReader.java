package io.synod.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Cuts the stream into frames, watches for silence and for a handshake that does not end. A
 * length beyond the limit closes the connection before anything is allocated for it; what is
 * buffered is never more than what was received.
 *
 * <p>Both sides send an empty frame in each ping interval of their own accord: an answer to the
 * other side's would have to wait behind all that is queued on a slow line, and look like silence.
 */
abstract class FrameReader extends ByteToMessageDecoder {
  private static final int SHOWN = 16;
  private static final ByteBuf HEARTBEAT =
      Unpooled.unreleasableBuffer(Unpooled.buffer(4, 4).writeInt(0)).asReadOnly();

  private final Limits limits;
  private boolean shaken;
  private boolean done;
  private boolean heard;
  private int silence;
  private ScheduledFuture<?> watch;

  FrameReader(Limits limits) {
    this.limits = limits;
  }

  /** A whole frame of at least one byte; the buffer is valid during the call. */
  abstract void frame(ChannelHandlerContext ctx, ByteBuffer bytes) throws Exception;

  /** The connection is about to be closed for this reason. */
  abstract void fault(ChannelHandlerContext ctx, String reason);

  final boolean shaken() {
    return shaken;
  }

  /** From now on frames are large, and silence is watched. */
  final void shaken(ChannelHandlerContext ctx) {
    shaken = true;
    watch.cancel(false);
    watch = ctx.executor().scheduleWithFixedDelay(
        () -> watch(ctx), limits.pingMillis(), limits.pingMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) throws Exception {
    watch = ctx.executor().schedule(
        () -> end(ctx, "no handshake within " + limits.handshakeMillis() + "ms"),
        limits.handshakeMillis(), TimeUnit.MILLISECONDS);
    super.channelActive(ctx);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    done = true;
    if (watch != null) {
      watch.cancel(false);
    }
    super.channelInactive(ctx);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
    heard = true;
    super.channelRead(ctx, message);
  }

  @Override
  protected final void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out)
      throws Exception {
    while (!done && in.readableBytes() >= Integer.BYTES) {
      int length = in.getInt(in.readerIndex());
      if (length < 0 || length > (shaken ? limits.maxFrame() : Handshake.MAX_FRAME)) {
        end(ctx, tooLong(length, in));
      } else if (in.readableBytes() - Integer.BYTES < length) {
        return;
      } else {
        in.skipBytes(Integer.BYTES);
        take(ctx, in, length);
      }
    }
    if (done) {
      in.skipBytes(in.readableBytes());
    }
  }

  private void take(ChannelHandlerContext ctx, ByteBuf in, int length) throws Exception {
    if (length > 0) {
      int start = in.readerIndex();
      in.skipBytes(length);
      frame(ctx, in.internalNioBuffer(start, length));
    } else if (!shaken) {
      end(ctx, "it does not begin with a Synod handshake");
    }
  }

  private String tooLong(int length, ByteBuf in) {
    return shaken
        ? "a frame of " + Integer.toUnsignedString(length) + " bytes is announced, "
            + Keys.MAX_FRAME.key() + " = " + limits.maxFrame()
        : "it does not begin with a Synod handshake but with '" + Handshake.show(in, SHOWN) + "'";
  }

  private void watch(ChannelHandlerContext ctx) {
    silence = heard ? 0 : silence + 1;
    heard = false;
    if (silence >= limits.silentPings()) {
      end(ctx, "nothing was heard for " + silence * limits.pingMillis() + "ms");
    } else {
      ctx.writeAndFlush(HEARTBEAT.duplicate(), ctx.voidPromise());
    }
  }

  /** Closes the connection, telling why once. */
  final void end(ChannelHandlerContext ctx, String reason) {
    if (!done) {
      done = true;
      fault(ctx, reason);
      ctx.close();
    }
  }

  /** Reads no more, as the connection is being closed. */
  final void stopReading() {
    done = true;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof IOException) {
      // The other side went away: closing tells everybody who has to know.
      ctx.close();
    } else {
      Throwable root = cause.getCause() == null ? cause : cause.getCause();
      end(ctx, root.toString());
    }
  }
}
