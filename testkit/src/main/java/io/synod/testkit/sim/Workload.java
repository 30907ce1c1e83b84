package io.synod.testkit.sim;

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
  private final int commandBytes;
  private long commands;
  private long reads;

  Workload(World world, Observer observer, List<SimulatedNode> nodes, Load load) {
    this.observer = observer;
    this.repeats = load.repeats();
    SeededRandom random = world.stream("workload");
    this.thinkNanos = load.thinkNanos() / 2 + random.nextLong(load.thinkNanos());
    this.commandBytes = 17 + random.nextInt(200);
    for (int i = 0; i < load.clients(); i++) {
      clients.add(new SimulatedClient(this, world, nodes, i));
    }
    for (SimulatedNode node : nodes) {
      submitters.add(new LocalSubmitter(this, world, node));
    }
  }

  /** How much is asked: so many clients, each thinking so long between two requests. */
  record Load(int clients, long thinkNanos, boolean repeats) {}

  void start() {
    clients.forEach(SimulatedClient::start);
    submitters.forEach(LocalSubmitter::start);
  }

  /** The program at that node submits one more command, now. */
  void submitThrough(int node) {
    submitters.get(node).submitNow();
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

  int commandBytes() {
    return commandBytes;
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
