package io.synod.server.demo;

import io.synod.api.memory.MemoryNode;
import io.synod.testkit.linearizability.Operation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Clients in closed loops of reads and writes, each operation at any node that runs, all recorded.
 * They and the tally live on one thread of their own.
 */
final class MemoryTraffic implements AutoCloseable {
  static final int REGISTERS = 16;
  private static final double READS = 0.7;
  private static final long PAUSE_MILLIS = 5;
  private static final long PACE_MILLIS = 2;

  private final MemoryCluster cluster;
  private final int clients;
  private final Tally tally = new Tally(0);
  private final ScheduledExecutorService thread;
  private final Random random = new Random(1);
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private boolean ending;
  private int waiting;
  private long written;

  MemoryTraffic(MemoryCluster cluster, int clients) {
    this.cluster = cluster;
    this.clients = clients;
    this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
      Thread one = new Thread(task, "synod-demo-clients");
      one.setDaemon(true);
      return one;
    });
  }

  void begin() {
    thread.execute(() -> {
      for (int client = 0; client < clients; client++) {
        next(client);
      }
    });
  }

  /** Runs {@code question} on the clients' thread. */
  <T> T onThread(Function<Tally, T> question) throws InterruptedException {
    try {
      return thread.submit(() -> question.apply(tally)).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a client failed: " + e.getCause(), e.getCause());
    }
  }

  /** Asks nothing new; whether everything was answered in time. */
  boolean end(long millis) throws InterruptedException {
    thread.execute(() -> {
      ending = true;
      checkDrained();
    });
    try {
      drained.orTimeout(millis, TimeUnit.MILLISECONDS).get();
      return true;
    } catch (ExecutionException e) {
      return false; // the time is over
    }
  }

  /** What every node that runs gives for a register, also part of the history. */
  List<Optional<String>> finalReads(String register) throws InterruptedException {
    List<Optional<String>> found = new ArrayList<>();
    for (int i = 0; i < cluster.size(); i++) {
      long invoked = System.nanoTime();
      Optional<String> value = text(cluster.node(i).read(register).toCompletableFuture().join());
      long returned = System.nanoTime();
      found.add(value);
      onThread(t -> {
        t.record(Operation.read(-1, register, value.orElse(null), invoked, returned));
        return null;
      });
    }
    return found;
  }

  static String register(int number) {
    return "register-" + number;
  }

  private void next(int client) {
    if (ending) {
      return;
    }
    MemoryNode node = cluster.node(random.nextInt(cluster.size()));
    if (node == null) {
      after(PAUSE_MILLIS, client);
      return;
    }
    waiting++;
    String register = register(random.nextInt(REGISTERS));
    if (random.nextDouble() < READS) {
      read(client, node, register);
    } else {
      write(client, node, register);
    }
  }

  private void read(int client, MemoryNode node, String register) {
    long invoked = System.nanoTime();
    node.read(register).whenCompleteAsync((value, failure) -> {
      if (failure == null) {
        tally.read(invoked);
        tally.record(Operation.read(
            client, register, text(value).orElse(null), invoked, System.nanoTime()));
      } else {
        tally.refused();
      }
      answered(client, failure == null);
    }, thread);
  }

  private void write(int client, MemoryNode node, String register) {
    String value = client + "-" + ++written;
    long invoked = System.nanoTime();
    node.write(register, value.getBytes(StandardCharsets.UTF_8))
        .whenCompleteAsync((nothing, failure) -> {
          if (failure == null) {
            tally.written(invoked);
          } else {
            tally.indeterminate();
          }
          tally.record(Operation.write(client, register, value, invoked,
              failure == null ? System.nanoTime() : Operation.NEVER));
          answered(client, failure == null);
        }, thread);
  }

  private void answered(int client, boolean well) {
    waiting--;
    checkDrained();
    after(well ? PACE_MILLIS : PAUSE_MILLIS, client);
  }

  private void after(long millis, int client) {
    if (!ending) {
      thread.schedule(() -> next(client), millis, TimeUnit.MILLISECONDS);
    }
  }

  private void checkDrained() {
    if (ending && waiting == 0) {
      drained.complete(null);
    }
  }

  private static Optional<String> text(Optional<byte[]> value) {
    return value.map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
