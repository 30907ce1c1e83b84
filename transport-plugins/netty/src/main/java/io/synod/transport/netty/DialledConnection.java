package io.synod.transport.netty;

import io.netty.channel.ChannelHandlerContext;
import java.nio.ByteBuffer;

/** The dialling side of a connection: says who it is, then waits to be welcomed. */
final class DialledConnection extends FrameReader {
  private final Handshake.Hello hello;
  private final Caller caller;

  /** Who wanted the connection; called on its event loop. */
  interface Caller {
    /** What is wrong with the one that answered; empty when all is well. */
    String objection(Handshake.Answer answer);

    /** The connection may be used. */
    void welcomed(ChannelHandlerContext ctx);

    /** A frame of the other side. */
    void frame(ByteBuffer bytes) throws Exception;

    /** Why the connection comes to its end, if somebody found fault with it. */
    void fault(String reason);

    /** The connection is gone. */
    void gone();
  }

  DialledConnection(Limits limits, Handshake.Hello hello, Caller caller) {
    super(limits);
    this.hello = hello;
    this.caller = caller;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) throws Exception {
    super.channelActive(ctx);
    ctx.writeAndFlush(hello.frame(), ctx.voidPromise());
  }

  @Override
  void frame(ChannelHandlerContext ctx, ByteBuffer bytes) throws Exception {
    if (shaken()) {
      caller.frame(bytes);
      return;
    }
    Handshake.Answer answer = Handshake.Answer.read(bytes);
    String objection =
        answer.refusal().isEmpty() ? caller.objection(answer) : answer.refusal();
    if (objection.isEmpty()) {
      shaken(ctx);
      caller.welcomed(ctx);
    } else {
      end(ctx, objection);
    }
  }

  @Override
  void fault(ChannelHandlerContext ctx, String reason) {
    caller.fault(reason);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    super.channelInactive(ctx);
    caller.gone();
  }
}
