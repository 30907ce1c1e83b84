package io.synod.server.demo;

import io.synod.api.membership.Change;
import io.synod.server.cli.Progress;
import io.synod.server.local.LocalCluster;
import io.synod.server.local.MasterGroup;
import io.synod.server.local.NodeStarter;
import io.synod.testkit.linearizability.LinearizabilityChecker;
import io.synod.testkit.linearizability.Operation;
import io.synod.testkit.linearizability.ValueModel;
import io.synod.testkit.linearizability.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Runs the demo, phase by phase. One thread; blocks. */
final class DemoRun {
  private static final long TICK_MILLIS = 100;
  private static final long DRAIN_MILLIS = 30_000;
  private static final long MOST_DOWN_MILLIS = 2_000;
  private static final long READMITTED_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final DemoPlan plan;
  private final NodeStarter starter;
  private final Consumer<String> say;
  private final Progress progress;
  private final CountDownLatch never = new CountDownLatch(1);
  private LocalCluster cluster;
  private Traffic traffic;
  private long measureFrom;

  DemoRun(DemoPlan plan, NodeStarter starter, Consumer<String> say, Progress progress) {
    this.plan = plan;
    this.starter = starter;
    this.say = say;
    this.progress = progress;
  }

  DemoReport run() throws InterruptedException {
    if (!plan.asksMaster()) {
      return run(plan.keys());
    }
    try (MasterGroup master = MasterGroup.start(plan.directory().resolve("master"), starter)) {
      say.accept("a group of three keeps the configurations, at " + master.servers());
      Map<String, String> keys = plan.keys();
      keys.put("synod.master.servers", master.servers());
      return run(keys);
    }
  }

  private DemoReport run(Map<String, String> keys) throws InterruptedException {
    try (LocalCluster opened = new LocalCluster(DemoPlan.CLUSTER, plan.nodes(), 1,
        plan.directory(), keys,
        () -> new LedgerMachine(Traffic.COUNTERS, plan.clients()), starter)) {
      cluster = opened;
      cluster.start();
      int leader = cluster.awaitLeader();
      say.accept(plan.nodes() + " nodes run over " + plan.clientTransport() + ", "
          + (plan.durable() ? "files in " + plan.directory() : "nothing on disk") + "; "
          + LocalCluster.id(leader) + " leads");
      try (Traffic opening = new Traffic(DemoPlan.CLUSTER, plan.clientTransport(),
          cluster.addresses(), plan.clients())) {
        traffic = opening;
        return serve();
      }
    }
  }

