package io.synod.storage.disk;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.LengthFieldPrepender;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.synod.api.storage.StorageException;
import io.synod.api.transport.PeerAddress;
import io.synod.storage.file.Disk;
import io.synod.storage.file.RealDisk;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;

/**
 * Serves disks, which are directories below one, to processes on other hosts: reads and writes for
 * them, and knows nothing of ballots. Thread-safe; {@link #start} and {@link #close} block.
 */
public final class DiskServer implements AutoCloseable {
  private static final int MOST_CONNECTIONS = 256;
  private static final int HELLO_SECONDS = 10;
  /** A host that has vanished lets go of its areas after about half a minute. */
  private static final int KEEPALIVE_SECONDS = 10;
  private static final int KEEPALIVES = 3;
  private static final long CLOSE_SECONDS = 10;

  private final Disk disk;
  private final Path data;
  private final Map<Channel, ExecutorService> connections = new ConcurrentHashMap<>();
  private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(
      1, new DefaultThreadFactory("synod-disk-server", true), NioIoHandler.newFactory());
  private Channel listening;

  private DiskServer(Disk disk, Path data) {
    this.disk = disk;
    this.data = data;
  }

  /**
   * Listens at that address; port 0 takes any.
   *
   * @param data must exist; each disk is a directory in it
   * @throws IOException if the directory cannot be used or the address cannot be had
   */
  public static DiskServer start(Path data, PeerAddress listen) throws IOException {
    return start(new RealDisk(), data, listen);
  }

  static DiskServer start(Disk disk, Path data, PeerAddress listen) throws IOException {
    if (!Files.isDirectory(data)) {
      throw new StorageException("directory " + data + " is missing: make it, or mount the file"
          + " system that it is on");
    }
    DiskServer server = new DiskServer(disk, data.toRealPath());
    try {
      server.listen(listen);
      return server;
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  private void listen(PeerAddress address) throws IOException {
    ServerBootstrap bootstrap = new ServerBootstrap()
        .group(group)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.AUTO_READ, false)
        .childOption(ChannelOption.SO_KEEPALIVE, true)
        .childOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), KEEPALIVE_SECONDS)
        .childOption(
            NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), KEEPALIVE_SECONDS)
        .childOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT), KEEPALIVES)
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
      throw new IOException("cannot listen at " + address + ": " + e.getMessage(), e);
    }
  }

  /** Where it listens. */
  public int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  private void accept(Channel channel) {
    if (connections.size() >= MOST_CONNECTIONS) {
      channel.close();
      return;
    }
    ExecutorService worker = Executors.newSingleThreadExecutor(
        new DefaultThreadFactory("synod-disk-served", true));
    connections.put(channel, worker);
    FrameCut cut = new FrameCut();
    channel.pipeline().addLast(new ReadTimeoutHandler(HELLO_SECONDS), cut,
        new LengthFieldPrepender(Integer.BYTES), new ServedConnection(disk, data, cut, worker));
    channel.closeFuture().addListener(closed -> connections.remove(channel));
    channel.read();
  }

  /** Ends all connections and waits, not for ever, until their areas are let go. */
  @Override
  public void close() {
    if (listening != null) {
      listening.close().awaitUninterruptibly();
    }
    Map<Channel, ExecutorService> open = Map.copyOf(connections);
    open.keySet().forEach(channel -> channel.close().awaitUninterruptibly());
    open.values().forEach(DiskServer::await);
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private static void await(ExecutorService worker) {
    try {
      worker.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
