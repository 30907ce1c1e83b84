package io.synod.server.bench;

import io.synod.api.membership.Change;
import io.synod.api.membership.ChangeOutcome;
import io.synod.api.membership.Seat;
import io.synod.api.model.Role;
import io.synod.server.cli.CommandFailed;
import io.synod.server.cli.Progress;
import io.synod.server.local.LocalCluster;
import io.synod.server.local.NodeStarter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Moves the vote from some nodes to others, there and back, under load. One thread; blocks. */
final class MoveRun {
  private static final long CHANGE_SECONDS = 120;

  private final BenchPlan plan;
  private final NodeStarter starter;
  private final Progress progress;
  private final PhysicalLimits limits = new PhysicalLimits();
  private final List<Move> moves = new ArrayList<>();

  private record Changed(ChangeOutcome outcome, long nanos) {}

  MoveRun(BenchPlan plan, NodeStarter starter, Progress progress) {
    this.plan = plan;
    this.starter = starter;
    this.progress = progress;
  }

  MoveReport run() throws IOException, InterruptedException {
    limits.measure(plan.directory(), plan.payload());
    ScheduledExecutorService later = ClosedLoop.retries();
    try (LocalCluster cluster = new LocalCluster(BenchPlan.CLUSTER, plan.nodes(), plan.nodes(),
        plan.directory(), plan.keys(), CountingMachine::new, starter)) {
      cluster.start();
      IntStream.range(plan.nodes(), 2 * plan.nodes()).forEach(cluster::start);
      progress.show("the new nodes learn");
      active(ask(cluster, cluster.awaitLeader(), 0));
      for (int round = 0; round < plan.rounds(); round++) {
        for (int way = 0; way < 2; way++) {
          progress.show("round " + (round + 1) + (way == 0 ? ", there" : ", and back"));
          moves.add(move(cluster, way * plan.nodes(), later));
        }
        limits.measure(plan.directory(), plan.payload());
      }
    } finally {
      later.shutdownNow();
    }
    return new MoveReport(plan, moves, limits);
  }

  /** From those from that index on to the others. */
  private Move move(LocalCluster cluster, int from, ScheduledExecutorService later)
      throws InterruptedException {
    int to = plan.nodes() - from;
    long millis = TimeUnit.SECONDS.toMillis(plan.seconds());
    int leader = cluster.awaitLeader();
    ClosedLoop load = new ClosedLoop(
        cluster.node(leader)::submit, plan.outstanding().get(0), plan.payload(), later);
    load.begin();
    load.measure(plan.warmUpMillis());
    ClosedLoop.Stretch before = load.measure(millis);
    CompletableFuture<Changed> change = ask(cluster, leader, to);
    ClosedLoop.Stretch during = load.measure(millis);
    long nanos = active(change);
    ClosedLoop.Stretch after = load.measure(millis);
    load.end();
    return new Move(ids(from), ids(to), before, during, after, nanos);
  }

  /** Those from that index on vote; the others learn. */
  private CompletableFuture<Changed> ask(LocalCluster cluster, int at, int voters) {
    List<Seat> seats = IntStream.range(0, 2 * plan.nodes())
        .mapToObj(i -> votes(i, voters) ? cluster.seat(i) : cluster.seat(i).as(Role.LEARNER))
        .toList();
    long from = System.nanoTime();
    return cluster.node(at).membership().change(new Change.Set(seats), progress::show)
        .thenApply(outcome -> new Changed(outcome, System.nanoTime() - from))
        .toCompletableFuture();
  }

  private boolean votes(int index, int voters) {
    return index >= voters && index < voters + plan.nodes();
  }

  private String ids(int from) {
    return IntStream.range(from, from + plan.nodes()).mapToObj(LocalCluster::id)
        .collect(Collectors.joining(","));
  }

  private static long active(CompletableFuture<Changed> change) throws InterruptedException {
    try {
      Changed changed = change.get(CHANGE_SECONDS, TimeUnit.SECONDS);
      if (changed.outcome() instanceof ChangeOutcome.Active) {
        return changed.nanos();
      }
      throw CommandFailed.failed("the change did not become active: " + changed.outcome());
    } catch (TimeoutException e) {
      throw CommandFailed.failed("the change had no outcome within " + CHANGE_SECONDS + " s", e);
    } catch (ExecutionException e) {
      throw CommandFailed.failed("the change failed: " + e.getCause(), e);
    }
  }
}
