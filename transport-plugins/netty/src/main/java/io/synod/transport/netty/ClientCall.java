package io.synod.transport.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.synod.api.transport.ClientReceiver.ClientLink;
import io.synod.api.transport.ClientTransport;
import io.synod.api.transport.MessageCodec;
import io.synod.api.transport.PeerAddress;
import io.synod.api.transport.TransportException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/** One connection of a client, from dialling to its end. Event loop only. */
final class ClientCall implements DialledConnection.Caller {
  private final PeerAddress node;
  private final ClientTransport.Listener listener;
  private final Dialler dialler;
  private final LimitedLog log;
  private final CompletableFuture<ClientLink> made;
  private MessageCodec codec;
  private boolean welcome;
  private String fault = "the connection was closed during the handshake";

  ClientCall(
      PeerAddress node, ClientTransport.Listener listener, Dialler dialler, LimitedLog log,
      CompletableFuture<ClientLink> made) {
    this.node = node;
    this.listener = listener;
    this.dialler = dialler;
    this.log = log;
    this.made = made;
  }

  void connected(Channel channel, Throwable failure) {
    if (failure != null) {
      fail(Dialler.why(failure), failure);
    }
  }

  private void fail(String why, Throwable cause) {
    made.completeExceptionally(
        new TransportException("cannot connect to " + node + ": " + why, cause));
  }

  @Override
  public String objection(Handshake.Answer answer) {
    return "";
  }

  @Override
  public void welcomed(ChannelHandlerContext ctx) {
    welcome = true;
    codec = dialler.loops().codecOf(ctx.channel().eventLoop());
    made.complete(new Link(ctx.channel(), codec, dialler.limits().maxFrame(), log));
  }

  @Override
  public void frame(ByteBuffer bytes) throws Exception {
    listener.onMessage(codec.decodeClient(bytes));
  }

  @Override
  public void fault(String reason) {
    fault = reason;
    if (welcome) {
      log.warn("line", node, "the connection to " + node + " is closed: " + reason);
    }
  }

  @Override
  public void gone() {
    if (welcome) {
      listener.onClosed();
    } else {
      fail(fault, new ConnectException(fault));
    }
  }
}