  private DemoReport serve() throws InterruptedException {
    long total = TimeUnit.SECONDS.toMillis(plan.seconds());
    long down = Math.min(MOST_DOWN_MILLIS, total / 6);
    traffic.begin();
    measureFrom = System.nanoTime();
    say.accept(plan.clients() + " clients increment and read counters, "
        + Traffic.recorded(plan.clients()) + " of them recorded");
    pass("serving", total / 3);
    int killed = kill();
    pass("without " + LocalCluster.id(killed), down);
    cluster.start(killed);
    say.accept(LocalCluster.id(killed) + (plan.durable() ? " is back from its files"
        : " is back with nothing: it comes back by catch-up from its peers only"));
    long rest = total - total / 3 - down;
    long restarted = System.nanoTime();
    pass("serving", rest / 2);
    Replacement replacement = replace(killed, restarted);
    long used = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - restarted);
    pass("serving", Math.max(rest / 4, rest - used));
    double seconds = (System.nanoTime() - measureFrom) / 1e9;
    progress.show("waiting for the last answers");
    boolean drained = traffic.end(DRAIN_MILLIS);
    say.accept(drained ? "clients have ended; checking every replica"
        : "some clients still wait for answers; checking every replica");
    return check(killed, replacement, seconds);
  }

  /**
   * Puts a node that starts empty in the place of the leader; where a restart costs the memory,
   * in the place of whoever lost it.
   */
  private Replacement replace(int killed, long calmSince) throws InterruptedException {
    int old = plan.durable() || votesAgain(killed) ? cluster.awaitLeader() : killed;
    int fresh = plan.nodes();
    cluster.start(fresh);
    say.accept(LocalCluster.id(fresh) + " starts empty, to take the place of "
        + LocalCluster.id(old) + (old == killed ? "" : ", which leads"));
    AtomicReference<String> doing = new AtomicReference<>("asked for");
    long asked = System.nanoTime();
    CompletableFuture<Replacement> change = cluster.node(another(old)).membership()
        .change(new Change.Replace(cluster.seat(old).id(), cluster.seat(fresh)), doing::set)
        .thenApply(outcome -> new Replacement(LocalCluster.id(old), LocalCluster.id(fresh),
            outcome, calmSince, asked, System.nanoTime()))
        .toCompletableFuture();
    while (!change.isDone()) {
      tick();
      progress.show("replacing a member: " + doing.get());
    }
    Replacement replacement = change.join();
    say.accept(replacement.meaning());
    if (replacement.active()) {
      cluster.stop(old);
    }
    return replacement;
  }

  /** Waits, where members that have lost their memory are named anew, until that one is. */
  private boolean votesAgain(int recovered) throws InterruptedException {
    long until = System.nanoTime() + READMITTED_NANOS;
    while (plan.readmits() && System.nanoTime() - until < 0) {
      if (cluster.status(recovered).filter(status -> status.speaking()).isPresent()) {
        say.accept(LocalCluster.id(recovered) + " votes again, as a new store");
        return true;
      }
      progress.show(LocalCluster.id(recovered) + " learns, then it is to vote again");
      tick();
    }
    return false;
  }

  /** Any node takes a change; one that is not to go, if there is one that keeps the state. */
  private int another(int old) {
    return IntStream.range(0, plan.nodes())
        .filter(i -> i != old && !cluster.isAuxiliary(i)).findFirst().orElse(old);
  }

  private int kill() throws InterruptedException {
    int leader = cluster.awaitLeader();
    long before = System.nanoTime();
    cluster.kill(leader);
    long after = System.nanoTime();
    traffic.tell(tally -> tally.killed(before, after));
    say.accept("killed the leader " + LocalCluster.id(leader) + " without warning");
    return leader;
  }

  private DemoReport check(int killed, Replacement replacement, double seconds)
      throws InterruptedException {
    Tally tally = traffic.onThread(t -> t);
    Audit audit = Audit.of(cluster, members(replacement), tally);
    progress.show("checking the history");
    List<Operation> history = new ArrayList<>(tally.history());
    addFinalReads(history, audit);
    Verdict verdict = new LinearizabilityChecker(ValueModel.counter()).check(history);
    Optional<String> learner = cluster.status(killed).filter(status -> !status.speaking())
        .map(status -> status.node().name());
    return new DemoReport(
        plan, tally, audit, history, verdict, seconds, learner, replacement);
  }

  private List<Integer> members(Replacement replacement) {
    return IntStream.rangeClosed(0, plan.nodes()).filter(i -> !cluster.isAuxiliary(i))
        .filter(i -> !LocalCluster.id(i).equals(
            replacement.active() ? replacement.old() : replacement.fresh()))
        .boxed().toList();
  }

  /** What the replicas hold at the end has to fit the history too. */
  private static void addFinalReads(List<Operation> history, Audit audit) {
    long now = System.nanoTime();
    for (int i = 0; i < Traffic.RECORDED_COUNTERS && audit.state() != null; i++) {
      history.add(Operation.read(-1, RecordedClient.key(i), audit.state().value(i), now, now));
    }
  }

  private void pass(String what, long millis) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (until - System.nanoTime() > 0) {
      tick();
      long done = traffic.onThread(Tally::increments);
      progress.show(String.format("%s: %,d increments acknowledged, %,d/s", what, done,
          (long) (done / ((System.nanoTime() - measureFrom) / 1e9))));
    }
  }

  /** Lets a moment pass. */
  private void tick() throws InterruptedException {
    if (never.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("nobody was to end the pause");
    }
  }
}
