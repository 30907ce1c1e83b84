package io.synod.testkit.sim;

import io.synod.api.replication.ReadMode;
import io.synod.testkit.oracle.Observer;
import java.util.ArrayList;
import java.util.List;

/** The clients of a run and what they have in common. */
final class Workload {
  private final Observer observer;
  private final List<SimulatedClient> clients = new ArrayList<>();
  private final List<LocalSubmitter> submitters = new ArrayList<>();
  private final long thinkNanos;
  private final boolean repeats;
  private final Application application;
  private final HistoryRecorder history;
  private final boolean clocksHold;
  private long commands;
  private long reads;

  Workload(World world, Observer observer, List<SimulatedNode> nodes, Application application,
      Load load) {
    this.observer = observer;
    this.repeats = load.repeats();
    this.clocksHold = load.clocksHold();
    SeededRandom random = world.stream("workload");
    this.thinkNanos = load.thinkNanos() / 2 + random.nextLong(load.thinkNanos());
    this.application = application;
    this.history = new HistoryRecorder(world, application.history());
    for (int i = 0; i < load.clients(); i++) {
      clients.add(new SimulatedClient(this, world, nodes, i));
    }
    for (SimulatedNode node : nodes) {
      submitters.add(new LocalSubmitter(this, world, node));
    }
  }

  /**
   * How much is asked: so many clients, each thinking so long between two requests.
   *
   * @param clocksHold whether clocks keep within the bound that leases rely on
   */
  record Load(int clients, long thinkNanos, boolean repeats, boolean clocksHold) {}

  void start() {
    clients.forEach(SimulatedClient::start);
    submitters.forEach(LocalSubmitter::start);
  }

  /** The program at that node submits one more command, now. */
  void submitThrough(int node) {
    submitters.get(node).submitNow();
  }

  /** Some client reads at that node, under the lease. */
  void leaseRead(int node) {
    if (!clients.isEmpty()) {
      clients.get((int) (reads % clients.size())).leaseRead(node);
    }
  }

  /** Everybody asks once more and then waits for answers. */
  void finish() {
    clients.forEach(SimulatedClient::finish);
    submitters.forEach(LocalSubmitter::finish);
  }

  boolean satisfied() {
    return clients.stream().allMatch(SimulatedClient::satisfied)
        && submitters.stream().allMatch(LocalSubmitter::satisfied);
  }

  /** Who still waits, for people. */
  String waiting() {
    return clients.stream().filter(client -> !client.satisfied()).findFirst()
        .map(SimulatedClient::waitingFor)
        .orElse("a command that a node submitted by itself is not answered");
  }

  /** Whether what a read of that mode answers has to be linearizable. */
  boolean judges(ReadMode mode) {
    return clocksHold || mode != ReadMode.LEASE;
  }

  Observer observer() {
    return observer;
  }

  long thinkNanos() {
    return thinkNanos;
  }

  int window() {
    return 16;
  }

  double reads() {
    return 0.3;
  }

  boolean repeats() {
    return repeats;
  }

  Application application() {
    return application;
  }

  HistoryRecorder history() {
    return history;
  }

  void counted() {
    commands++;
  }

  long commands() {
    return commands;
  }

  long nextRead() {
    return ++reads;
  }
}
