package io.synod.transport.netty;

import io.netty.util.NetUtil;
import io.netty.util.concurrent.EventExecutor;
import io.synod.api.transport.PeerAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Looks names up anew for each connect, on a thread of its own: the look-up of the JDK blocks,
 * and a name server that does not answer must not hold up the sockets of other peers. The thread
 * exists only while there are names, not addresses, to look up.
 */
final class Resolver implements AutoCloseable {
  private static final int IDLE_SECONDS = 10;

  private final ThreadPoolExecutor executor;

  Resolver(String threadName) {
    executor = new ThreadPoolExecutor(
        1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
        task -> thread(task, threadName));
    executor.allowCoreThreadTimeOut(true);
  }

  private static Thread thread(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Calls back on {@code loop} with the address or the failure; a name with several addresses
   * yields them in turn from one attempt to the next.
   */
  void resolve(
      PeerAddress address, int attempt, EventExecutor loop,
      BiConsumer<InetSocketAddress, Throwable> then) {
    if (NetUtil.createByteArrayFromIpAddressString(address.host()) != null) {
      InetSocketAddress literal = new InetSocketAddress(address.host(), address.port());
      loop.execute(() -> then.accept(literal, null));
      return;
    }
    try {
      executor.execute(() -> lookUp(address, attempt, loop, then));
    } catch (RejectedExecutionException e) {
      loop.execute(() -> then.accept(null, e));
    }
  }

  private static void lookUp(
      PeerAddress address, int attempt, EventExecutor loop,
      BiConsumer<InetSocketAddress, Throwable> then) {
    InetSocketAddress found = null;
    Throwable failure = null;
    try {
      InetAddress[] all = InetAddress.getAllByName(address.host());
      found = new InetSocketAddress(all[Math.floorMod(attempt, all.length)], address.port());
    } catch (UnknownHostException e) {
      failure = e;
    }
    InetSocketAddress result = found;
    Throwable cause = failure;
    try {
      loop.execute(() -> then.accept(result, cause));
    } catch (RejectedExecutionException e) {
      // The transport was closed while the name was looked up: nobody waits for it any more.
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
