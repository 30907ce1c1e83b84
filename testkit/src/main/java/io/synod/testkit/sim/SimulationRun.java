package io.synod.testkit.sim;

import io.synod.api.model.Configuration;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.testkit.oracle.BallotLedger;
import io.synod.testkit.oracle.Findings;
import io.synod.testkit.oracle.Observer;
import io.synod.testkit.oracle.Observers;
import io.synod.testkit.oracle.Oracles;
import io.synod.testkit.oracle.Replica;
import io.synod.testkit.oracle.Violation;
import java.util.ArrayList;
import java.util.List;

/** One run: builds the world, lets faults rage, heals, demands answers and agreement. */
final class SimulationRun {
  private static final long LONGEST_RECOVERY = 60 * World.SECOND;
  private static final long LOOK = 50 * World.MILLI;

  private final SimulationOptions options;
  private final World world;
  private final Variant variant;
  private final NodeProcess.Factory processes;
  private final BallotLedger ledger;
  private final Observer observer;
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private final FaultScheduler faults;
  private final Workload workload;

  SimulationRun(SimulationOptions options) {
    this.options = options;
    this.world = new World(options.seed);
    this.variant = SeededSettings.drawn(options.variant, world.stream("settings"));
    int size = options.nodes > 0 ? options.nodes : 3 + 2 * world.stream("size").nextInt(2);
    this.processes = options.processes.apply(variant);
    this.ledger = new BallotLedger(configuration -> variant.quorum()
        .create(configuration.acceptors(), variant.settings()));
    List<Observer> all = new ArrayList<>(Oracles.all(findings(), ledger));
    all.addAll(options.observers);
    this.observer = new Observers(all);
    NetworkFaults network = new NetworkFaults(size);
    DiskFaults disks = new DiskFaults();
    build(size, network, disks);
    this.faults = new FaultScheduler(
        world, options.faults, nodes, network, disks, processes.stable());
    this.workload = new Workload(world, observer, nodes, new Workload.Load(
        options.clients, options.thinkNanos,
        faults.on().contains(FaultKind.REPEATED_REQUESTS)));
  }

  private Findings findings() {
    return (property, first, second) ->
        world.violated(new Violation(property, first, second, world.now()));
  }

  private void build(int size, NetworkFaults networkFaults, DiskFaults disks) {
    List<Member> members = new ArrayList<>();
    for (int i = 1; i <= size; i++) {
      members.add(Member.founding("n" + i, "n" + i + ":1"));
    }
    Configuration founders = new Configuration(members, variant.quorum().name());
    List<NodeId> ids = founders.ids();
    ClusterSpec spec = new ClusterSpec(
        world, founders, ids, processes, options.codec.get(),
        variant.settings(), observer, findings());
    SimulatedNetwork network = new SimulatedNetwork(
        world, size, spec.codec(), networkFaults,
        (from, to, bytes) -> nodes.get(to).arrived(ids.get(from), bytes));
    for (int i = 0; i < size; i++) {
      SimulatedDisk disk = new SimulatedDisk(
          world, ids.get(i).name(), processes.stable(), disks);
      nodes.add(new SimulatedNode(spec, i, network, disk));
    }
  }

  SimulationReport run() {
    long began = System.nanoTime();
    nodes.forEach(SimulatedNode::start);
    faults.start();
    workload.start();
    world.runUntil((long) (options.seconds * World.SECOND));
    if (world.violations().isEmpty()) {
      recover();
    }
    double wall = (System.nanoTime() - began) / 1e9;
    return new SimulationReport(
        variant.name(), options.seed, nodes.size(), faults.on(), world.violations(),
        world.now() / 1e9, wall, workload.commands(), faults.crashes(), faults.partitions(),
        ledger.ballots(), world.events(), world.traceHash());
  }

  /** All faults off: within a bounded time everybody is answered and all replicas agree. */
  private void recover() {
    faults.heal();
    workload.finish();
    long deadline = world.now() + LONGEST_RECOVERY;
    while (world.violations().isEmpty() && !converged()) {
      if (world.now() >= deadline) {
        violatedLiveness();
        return;
      }
      world.runUntil(world.now() + LOOK);
    }
    if (world.violations().isEmpty()) {
      observer.ended(replicas());
    }
  }

  private boolean converged() {
    if (!workload.satisfied()) {
      return false;
    }
    Replica first = null;
    for (SimulatedNode node : nodes) {
      if (!node.up()) {
        return false;
      }
      Replica replica = node.replica();
      first = first == null ? replica : first;
      if (first.count() != replica.count() || first.digest() != replica.digest()) {
        return false;
      }
    }
    return true;
  }

  private List<Replica> replicas() {
    return nodes.stream().map(SimulatedNode::replica).toList();
  }

  private void violatedLiveness() {
    String facts = workload.satisfied() ? "all clients are answered" : workload.waiting();
    world.violated(new Violation(
        "Liveness",
        "all faults ended " + LONGEST_RECOVERY / World.SECOND + " s ago",
        facts + "; the replicas stand at " + replicas(), world.now()));
  }
}
