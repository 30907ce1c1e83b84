package io.synod.server.demo;

import io.synod.api.plugin.Settings;
import io.synod.api.transport.ClientTransport;
import io.synod.api.transport.PeerAddress;
import io.synod.client.ClientTransports;
import io.synod.client.SynodClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** All clients of the demo: some recorded, the others for load. */
final class Traffic implements AutoCloseable {
  static final int RECORDED_COUNTERS = 4;
  static final int LOAD_COUNTERS = 8;
  static final int COUNTERS = RECORDED_COUNTERS + LOAD_COUNTERS;
  private static final int LOOPS_PER_LOAD_CLIENT = 32;

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(task -> {
        Thread daemon = new Thread(task, "demo-clients");
        daemon.setDaemon(true);
        return daemon;
      });
  private final ClientTransport transport;
  private final List<SynodClient> connections = new ArrayList<>();
  private final List<DemoClient> clients = new ArrayList<>();
  private final Tally tally;

  Traffic(String cluster, String transport, List<PeerAddress> nodes, int count) {
    this.tally = new Tally(count);
    this.transport = ClientTransports.open(transport, cluster, Settings.DEFAULTS);
    for (int i = 0; i < count; i++) {
      SynodClient connection = SynodClient.builder(cluster).nodes(nodes)
          .transport(this.transport).executor(thread).build();
      connections.add(connection);
      clients.add(i < recorded(count)
          ? new RecordedClient(i, connection, tally, thread, RECORDED_COUNTERS)
          : new LoadClient(i, connection, tally, thread, RECORDED_COUNTERS, LOAD_COUNTERS));
    }
  }

  /** A quarter of the clients, at least two if there are two. */
  static int recorded(int clients) {
    return Math.min(clients, Math.max(2, clients / 4));
  }

  void begin() {
    for (DemoClient client : clients) {
      client.begin(client instanceof LoadClient ? LOOPS_PER_LOAD_CLIENT : 1);
    }
  }

  /** Waits until every client has an answer to everything; false after that time. */
  boolean end(long millis) throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(clients.size());
    clients.forEach(client -> client.end(ended::countDown));
    return ended.await(millis, TimeUnit.MILLISECONDS);
  }

  /** Runs on the clients' thread and waits for it. */
  <T> T onThread(Function<Tally, T> question) throws InterruptedException {
    FutureTask<T> task = new FutureTask<>(() -> question.apply(tally));
    thread.execute(task);
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a look at the tally failed", e);
    }
  }

  void tell(Consumer<Tally> fact) {
    thread.execute(() -> fact.accept(tally));
  }

  /** Ends the clients, and then the thread that everything runs on. */
  @Override
  public void close() {
    connections.forEach(SynodClient::close);
    transport.close();
    thread.shutdown();
  }
}
