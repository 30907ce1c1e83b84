package io.synod.transport.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.synod.api.message.Message;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.api.transport.ClientReceiver;
import io.synod.api.transport.MessageCodec;
import io.synod.api.transport.PeerAddress;
import io.synod.api.transport.Transport;
import io.synod.api.transport.TransportException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A node's end. The node's loop encodes and queues; one task per turn takes all queues over to
 * the event loop that owns the outbound connections. {@link #close} may be called on any thread
 * but those of the transport; calls after it do nothing.
 */
final class NettyTransport implements Transport {
  private static final int BACKLOG = 1024;

  private final Plugins.Local local;
  private final Limits limits;
  private final LimitedLog log;
  private final EventLoops loops;
  private final Resolver resolver;
  private final Dialler dialler;
  private final EventLoop outbound;
  private final TurnEncoder encoder;
  private final Map<NodeId, Outbox> outboxes = new LinkedHashMap<>();
  private final List<Outbox> dirty = new ArrayList<>();
  private volatile Set<String> known = Set.of();
  private volatile Door door;
  private volatile PeerAddress listening;
  private volatile boolean closed;

  NettyTransport(
      Plugins.Local local, Supplier<MessageCodec> codecs, Settings settings, Plugins.Log log) {
    this.local = local;
    this.limits = Limits.of(settings);
    this.log = new LimitedLog(log);
    String threads = "synod-net-" + local.self();
    this.loops = new EventLoops(threads, settings.get(Keys.THREADS), codecs);
    this.resolver = new Resolver(threads + "-names");
    this.dialler = new Dialler(loops, resolver, limits);
    this.outbound = loops.any();
    this.encoder = new TurnEncoder(codecs.get(), ByteBufAllocator.DEFAULT);
    this.listening = local.listen();
  }

  /** Beyond the high mark a channel counts as not writable, and its reader as not reading. */
  static WriteBufferWaterMark waterMark(Limits limits) {
    return new WriteBufferWaterMark(limits.clientQueue() / 2, limits.clientQueue());
  }

  @Override
  public void start(PeerReceiver peers, ClientReceiver clients) throws TransportException {
    Door opening = new Door(local, limits, peers, clients, log, known);
    ServerBootstrap bootstrap = new ServerBootstrap().group(loops.group())
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, waterMark(limits))
        .childHandler(new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel channel) {
            loops.opened(channel);
            channel.pipeline().addLast(
                new InboundConnection(opening, loops.codecOf(channel.eventLoop())));
          }
        });
    PeerAddress wanted = local.listen();
    ChannelFuture bound = bootstrap.bind(wanted.host(), wanted.port()).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      close();
      throw new TransportException("node " + local.self() + " cannot listen at " + wanted + ": "
          + Dialler.why(bound.cause()) + "; give it a free address of this machine",
          bound.cause());
    }
    loops.opened(bound.channel());
    listening = new PeerAddress(
        wanted.host(), ((InetSocketAddress) bound.channel().localAddress()).getPort());
    door = opening;
    // Peers may have been set while the port was being bound.
    opening.known(known);
  }

  @Override
  public void peers(Map<NodeId, PeerAddress> addresses) {
    if (closed) {
      return;
    }
    outboxes.values().removeIf(outbox -> {
      boolean gone = !addresses.containsKey(outbox.peer());
      if (gone) {
        onLoop(outbox.line()::close);
      }
      return gone;
    });
    addresses.forEach((id, address) -> {
      if (!id.equals(local.self())) {
        PeerLine line = outboxes.computeIfAbsent(id, i -> outbox(i, address)).line();
        onLoop(() -> line.moved(address));
      }
    });
    known = outboxes.keySet().stream().map(NodeId::name).collect(Collectors.toUnmodifiableSet());
    if (door != null) {
      door.known(known);
    }
  }

  private Outbox outbox(NodeId peer, PeerAddress address) {
    return new Outbox(peer, new PeerLine(local, peer, address, dialler, outbound, log));
  }

  @Override
  public void send(NodeId to, Message message) {
    Outbox outbox = outboxes.get(to);
    if (outbox == null || closed || !outbox.line().takes()) {
      return;
    }
    int size = encoder.encode(message);
    if (size > limits.maxFrame()) {
      log.warn("large", to, "node " + local.self() + " dropped a message of " + size
          + " bytes for " + to + ": " + Keys.MAX_FRAME.key() + " = " + limits.maxFrame());
    } else if (!outbox.hasRoomFor(size, limits.peerQueue())) {
      log.warn("full", to, "node " + local.self() + " drops messages for " + to + ": "
          + outbox.line().waiting() + " bytes are waiting for it, "
          + Keys.PEER_QUEUE.key() + " = " + limits.peerQueue());
    } else if (outbox.add(encoder)) {
      dirty.add(outbox);
    }
  }

  @Override
  public void flush() {
    encoder.forget();
    if (dirty.isEmpty()) {
      return;
    }
    Turn turn = new Turn(dirty);
    dirty.clear();
    if (!onLoop(turn)) {
      turn.release();
    }
  }

  private boolean onLoop(Runnable task) {
    if (closed) {
      return false;
    }
    try {
      outbound.execute(task);
      return true;
    } catch (RejectedExecutionException e) {
      // Closed between the check and the call.
      return false;
    }
  }

  @Override
  public PeerAddress listening() {
    return listening;
  }

  @Override
  public void close() {
    closed = true;
    resolver.close();
    loops.close();
  }
}
