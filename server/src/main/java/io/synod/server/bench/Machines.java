package io.synod.server.bench;

import io.synod.api.replication.StateMachine;
import io.synod.server.cli.CommandFailed;
import io.synod.server.local.LocalCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The state machines of a cluster whose nodes are started in their order. One thread. */
public final class Machines implements Supplier<StateMachine> {
  private static final long PATIENCE_SECONDS = 60;
  private static final int TICK_MILLIS = 1;

  private final List<CountingMachine> machines = new ArrayList<>();
  private final CountDownLatch never = new CountDownLatch(1);
  private CountingMachine newest;

  /** For the next node. */
  @Override
  public StateMachine get() {
    newest = new CountingMachine();
    machines.add(newest);
    return newest;
  }

  /** How many commands are in the state of a node. */
  public long commands(int node) {
    return machines.get(node).commands();
  }

  /** Waits until so many commands are in the state of a node. */
  public void await(int node, long commands) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (commands(node) < commands) {
      if (until - System.nanoTime() < 0) {
        throw CommandFailed.failed("waited " + PATIENCE_SECONDS + " s in vain for "
            + LocalCluster.id(node) + " to have applied " + commands + " commands");
      }
      never.await(TICK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /**
   * Stops a node in order and starts it again.
   *
   * @return nanoseconds from its start until all commands that it had are in its state again
   */
  public long restart(LocalCluster cluster, int node) throws InterruptedException {
    long had = commands(node);
    cluster.stop(node);
    long from = System.nanoTime();
    cluster.start(node);
    machines.remove(newest);
    machines.set(node, newest);
    await(node, had);
    return System.nanoTime() - from;
  }
}
