package io.synod.transport.netty;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.synod.api.model.NodeId;
import io.synod.api.transport.MessageCodec;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** A connection that somebody made to this node: a newcomer, then a peer or a client. */
final class InboundConnection extends FrameReader {
  private final Door door;
  private final MessageCodec codec;
  private boolean counted;
  private NodeId peer;
  private Link client;

  InboundConnection(Door door, MessageCodec codec) {
    super(door.limits());
    this.door = door;
    this.codec = codec;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) throws Exception {
    counted = door.newcomer();
    super.channelActive(ctx);
    if (!counted) {
      door.log().warn("full", "", door.name() + " closes new connections: "
          + Keys.MAX_CONNECTIONS.key() + " = " + door.limits().maxConnections()
          + " have not finished their handshake");
      stopReading();
      ctx.close();
    }
  }

  @Override
  void frame(ChannelHandlerContext ctx, ByteBuffer bytes) throws Exception {
    if (peer != null) {
      door.peers().onMessage(peer, codec.decode(bytes));
    } else if (client != null) {
      door.clients().onClientMessage(client, codec.decodeClient(bytes));
    } else {
      greet(ctx, Handshake.Hello.read(bytes));
    }
  }

  private void greet(ChannelHandlerContext ctx, Handshake.Hello hello) {
    Handshake.Answer answer = door.answer(hello);
    if (!answer.refusal().isEmpty()) {
      refuse(ctx, hello, answer);
      return;
    }
    ctx.writeAndFlush(answer.frame(), ctx.voidPromise());
    forgetNewcomer();
    shaken(ctx);
    if (hello.client()) {
      client = new Link(ctx.channel(), codec, door.limits().maxFrame(), door.log());
    } else {
      peer = NodeId.of(hello.id());
      door.peerIn(peer, ctx.channel());
    }
  }

  private void refuse(
      ChannelHandlerContext ctx, Handshake.Hello hello, Handshake.Answer answer) {
    String caller = hello.client() ? "a client" : "node " + hello.id();
    door.log().warn("refused", caller + host(ctx), door.name() + " refuses " + caller + " from "
        + ctx.channel().remoteAddress() + ": " + answer.refusal());
    stopReading();
    ctx.writeAndFlush(answer.frame()).addListener(ChannelFutureListener.CLOSE);
  }

  /** Whoever does not read is cut off, before what waits for it takes up the memory. */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) throws Exception {
    if (!ctx.channel().isWritable()) {
      end(ctx, "it does not read, more than " + Keys.CLIENT_QUEUE.key() + " = "
          + door.limits().clientQueue() + " bytes are waiting for it");
    }
    super.channelWritabilityChanged(ctx);
  }

  @Override
  void fault(ChannelHandlerContext ctx, String reason) {
    door.log().warn("fault", who() + host(ctx), door.name() + " closes the connection of " + who()
        + " from " + ctx.channel().remoteAddress() + ": " + reason);
  }

  private String who() {
    return peer != null ? "node " + peer : client != null ? "a client" : "a stranger";
  }

  private static String host(ChannelHandlerContext ctx) {
    return ctx.channel().remoteAddress() instanceof InetSocketAddress address
        ? address.getHostString() : "";
  }

  private void forgetNewcomer() {
    if (counted) {
      counted = false;
      door.newcomerGone();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    forgetNewcomer();
    if (peer != null) {
      door.peerOut(peer, ctx.channel());
    } else if (client != null) {
      door.clientGone();
      door.clients().onClientClosed(client);
    }
    super.channelInactive(ctx);
  }
}
