package io.synod.transport.netty;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.synod.api.transport.MessageCodec;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The threads of one transport, its open channels, and one codec for each thread. */
final class EventLoops implements AutoCloseable {
  private static final int LEAVING_SECONDS = 10;

  private final EventLoopGroup group;
  private final Supplier<MessageCodec> makeCodec;
  private final Map<EventLoop, MessageCodec> codecs = new ConcurrentHashMap<>();
  private final ChannelGroup channels =
      new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

  EventLoops(String name, int threads, Supplier<MessageCodec> makeCodec) {
    this.makeCodec = makeCodec;
    AtomicInteger count = new AtomicInteger();
    ThreadFactory factory = task -> thread(task, name, count.getAndIncrement());
    group = new MultiThreadIoEventLoopGroup(threads, factory, NioIoHandler.newFactory());
  }

  /** Daemons: a node lives as long as its owner keeps it open, not as long as its sockets. */
  private static Thread thread(Runnable task, String name, int number) {
    Thread thread = new FastThreadLocalThread(
        task, number == 0 ? name : name + "-" + number);
    thread.setDaemon(true);
    return thread;
  }

  EventLoopGroup group() {
    return group;
  }

  EventLoop any() {
    return group.next();
  }

  MessageCodec codecOf(EventLoop loop) {
    return codecs.computeIfAbsent(loop, l -> makeCodec.get());
  }

  /** Has it closed with the transport; at once if the transport is closed already. */
  void opened(Channel channel) {
    channels.add(channel);
  }

  /**
   * Closes all channels, later ones too, and ends the threads. Returns when they have ended,
   * unless it is called on one of them.
   */
  @Override
  public void close() {
    boolean inside = false;
    for (EventExecutor loop : group) {
      inside |= loop.inEventLoop();
    }
    if (inside) {
      channels.close();
      group.shutdownGracefully(0, LEAVING_SECONDS, TimeUnit.SECONDS);
    } else {
      channels.close().awaitUninterruptibly();
      group.shutdownGracefully(0, LEAVING_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }
  }
}
