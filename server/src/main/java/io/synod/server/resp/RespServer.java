package io.synod.server.resp;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.synod.api.node.Node;
import io.synod.api.plugin.Settings;
import io.synod.api.transport.PeerAddress;
import io.synod.server.kv.Reply;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Serves Redis clients from a node whose state machine is {@link
 * io.synod.server.kv.KeyValueMachine}. Does not own the node. Thread-safe; {@link #start} and
 * {@link #close} block.
 */
public final class RespServer implements AutoCloseable {
  private static final int CHECK_MILLIS = 100;
  private static final int LOW_WATER = 256 << 10;
  private static final int HIGH_WATER = 1 << 20;
  private static final int BACKLOG = 1024;
  private static final int DRAIN_SECONDS = 3;

  private final Node node;
  private final RespConfig config;
  private final EventLoopGroup group;
  /** The connections of each event loop; each set is touched by its loop only. */
  private final Map<EventExecutor, Set<RespConnection>> connections = new LinkedHashMap<>();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong ids = new AtomicLong();
  private Channel listening;

  /** For that node, with the limits of {@link io.synod.server.ServerSettings}. */
  public RespServer(Node node, Settings settings) {
    this.node = node;
    this.config = RespConfig.of(settings);
    this.group = new MultiThreadIoEventLoopGroup(config.threads(),
        new DefaultThreadFactory("synod-resp", true), NioIoHandler.newFactory());
    for (EventExecutor loop : group) {
      connections.put(loop, new LinkedHashSet<>());
    }
  }

  /** Listens there and returns the port; fails if the address cannot be had. */
  public int start(PeerAddress address) throws IOException {
    try {
      listening = bootstrap().bind(address.host(), address.port()).sync().channel();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while binding " + address, e);
    } catch (Exception e) { // Netty throws the checked cause undeclared
      group.shutdownGracefully();
      throw new IOException(e.getMessage(), e);
    }
    connections.forEach((loop, own) -> loop.scheduleWithFixedDelay(
        () -> check(own), CHECK_MILLIS, CHECK_MILLIS, TimeUnit.MILLISECONDS));
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  private ServerBootstrap bootstrap() {
    return new ServerBootstrap()
        .group(group)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_REUSEADDR, true)
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK,
            new WriteBufferWaterMark(LOW_WATER, HIGH_WATER))
        .childHandler(new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel channel) {
            accept(channel);
          }
        });
  }

  private void accept(Channel channel) {
    if (open.incrementAndGet() > config.maxConnections()) {
      open.decrementAndGet();
      channel.writeAndFlush(Unpooled.wrappedBuffer(
              Reply.error("ERR max number of clients reached (synod.resp.max-connections)")))
          .addListener(ChannelFutureListener.CLOSE);
      return;
    }
    RespConnection connection = new RespConnection(this, config);
    connections.get(channel.eventLoop()).add(connection);
    channel.closeFuture().addListener(
        closed -> {
          connections.get(channel.eventLoop()).remove(connection);
          open.decrementAndGet();
        });
    channel.pipeline().addLast(connection);
  }

  private static void check(Set<RespConnection> own) {
    long now = System.nanoTime();
    List.copyOf(own).forEach(connection -> connection.check(now));
  }

  Node node() {
    return node;
  }

  long nextId() {
    return ids.incrementAndGet();
  }

  /** Takes no more requests, answers those that are there for a few seconds, and stops. */
  @Override
  public void close() {
    if (group.isShuttingDown()) {
      return;
    }
    if (listening != null) {
      listening.close().syncUninterruptibly();
    }
    connections.forEach((loop, own) -> loop.execute(
        () -> List.copyOf(own).forEach(RespConnection::closeWhenAnswered)));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DRAIN_SECONDS);
    boolean waiting = true;
    while (waiting && open.get() > 0 && System.nanoTime() < deadline) {
      waiting = waitALittle();
    }
    group.shutdownGracefully(0, DRAIN_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  /** By a turn of each loop, a few milliseconds from now. */
  private boolean waitALittle() {
    for (EventExecutor loop : connections.keySet()) {
      if (!loop.schedule(() -> { }, 2, TimeUnit.MILLISECONDS).awaitUninterruptibly(CHECK_MILLIS)) {
        return false;
      }
    }
    return true;
  }
}
