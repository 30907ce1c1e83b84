package io.synod.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Redis clients that increment without pause while nodes come and go. Each retries an increment
 * under the same number, at any node, until it is acknowledged. On a counter of its own its n-th
 * increment must yield n: less means that one was lost, more that one took effect twice. Every
 * second increment goes to a counter that all share.
 */
final class Incrementers implements AutoCloseable {
  private final Cluster cluster;
  private final String name;
  private final List<Thread> threads = new ArrayList<>();
  private final List<AtomicLong> own = new ArrayList<>();
  private final AtomicLong shared = new AtomicLong();
  private final AtomicReferenceArray<String> refused;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch pauses = new CountDownLatch(1);
  private final AtomicBoolean abandoned = new AtomicBoolean();
  private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();

  Incrementers(Cluster cluster, String name, int clients) {
    this.cluster = cluster;
    this.name = name;
    this.refused = new AtomicReferenceArray<>(clients);
    for (int i = 0; i < clients; i++) {
      int client = i;
      own.add(new AtomicLong());
      Thread thread = new Thread(() -> run(client), name + "-" + i);
      thread.setDaemon(true);
      threads.add(thread);
    }
    threads.forEach(Thread::start);
  }

  private void run(int client) {
    int node = cluster.members().get(client % Cluster.SIZE);
    long sequence = 0;
    while (!abandoned.get()) {
      try (Jedis redis = cluster.redis(node)) {
        do {
          increment(redis, client, sequence);
          sequence++;
        } while (stop.getCount() > 0);
        return;
      } catch (JedisException e) {
        refused.set(client, "at " + Cluster.id(node) + ": " + e.getMessage());
        if (e instanceof JedisDataException && !mayBeTriedAgain(e.getMessage())) {
          wrong.add(refused.get(client));
          return;
        }
        node = another(node);
        pause();
      } catch (AssertionError | RuntimeException e) {
        wrong.add(Thread.currentThread().getName() + " at " + sequence + ": " + e);
        return;
      }
    }
  }

  private static boolean mayBeTriedAgain(String error) {
    return Stream.of("TIMEOUT ", "UNAVAILABLE ", "BUSY ").anyMatch(error::startsWith);
  }

  private int another(int node) {
    List<Integer> others = cluster.members().stream().filter(i -> i != node).toList();
    return others.get(ThreadLocalRandom.current().nextInt(others.size()));
  }

  private void increment(Jedis redis, int client, long sequence) {
    String once = name + "-" + client;
    if (sequence % 2 == 1) {
      Once.incr(redis, once, sequence, name + ":shared");
      shared.incrementAndGet();
      return;
    }
    long answer = Once.incr(redis, once, sequence, name + ":" + client);
    assertThat(answer).isEqualTo(sequence / 2 + 1);
    own.get(client).incrementAndGet();
  }

  /** So that a refusal at once, from a node without a leader, does not become a storm. */
  private void pause() {
    try {
      pauses.await(20, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      abandoned.set(true);
    }
  }

  /** Waits until every client has had so many more increments acknowledged. */
  void awaitMore(int each) {
    List<Long> goals = own.stream().map(counter -> counter.get() + each).toList();
    await().atMost(Child.PATIENCE).untilAsserted(() -> assertThat(wrong.isEmpty()
        && IntStream.range(0, goals.size()).anyMatch(i -> own.get(i).get() < goals.get(i)))
        .as(() -> own + " instead of " + goals + "; last refused " + refused).isFalse());
    assertThat(wrong).isEmpty();
  }

  /** Ends the clients, each after an acknowledgement, and compares what nodes hold with them. */
  void endAndCheck() {
    stop.countDown();
    join();
    assertThat(threads).as("every client got its last increment acknowledged")
        .noneMatch(Thread::isAlive);
    assertThat(wrong).isEmpty();
    Map<String, String> held = cluster.awaitAgreement();
    for (int i = 0; i < own.size(); i++) {
      assertThat(held).containsEntry(name + ":" + i, Long.toString(own.get(i).get()));
    }
    assertThat(held).containsEntry(name + ":shared", Long.toString(shared.get()));
  }

  private void join() {
    try {
      for (Thread thread : threads) {
        thread.join(Child.PATIENCE.toMillis());
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    stop.countDown();
    abandoned.set(true);
    join();
  }
}
