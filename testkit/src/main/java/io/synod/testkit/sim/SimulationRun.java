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
import io.synod.testkit.trace.TraceRecorder;
import java.util.ArrayList;
import java.util.List;

/** One run: builds the world, lets faults rage, heals, demands answers and agreement. */
final class SimulationRun {
  private static final long LONGEST_RECOVERY = 60 * World.SECOND;
  private static final int MOST_MEMBERS = 7;
  private static final long CALM = 2 * World.SECOND;
  private static final long LOOK = 50 * World.MILLI;

  private final SimulationOptions options;
  private final World world;
  private final Variant variant;
  private final NodeProcess.Factory processes;
  private final BallotLedger ledger;
  private final Observer observer;
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private final NetworkFaults network;
  private final FaultScheduler faults;
  private final Workload workload;
  private final Operator operator;

  SimulationRun(SimulationOptions options) {
    this.options = options;
    this.world = new World(options.seed);
    this.variant = SeededSettings.drawn(options.variant, world.stream("settings"));
    int founding = options.nodes > 0 ? options.nodes : 3 + 2 * world.stream("size").nextInt(2);
    int size = options.reconfigure ? Math.max(founding, MOST_MEMBERS) : founding;
    this.processes = options.processes.apply(variant);
    this.ledger = new BallotLedger(configuration -> variant.quorum()
        .create(configuration.acceptors(), variant.settings()));
    this.network = new NetworkFaults(size);
    List<Observer> all = new ArrayList<>();
    if (options.trace != null) {
      all.add(recorder(network));
    }
    all.addAll(Oracles.all(findings(), ledger));
    all.addAll(options.observers);
    this.observer = new Observers(all);
    DiskFaults disks = new DiskFaults();
    Configuration founders = founders(founding);
    build(size, founders, network, disks);
    this.operator = new Operator(world, nodes, founders);
    this.faults = new FaultScheduler(
        world, options, nodes, network, disks, processes.stable());
    this.workload = new Workload(world, observer, nodes, new Workload.Load(
        options.clients, options.thinkNanos,
        faults.on().contains(FaultKind.REPEATED_REQUESTS)));
  }

  /** Told before the oracles, so that a violation follows what caused it. */
  private TraceRecorder recorder(NetworkFaults network) {
    TraceRecorder recorder =
        new TraceRecorder(new Surroundings(world, nodes, network), options.trace);
    world.observer(recorder);
    return recorder;
  }

  private Findings findings() {
    return (property, first, second) ->
        world.violated(new Violation(property, first, second, world.now()));
  }

  private Configuration founders(int count) {
    List<Member> members = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      members.add(Member.founding("n" + i, "n" + i + ":1"));
    }
    return new Configuration(members, variant.quorum().name());
  }

  private void build(
      int size, Configuration founders, NetworkFaults networkFaults, DiskFaults disks) {
    List<NodeId> ids = new ArrayList<>();
    for (int i = 1; i <= size; i++) {
      ids.add(NodeId.of("n" + i));
    }
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
    world.observer().began(variant.name(), options.seed);
    if (faults.on().isEmpty()) {
      world.after(CALM, observer::calm); // the start is no calm time
    }
    nodes.forEach(SimulatedNode::start);
    faults.start();
    workload.start();
    if (options.reconfigure) {
      operator.start();
    }
    world.runUntil((long) (options.seconds * World.SECOND));
    if (world.violations().isEmpty()) {
      recover();
    }
    double wall = (System.nanoTime() - began) / 1e9;
    return new SimulationReport(
        variant.name(), options.seed, nodes.size(), faults.on(), world.violations(),
        world.now() / 1e9, wall, workload.commands(), faults.crashes(), faults.partitions(),
        ledger.ballots(), operator.changes(), world.events(), world.traceHash(), faults.injected());
  }

  /** All faults off: within a bounded time everybody is answered and all replicas agree. */
  private void recover() {
    operator.stop();
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
    calm();
    if (world.violations().isEmpty()) {
      observer.ended(replicas());
    }
  }

  /** Nothing is wrong any more: for a while nothing may happen, either. */
  private void calm() {
    network.calm();
    world.runUntil(world.now() + CALM / 2);
    observer.calm();
    world.runUntil(world.now() + CALM);
  }

  private boolean converged() {
    if (!workload.satisfied() || !observer.settled()) {
      return false;
    }
    Replica first = null;
    for (SimulatedNode node : operator.members()) {
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
    return operator.members().stream().filter(SimulatedNode::up)
        .map(SimulatedNode::replica).toList();
  }

  private void violatedLiveness() {
    if (!observer.settled()) {
      observer.ended(replicas());
      return;
    }
    String facts = workload.satisfied() ? "all clients are answered" : workload.waiting();
    world.violated(new Violation(
        "Liveness",
        "all faults ended " + LONGEST_RECOVERY / World.SECOND + " s ago",
        facts + "; the replicas stand at " + replicas(), world.now()));
  }
}
