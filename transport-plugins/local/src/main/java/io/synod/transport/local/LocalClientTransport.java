package io.synod.transport.local;

import io.synod.api.plugin.Settings;
import io.synod.api.transport.ClientReceiver.ClientLink;
import io.synod.api.transport.ClientTransport;
import io.synod.api.transport.PeerAddress;
import io.synod.api.transport.TransportException;
import java.net.ConnectException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A client's end; its listeners are called on its one thread. */
final class LocalClientTransport implements ClientTransport {
  private static final int LEAVING_SECONDS = 10;

  private final String cluster;
  private final Hub hub;
  private final int limit;
  private final ExecutorService executor = new ThreadPoolExecutor(
      1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::thread,
      new ThreadPoolExecutor.DiscardPolicy());
  private final Mailbox mailbox = new Mailbox(executor);
  private final Set<LocalConnection> connections = ConcurrentHashMap.newKeySet();
  private volatile Thread deliverer;
  private volatile boolean closed;

  LocalClientTransport(String cluster, Settings settings, Hub hub) {
    this.cluster = cluster;
    this.hub = hub;
    this.limit = settings.get(LocalTransportPlugin.CLIENT_QUEUE);
  }

  private Thread thread(Runnable task) {
    Thread thread = new Thread(task, "synod-local-client");
    thread.setDaemon(true);
    deliverer = thread;
    return thread;
  }

  @Override
  public CompletionStage<ClientLink> connect(PeerAddress address, Listener listener) {
    LocalTransport node = hub.at(address);
    if (closed || node == null) {
      return failed(address, closed ? "this client is closed" : "no node of this process listens");
    }
    String refusal = node.refusesClient(cluster);
    if (!refusal.isEmpty()) {
      return failed(address, refusal);
    }
    LocalConnection connection =
        new LocalConnection(node, listener, mailbox, limit, connections::remove);
    connections.add(connection);
    node.joined(connection);
    return CompletableFuture.completedFuture(connection.clientEnd());
  }

  private static CompletionStage<ClientLink> failed(PeerAddress address, String why) {
    return CompletableFuture.failedFuture(new TransportException(
        "cannot connect to " + address + ": " + why, new ConnectException(why)));
  }

  @Override
  public void close() {
    closed = true;
    connections.forEach(LocalConnection::close);
    executor.shutdown();
    if (Thread.currentThread() == deliverer) {
      return;
    }
    try {
      if (!executor.awaitTermination(LEAVING_SECONDS, TimeUnit.SECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
