package io.synod.storage.disk;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** Hands each answer of a disk server to whoever waits for it; one at a time does. */
final class AnswerHandler extends SimpleChannelInboundHandler<ByteBuf> {
  private final AtomicReference<CompletableFuture<byte[]>> waiting =
      new AtomicReference<>(new CompletableFuture<>());

  /** The next answer. */
  CompletableFuture<byte[]> expect() {
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    waiting.set(answer);
    return answer;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, ByteBuf frame) {
    if (!waiting.get().complete(ByteBufUtil.getBytes(frame))) {
      ctx.close(); // an answer that nobody has asked for
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    waiting.get().completeExceptionally(new IOException("the connection was closed"));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    waiting.get().completeExceptionally(cause);
    ctx.close();
  }
}
