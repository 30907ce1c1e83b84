package io.synod.testkit.sim;

import io.synod.api.model.Configuration;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.election.omega.OmegaPlugin;
import io.synod.register.set.RegisterSettings;
import io.synod.testkit.oracle.BallotLedger;
import io.synod.testkit.oracle.Findings;
import io.synod.testkit.oracle.LeaderDecidesInTime;
import io.synod.testkit.oracle.Observer;
import io.synod.testkit.oracle.Observers;
import io.synod.testkit.oracle.Oracles;
import io.synod.testkit.oracle.Violation;
import java.util.ArrayList;
import java.util.List;

/** One run: builds the world, lets faults rage, heals, demands answers and agreement. */
final class SimulationRun {
  private final Simulation.Options options;
  private final World world;
  private final Variant variant;
  private final NodeProcess.Factory processes;
  private final BallotLedger ledger;
  private final Observer observer;
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private final SimulatedNetwork network;
  private final FaultScheduler faults;
  private final Workload workload;

  SimulationRun(Simulation.Options options) {
    this.options = options;
    this.world = new World(options.seed());
    this.variant = SeededSettings.drawn(options.variant(), world.stream("settings"));
    int size = options.nodes() > 0 ? options.nodes() : 3 + 2 * world.stream("size").nextInt(2);
    this.processes = options.processes().apply(variant);
    this.ledger = new BallotLedger(configuration -> variant.quorum()
        .create(configuration.acceptors(), variant.settings()));
    List<Observer> all = new ArrayList<>(Oracles.all(findings(), ledger));
    all.addAll(options.observers());
    this.observer = new Observers(all);
    FaultCounts counts = new FaultCounts();
    NetworkFaults networkFaults = new NetworkFaults(size, counts);
    DiskFaults disks = new DiskFaults(counts);
    Configuration founders = founders(size);
    this.network = build(founders, networkFaults, disks);
    this.faults = new FaultScheduler(
        world, options.faults(), nodes, new FaultScheduler.Surroundings(
            networkFaults, disks, counts,
            variant.quorum().create(founders.acceptors(), variant.settings()),
            processes.stable()));
    this.workload = new Workload(world, observer, nodes, new Workload.Load(
        options.clients(), options.thinkNanos(),
        faults.on().contains(FaultKind.REPEATED_REQUESTS)));
  }

  private Findings findings() {
    return (property, first, second) ->
        world.violated(new Violation(property, first, second, world.now()));
  }

  private Configuration founders(int size) {
    List<Member> members = new ArrayList<>();
    for (int i = 1; i <= size; i++) {
      members.add(Member.founding("n" + i, "n" + i + ":1"));
    }
    return new Configuration(members, variant.quorum().name());
  }

  private SimulatedNetwork build(
      Configuration founders, NetworkFaults networkFaults, DiskFaults disks) {
    List<NodeId> ids = founders.ids();
    ClusterSpec spec = new ClusterSpec(
        world, founders, ids, processes, options.codec().get(),
        variant.settings(), observer, findings());
    SimulatedNetwork links = new SimulatedNetwork(
        world, ids.size(), spec.codec(), networkFaults,
        (from, to, bytes) -> nodes.get(to).arrived(ids.get(from), bytes));
    for (int i = 0; i < ids.size(); i++) {
      SimulatedDisk disk = new SimulatedDisk(
          world, ids.get(i).name(), processes.stable(), disks);
      nodes.add(new SimulatedNode(spec, i, links, disk));
    }
    return links;
  }

  SimulationReport run() {
    long began = System.nanoTime();
    nodes.forEach(SimulatedNode::start);
    faults.start();
    workload.start();
    world.runUntil((long) (options.seconds() * World.SECOND));
    if (world.violations().isEmpty()) {
      heal();
    }
    double wall = (System.nanoTime() - began) / 1e9;
    return new SimulationReport(
        variant.name(), options.seed(), nodes.size(), faults.on(), faults.injected(),
        world.violations(),
        world.now() / 1e9, wall, workload.commands(), faults.crashes(), faults.partitions(),
        ledger.ballots(), world.events(), world.traceHash());
  }

  private void heal() {
    faults.heal();
    LeaderDecidesInTime inTime = new LeaderDecidesInTime(
        findings(), variant.settings().nanos(OmegaPlugin.TIMEOUT),
        world.now() + variant.settings().nanos(RegisterSettings.RESEND_MOST));
    new HealingPhase(world, nodes, network, workload, observer, inTime).run();
  }
}
