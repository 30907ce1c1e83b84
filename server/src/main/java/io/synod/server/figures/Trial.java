package io.synod.server.figures;

import io.synod.api.node.Node;
import io.synod.api.replication.Outcome;
import io.synod.server.bench.ClosedLoop;
import io.synod.server.bench.Machines;
import io.synod.server.cli.CommandFailed;
import io.synod.server.local.Directories;
import io.synod.server.local.LocalCluster;
import io.synod.server.local.NodeStarter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.stream.IntStream;

/** One cluster under load. One thread; blocks. */
final class Trial implements AutoCloseable {
  /** Enough for batches and a full window, in all. */
  private static final int MUCH = 256;

  private final FigurePlan plan;
  private final Path directory;
  private final ScheduledExecutorService later;
  private final Machines machines = new Machines();
  private final LocalCluster cluster;
  private final int processes;

  Trial(
      FigurePlan plan, Setup setup, Path directory, ScheduledExecutorService later,
      NodeStarter starter) {
    this.plan = plan;
    this.directory = directory;
    this.later = later;
    this.processes = setup.processes();
    this.cluster = new LocalCluster(
        "figures", processes, 0, directory, setup.keys(), machines, starter);
  }

  void start() throws InterruptedException {
    cluster.start();
    cluster.awaitLeader();
  }

  /** Commands applied per second while those broadcast as much as they can. */
  double throughput(Broadcasters who) throws InterruptedException {
    return throughput(who, MUCH);
  }

  /** Commands applied per second while those keep so many outstanding in all. */
  double throughput(Broadcasters who, int outstanding) throws InterruptedException {
    ClosedLoop load = new ClosedLoop(door(who), outstanding, FigurePlan.PAYLOAD, later);
    load.begin();
    load.measure(plan.warmUpMillis());
    double[] throughputs = new double[FigurePlan.STRETCHES];
    for (int i = 0; i < throughputs.length; i++) {
      throughputs[i] = load.measure(plan.stretchMillis()).throughput();
    }
    load.end();
    return median(throughputs);
  }

  /** Commands applied per second while each process broadcasts so many a second. */
  double throughputAt(int broadcastsPerProcess) throws InterruptedException {
    PacedLoad load = new PacedLoad(
        door(Broadcasters.ALL), (long) broadcastsPerProcess * processes, FigurePlan.PAYLOAD);
    load.run(plan.warmUpMillis());
    double[] throughputs = new double[FigurePlan.STRETCHES];
    for (int i = 0; i < throughputs.length; i++) {
      throughputs[i] = load.run(plan.stretchMillis());
    }
    load.end();
    return median(throughputs);
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  private Function<byte[], CompletionStage<Outcome>> door(Broadcasters who)
      throws InterruptedException {
    List<Node> nodes =
        who.among(processes, cluster.awaitLeader()).stream().map(cluster::node).toList();
    return ClosedLoop.inTurn(nodes);
  }

  /** Broadcasts until so many messages have been delivered since the start of the cluster. */
  void fill(long messages) throws InterruptedException {
    Node leader = cluster.node(cluster.awaitLeader());
    int follower = follower();
    byte[] message = new byte[FigurePlan.PAYLOAD];
    for (long has = machines.commands(follower); has < messages;) {
      int next = (int) Math.min(MUCH, messages - has);
      List<CompletableFuture<Outcome>> answers = IntStream.range(0, next)
          .mapToObj(i -> leader.submit(message).toCompletableFuture()).toList();
      answers.forEach(Trial::applied);
      has += next;
      machines.await(follower, has);
    }
  }

  private static void applied(CompletableFuture<Outcome> answer) {
    Outcome outcome = answer.join();
    if (!(outcome instanceof Outcome.Applied)) {
      throw CommandFailed.failed("a message was not delivered: " + outcome);
    }
  }

  /** From the start of a stopped follower until all that was delivered is in its state again. */
  double recoveryMillis() throws InterruptedException {
    double[] millis = new double[FigurePlan.STRETCHES];
    for (int i = 0; i < millis.length; i++) {
      millis[i] = machines.restart(cluster, follower()) / 1e6;
    }
    return median(millis);
  }

  private int follower() throws InterruptedException {
    return (cluster.awaitLeader() + 1) % processes;
  }

  @Override
  public void close() throws IOException {
    cluster.close();
    Directories.delete(directory);
  }
}
