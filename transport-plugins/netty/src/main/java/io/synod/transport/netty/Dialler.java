package io.synod.transport.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.synod.api.transport.PeerAddress;
import java.net.InetSocketAddress;
import java.util.function.BiConsumer;

/** Makes connections: looks the name up, connects, and puts the handler in place. */
final class Dialler {
  private final EventLoops loops;
  private final Resolver resolver;
  private final Limits limits;

  Dialler(EventLoops loops, Resolver resolver, Limits limits) {
    this.loops = loops;
    this.resolver = resolver;
    this.limits = limits;
  }

  Limits limits() {
    return limits;
  }

  EventLoops loops() {
    return loops;
  }

  /** What an exception says, or at least which one it is. */
  static String why(Throwable failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  /** Calls {@code then} on the loop, with a connection that is just made or with the failure. */
  void dial(
      PeerAddress address, int attempt, EventLoop loop, DialledConnection handler,
      BiConsumer<Channel, Throwable> then) {
    resolver.resolve(address, attempt, loop, (resolved, failure) -> {
      if (failure != null) {
        then.accept(null, failure);
      } else {
        connect(resolved, loop, handler, then);
      }
    });
  }

  private void connect(
      InetSocketAddress address, EventLoop loop, DialledConnection handler,
      BiConsumer<Channel, Throwable> then) {
    Bootstrap bootstrap = new Bootstrap().group(loop).channel(NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, limits.connectMillis())
        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, NettyTransport.waterMark(limits))
        .handler(handler);
    bootstrap.connect(address).addListener((ChannelFutureListener) future -> {
      if (future.isSuccess()) {
        loops.opened(future.channel());
      }
      then.accept(future.channel(), future.cause());
    });
  }
}
