package io.synod.server.figures;

import io.synod.server.bench.ClosedLoop;
import io.synod.server.cli.Progress;
import io.synod.server.local.NodeStarter;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.ScheduledExecutorService;

/** Starts clusters one after the other to measure on. One thread; blocks. */
final class Lab implements AutoCloseable {
  private final FigurePlan plan;
  private final NodeStarter starter;
  private final Progress progress;
  private final ScheduledExecutorService later = ClosedLoop.retries();

  Lab(FigurePlan plan, NodeStarter starter, Progress progress) {
    this.plan = plan;
    this.starter = starter;
    this.progress = progress;
  }

  FigurePlan plan() {
    return plan;
  }

  /** What is measured next, for who waits. */
  void show(int figure, String what) {
    progress.show("figure " + figure + ": " + what);
  }

  /** A running cluster with a leader; whoever asked for it closes it. */
  Trial start(Setup setup) throws IOException, InterruptedException {
    Trial trial = new Trial(
        plan, setup, Files.createTempDirectory(plan.directory(), "trial-"), later, starter);
    try {
      trial.start();
      return trial;
    } catch (RuntimeException | InterruptedException e) {
      trial.close();
      throw e;
    }
  }

  /** The throughput of such a cluster, all of whose processes broadcast as much as they can. */
  double throughput(Setup setup) throws IOException, InterruptedException {
    try (Trial trial = start(setup)) {
      return trial.throughput(Broadcasters.ALL);
    }
  }

  /** Lets the JVM compile what is measured later. */
  void warmUp() throws IOException, InterruptedException {
    progress.show("warming up");
    for (Setup setup : new Setup[] {Setup.regular(3), Setup.fast(3)}) {
      throughput(setup);
    }
  }

  @Override
  public void close() {
    later.shutdownNow();
  }
}
