package io.synod.server.bench;

import io.synod.api.plugin.Settings;
import io.synod.api.replication.Outcome;
import io.synod.client.ClientSettings;
import io.synod.client.SynodClient;
import io.synod.server.cli.CommandFailed;
import io.synod.server.cli.Progress;
import io.synod.server.local.LocalCluster;
import io.synod.server.local.NodeStarter;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Measures what a plan asks for. One thread; blocks. */
final class BenchRun {
  private static final long RECOVERY_SECONDS = 60;
  private static final long UNTAKEN_PAUSE = 5;

  private final BenchPlan plan;
  private final NodeStarter starter;
  private final Progress progress;
  private final Machines machines = new Machines();
  private final Map<Integer, BenchResult> results = new LinkedHashMap<>();
  private final PhysicalLimits limits = new PhysicalLimits();
  private final CountDownLatch never = new CountDownLatch(1);
  private Recovery recovery;

  BenchRun(BenchPlan plan, NodeStarter starter, Progress progress) {
    this.plan = plan;
    this.starter = starter;
    this.progress = progress;
  }

  void run(boolean withRecovery) throws IOException, InterruptedException {
    progress.show("measuring one force and one round trip");
    limits.measure(plan.directory(), plan.payload());
    ScheduledExecutorService later = ClosedLoop.retries();
    try (LocalCluster cluster = new LocalCluster(BenchPlan.CLUSTER, plan.nodes(), 0,
        plan.directory(), plan.keys(), machines, starter)) {
      cluster.start();
      cluster.awaitLeader();
      for (int round = 1; round <= plan.rounds(); round++) {
        for (int outstanding : plan.outstanding()) {
          progress.show("round " + round + ": " + outstanding + " outstanding");
          measure(cluster, outstanding, later);
        }
        limits.measure(plan.directory(), plan.payload());
      }
      if (withRecovery) {
        progress.show("measuring restart and failover");
        recovery = recover(cluster);
      }
    } finally {
      later.shutdownNow();
    }
  }

  private void measure(LocalCluster cluster, int outstanding, ScheduledExecutorService later)
      throws InterruptedException {
    if (plan.via() == BenchPlan.Via.client) {
      try (SynodClient client = client(cluster)) {
        measure(client::submit, outstanding, later);
      }
    } else {
      measure(cluster.node(cluster.awaitLeader())::submit, outstanding, later);
    }
  }

  private SynodClient client(LocalCluster cluster) {
    Settings settings = Settings.DEFAULTS.with(ClientSettings.OUTSTANDING, 1 << 20);
    return SynodClient.builder(BenchPlan.CLUSTER).nodes(cluster.addresses())
        .settings(settings).executor(Runnable::run).build();
  }

  private void measure(
      Function<byte[], CompletionStage<Outcome>> door, int outstanding,
      ScheduledExecutorService later) throws InterruptedException {
    long millis = TimeUnit.SECONDS.toMillis(plan.seconds());
    ClosedLoop load = new ClosedLoop(door, outstanding, plan.payload(), later);
    load.begin();
    load.measure(plan.warmUpMillis());
    ClosedLoop.Stretch stretch = load.measure(millis);
    load.end();
    results.computeIfAbsent(outstanding, n -> new BenchResult(plan, n)).add(stretch);
  }

  private Recovery recover(LocalCluster cluster) throws InterruptedException {
    int follower = (cluster.awaitLeader() + 1) % plan.nodes();
    long commands = machines.commands(follower);
    long replay = TimeUnit.NANOSECONDS.toMillis(machines.restart(cluster, follower));
    return new Recovery(commands, replay, failover(cluster, follower));
  }

  private long failover(LocalCluster cluster, int survivor) throws InterruptedException {
    cluster.kill(cluster.awaitLeader());
    long from = System.nanoTime();
    while (!(applied(cluster, survivor) instanceof Outcome.Applied)) {
      if (millisSince(from) > TimeUnit.SECONDS.toMillis(RECOVERY_SECONDS)) {
        throw CommandFailed.failed("no new leader took a command within " + RECOVERY_SECONDS
            + " s of the kill of the old one");
      }
      never.await(UNTAKEN_PAUSE, TimeUnit.MILLISECONDS);
    }
    return millisSince(from);
  }

  private Outcome applied(LocalCluster cluster, int node) {
    return cluster.node(node).submit(new byte[plan.payload()]).toCompletableFuture().join();
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }

  List<BenchResult> results() {
    return List.copyOf(results.values());
  }

  PhysicalLimits limits() {
    return limits;
  }

  Optional<Recovery> recovery() {
    return Optional.ofNullable(recovery);
  }

  /** The median at 1 outstanding over one force and one round trip, if both were measured. */
  Optional<Double> ratio() {
    return plan.durable() && results.containsKey(1) && results.get(1).measured()
        ? Optional.of(Math.round(results.get(1).micros(50) / limits.sum() * 100) / 100.0)
        : Optional.empty();
  }
}
