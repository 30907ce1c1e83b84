package io.synod.server.demo;

import io.synod.api.model.InstanceId;
import io.synod.api.node.Node;
import io.synod.api.replication.ReadMode;
import io.synod.api.replication.ReadOutcome;
import io.synod.server.local.LocalCluster;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Compares what was acknowledged with the state of every replica.
 *
 * @param lost acknowledged increments that some replica lacks, and counters that do not add up
 * @param duplicated increments that some replica applied more than once
 * @param agree whether all replicas gave the same state
 * @param silent replicas that gave no state in time
 * @param state the state of the first replica that answered
 */
record Audit(long lost, long duplicated, boolean agree, List<String> silent, Ledger state) {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final long LITTLE_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long PAUSE_MILLIS = 50;

  /**
   * Asks each of these for its state once it has applied everything acknowledged. Commands with
   * an unknown outcome may still arrive at one before the other, so that states that differ are
   * asked for again for a while.
   */
  static Audit of(LocalCluster cluster, List<Integer> replicas, Tally tally)
      throws InterruptedException {
    long until = System.nanoTime()
        + (tally.indeterminateCount() == 0 ? LITTLE_PATIENCE_NANOS : PATIENCE_NANOS);
    Audit audit = once(cluster, replicas, tally);
    while (!audit.agree && until - System.nanoTime() > 0) {
      pause();
      audit = once(cluster, replicas, tally);
    }
    return audit;
  }

  private static void pause() throws InterruptedException {
    // Nobody counts it down: only the time counts.
    if (new CountDownLatch(1).await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("nobody was to end the pause");
    }
  }

  private static Audit once(LocalCluster cluster, List<Integer> replicas, Tally tally)
      throws InterruptedException {
    List<String> silent = new ArrayList<>();
    List<byte[]> states = new ArrayList<>();
    for (int i : replicas) {
      Optional<byte[]> state = state(cluster.node(i), tally.newest());
      state.ifPresent(states::add);
      if (state.isEmpty()) {
        silent.add(LocalCluster.id(i));
      }
    }
    boolean agree = silent.isEmpty()
        && states.stream().allMatch(state -> Arrays.equals(state, states.get(0)));
    return compare(states, silent, agree, tally);
  }

  private static Audit compare(
      List<byte[]> states, List<String> silent, boolean agree, Tally tally) {
    long lost = states.isEmpty() ? tally.increments() : 0;
    long duplicated = 0;
    Ledger first = null;
    for (byte[] bytes : states) {
      Ledger ledger = Ledger.of(bytes);
      first = first == null ? ledger : first;
      lost = Math.max(lost, lost(ledger, tally));
      duplicated = Math.max(duplicated, ledger.duplicates());
    }
    return new Audit(lost, duplicated, agree, silent, first);
  }

  static long lost(Ledger ledger, Tally tally) {
    long missing = Math.abs(ledger.sum() - ledger.effects());
    for (int client = 0; client < tally.clients(); client++) {
      missing += tally.acknowledged(client).missingIn(ledger.applied(client));
    }
    return missing;
  }

  private static Optional<byte[]> state(Node node, InstanceId atLeast)
      throws InterruptedException {
    if (node == null) {
      return Optional.empty();
    }
    try {
      ReadOutcome outcome = node.read(ReadMode.STALE, atLeast, LedgerMachine.readAll())
          .toCompletableFuture().get(10, TimeUnit.SECONDS);
      return outcome instanceof ReadOutcome.Answer answer
          ? Optional.of(answer.result()) : Optional.empty();
    } catch (ExecutionException | TimeoutException e) {
      return Optional.empty();
    }
  }
}
