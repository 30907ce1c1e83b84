package io.synod.server.bench;

import io.synod.server.cli.CommandFailed;
import io.synod.server.cli.Progress;
import io.synod.server.local.LocalCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Moves the vote from some nodes to others, there and back, under load; each round has its own
 * nodes, one system after the other. One thread; blocks.
 */
final class MoveRun {
  private static final long CHANGE_SECONDS = 120;

  private final BenchPlan plan;
  private final List<MovingSystem.Provider> systems;
  private final Progress progress;
  private final PhysicalLimits limits = new PhysicalLimits();
  private final Map<String, List<Move>> moves = new LinkedHashMap<>();

  MoveRun(BenchPlan plan, List<MovingSystem.Provider> systems, Progress progress) {
    this.plan = plan;
    this.systems = List.copyOf(systems);
    this.progress = progress;
  }

  List<MoveReport> run() throws IOException, InterruptedException {
    limits.measure(plan.directory(), plan.payload());
    ScheduledExecutorService later = ClosedLoop.retries();
    try {
      for (int round = 1; round <= plan.rounds(); round++) {
        for (MovingSystem.Provider system : systems) {
          progress.show("round " + round + ": " + system.name());
          moves.computeIfAbsent(system.name(), name -> new ArrayList<>())
              .addAll(round(system, later));
        }
        limits.measure(plan.directory(), plan.payload());
      }
    } finally {
      later.shutdownNow();
    }
    return moves.entrySet().stream()
        .map(e -> new MoveReport(e.getKey(), plan, e.getValue(), limits)).toList();
  }

  private List<Move> round(MovingSystem.Provider provider, ScheduledExecutorService later)
      throws IOException, InterruptedException {
    try (MovingSystem system = provider.start(plan.nodes(),
        Files.createTempDirectory(plan.directory(), provider.name()))) {
      change(system, 0);
      return List.of(move(system, 0, later), move(system, plan.nodes(), later));
    }
  }

  /** From those from that index on to the others. */
  private Move move(MovingSystem system, int from, ScheduledExecutorService later)
      throws InterruptedException {
    int to = plan.nodes() - from;
    long millis = TimeUnit.SECONDS.toMillis(plan.seconds());
    ClosedLoop load = new ClosedLoop(
        system.door(), plan.outstanding().get(0), plan.payload(), later);
    load.begin();
    load.measure(plan.warmUpMillis());
    ClosedLoop.Stretch before = load.measure(millis);
    long asked = System.nanoTime();
    CompletableFuture<Long> change = system.voters(to)
        .thenApply(active -> System.nanoTime() - asked).toCompletableFuture();
    ClosedLoop.Stretch during = load.measure(millis);
    long nanos = await(change);
    ClosedLoop.Stretch after = load.measure(millis);
    load.end();
    return new Move(ids(from), ids(to), before, during, after, nanos);
  }

  private static void change(MovingSystem system, int from) throws InterruptedException {
    await(system.voters(from).toCompletableFuture());
  }

  private String ids(int from) {
    return IntStream.range(from, from + plan.nodes()).mapToObj(LocalCluster::id)
        .collect(Collectors.joining(","));
  }

  private static <T> T await(CompletableFuture<T> change) throws InterruptedException {
    try {
      return change.get(CHANGE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw CommandFailed.failed("the change had no outcome within " + CHANGE_SECONDS + " s", e);
    } catch (ExecutionException e) {
      throw CommandFailed.failed("the change failed: " + e.getCause().getMessage(), e);
    }
  }
}
