package io.synod.server.demo;

import io.synod.server.cli.Progress;
import io.synod.testkit.linearizability.LinearizabilityChecker;
import io.synod.testkit.linearizability.Operation;
import io.synod.testkit.linearizability.ValueModel;
import io.synod.testkit.linearizability.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The demo of atomic registers, phase by phase: serve, one node killed and back from its files,
 * all killed and back, then the history is checked. One thread; blocks.
 */
final class MemoryDemo {
  private static final long TICK_MILLIS = 100;
  private static final long DRAIN_MILLIS = 30_000;
  private static final long MOST_DOWN_MILLIS = 2_000;
  /** A cluster of one or two does not go on without one of its nodes. */
  private static final int LEAST_WITH_ONE_AWAY = 3;

  private final DemoPlan plan;
  private final Consumer<String> say;
  private final Progress progress;
  private final CountDownLatch never = new CountDownLatch(1);
  private MemoryCluster cluster;
  private MemoryTraffic traffic;

  MemoryDemo(DemoPlan plan, Consumer<String> say, Progress progress) {
    this.plan = plan;
    this.say = say;
    this.progress = progress;
  }

  MemoryReport run() throws InterruptedException {
    try (MemoryCluster opened = new MemoryCluster(plan);
        MemoryTraffic clients = new MemoryTraffic(opened, plan.clients())) {
      cluster = opened;
      traffic = clients;
      cluster.startAll();
      say.accept(plan.nodes() + " nodes keep registers over " + plan.clientTransport()
          + ", files in " + plan.directory() + "; nobody leads");
      return serve();
    }
  }

  private MemoryReport serve() throws InterruptedException {
    long total = TimeUnit.SECONDS.toMillis(plan.seconds());
    long began = System.nanoTime();
    traffic.begin();
    say.accept(plan.clients() + " clients read and write " + MemoryTraffic.REGISTERS
        + " registers, each operation at any node, all recorded");
    pass("serving", total / 4);
    long stall = withoutOne(Math.min(MOST_DOWN_MILLIS, total / 4));
    pass("serving", total / 4);
    for (int i = 0; i < cluster.size(); i++) {
      cluster.kill(i);
    }
    cluster.startAll();
    say.accept("killed all nodes without warning; all are back from their files");
    pass("serving", total / 4);
    double seconds = (System.nanoTime() - began) / 1e9;
    boolean drained = traffic.end(DRAIN_MILLIS);
    say.accept(drained ? "clients have ended; checking the history"
        : "some clients still wait for answers; checking the history");
    return check(drained, stall, seconds);
  }

  /** The longest time without any answer while one node was away. */
  private long withoutOne(long millis) throws InterruptedException {
    long before = System.nanoTime();
    cluster.kill(0);
    say.accept("killed " + MemoryCluster.id(0) + " without warning"
        + (cluster.size() < LEAST_WITH_ONE_AWAY ? ": no quorum is left" : ""));
    pass("without " + MemoryCluster.id(0), millis);
    long after = System.nanoTime();
    cluster.start(0);
    say.accept(MemoryCluster.id(0) + " is back from its files");
    return traffic.onThread(tally -> tally.worstStallMillis(before, after));
  }

  private MemoryReport check(boolean drained, long stall, double seconds)
      throws InterruptedException {
    boolean agree = true;
    for (int i = 0; i < MemoryTraffic.REGISTERS; i++) {
      agree &= traffic.finalReads(MemoryTraffic.register(i)).stream().distinct().count() == 1;
    }
    progress.show("checking the history");
    Tally tally = traffic.onThread(t -> t);
    List<Operation> history = new ArrayList<>(tally.history());
    Verdict verdict = new LinearizabilityChecker(ValueModel.register()).check(history);
    return new MemoryReport(
        plan, tally, cluster.counts(), verdict,
        new MemoryReport.Run(drained, agree, stall, seconds));
  }

  private void pass(String what, long millis) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (until - System.nanoTime() > 0) {
      if (never.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("nobody was to end the pause");
      }
      long done = traffic.onThread(tally -> tally.reads() + tally.writes());
      progress.show(String.format("%s: %,d operations answered", what, done));
    }
  }
}
