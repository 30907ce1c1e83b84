package io.synod.server.admin;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.synod.api.node.Node;
import io.synod.api.plugin.Settings;
import io.synod.api.transport.PeerAddress;
import io.synod.server.ServerSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Status, probes, snapshots and members of a node over HTTP. Does not own the node. Thread-safe;
 * {@link #start} and {@link #close} block.
 */
public final class AdminServer implements AutoCloseable {
  private static final int LONGEST_LINE = 4 << 10;
  private static final int LARGEST_HEADERS = 8 << 10;
  private static final int CHUNK = 8 << 10;

  private final AdminApi api;
  private final int maxConnections;
  private final Duration stall;
  private final AtomicInteger open = new AtomicInteger();
  private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(
      1, new DefaultThreadFactory("synod-admin", true), NioIoHandler.newFactory());
  private Channel listening;

  /** For that node and its directory. */
  public AdminServer(Node node, DiskUse diskUse, Settings settings) {
    this.api = new AdminApi(node, diskUse);
    this.maxConnections = settings.get(ServerSettings.ADMIN_MAX_CONNECTIONS);
    this.stall = settings.get(ServerSettings.ADMIN_STALL_TIMEOUT);
  }

  /** Listens there and returns the port; fails if the address cannot be had. */
  public int start(PeerAddress address) throws IOException {
    ServerBootstrap bootstrap = new ServerBootstrap()
        .group(group)
        .channel(NioServerSocketChannel.class)
        .childHandler(new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel channel) {
            accept(channel);
          }
        });
    try {
      listening = bootstrap.bind(address.host(), address.port()).sync().channel();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while binding " + address, e);
    } catch (Exception e) { // Netty throws the checked cause undeclared
      group.shutdownGracefully();
      throw new IOException(e.getMessage(), e);
    }
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  private void accept(Channel channel) {
    channel.closeFuture().addListener(closed -> open.decrementAndGet());
    if (open.incrementAndGet() > maxConnections) {
      channel.close();
      return;
    }
    channel.pipeline().addLast(
        new HttpServerCodec(LONGEST_LINE, LARGEST_HEADERS, CHUNK),
        new AdminHandler(api, stall));
  }

  @Override
  public void close() {
    if (listening != null && listening.isOpen()) {
      listening.close().syncUninterruptibly();
    }
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
