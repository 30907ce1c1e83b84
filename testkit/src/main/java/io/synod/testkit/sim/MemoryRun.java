package io.synod.testkit.sim;

import io.synod.api.memory.Counts;
import io.synod.api.model.Configuration;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.sharedmemory.MemorySettings;
import io.synod.testkit.linearizability.LinearizabilityChecker;
import io.synod.testkit.linearizability.Operation;
import io.synod.testkit.linearizability.ValueModel;
import io.synod.testkit.linearizability.Verdict;
import io.synod.testkit.oracle.CopyBeforeAck;
import io.synod.testkit.oracle.Findings;
import io.synod.testkit.oracle.Observer;
import io.synod.testkit.oracle.Observers;
import io.synod.testkit.oracle.OneValuePerTag;
import io.synod.testkit.oracle.Violation;
import io.synod.testkit.trace.TraceRecorder;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * One run of a cluster of atomic registers: faults rage, then all end, everything that clients ask
 * must be answered, and the history of every register must be linearizable.
 */
final class MemoryRun {
  private static final long LONGEST = 60 * World.SECOND;
  private static final long LOOK = 10 * World.MILLI;
  private static final int MOST_CONFIGURATIONS = 200_000;

  /** Stores are not lost here: a replica that lost its store must stay away. */
  private static final Set<FaultKind> NOT_HERE = EnumSet.of(
      FaultKind.BIT_FLIP, FaultKind.SECTOR_ERROR, FaultKind.WIPED_DISK, FaultKind.OLD_COPY,
      FaultKind.CRASH_AT_SNAPSHOT, FaultKind.STALE_ANSWERS, FaultKind.REPEATED_REQUESTS,
      FaultKind.LEASE_CUT);

  private final SimulationOptions options;
  private final World world;
  private final Variant variant;
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private final List<MemoryClient> clients = new ArrayList<>();
  private final NetworkFaults networkFaults;
  private final SimulatedNetwork network;
  private final FaultScheduler faults;

  MemoryRun(SimulationOptions options) {
    this(options, null);
  }

  /** With a load that is not drawn from the seed. */
  MemoryRun(SimulationOptions options, MemoryLoad fixed) {
    this.options = options.with(o -> o.faults = possible(options.faults));
    this.world = new World(options.seed);
    int size = options.nodes > 0 ? options.nodes : 3 + 2 * world.stream("size").nextInt(2);
    SeededRandom draws = world.stream("settings of registers");
    this.variant = fixed == null ? drawn(options.variant, size, draws) : options.variant;
    FaultCounts counts = new FaultCounts();
    DiskFaults disks = new DiskFaults(counts);
    Configuration members = members(size);
    this.networkFaults = new NetworkFaults(size, counts);
    ClusterSpec spec = spec(members, counts);
    this.network = Assembly.of(spec, networkFaults, disks, nodes);
    this.faults = new FaultScheduler(world, this.options, nodes, new FaultScheduler.Targets(
        networkFaults, disks, counts, new FaultAtlas(variant.quorums(members), true), 5,
        node -> {}, spec.passives()));
    MemoryLoad load = fixed == null ? MemoryLoad.drawn(options, writer(), draws) : fixed;
    IntStream.range(0, load.clients())
        .forEach(i -> clients.add(new MemoryClient(world, nodes, load, i)));
  }

  private static Set<FaultKind> possible(Set<FaultKind> wanted) {
    Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
    kinds.addAll(wanted);
    kinds.removeAll(NOT_HERE);
    return kinds;
  }

  /** One writer or several, any degree of the optimisation, journals that are rewritten often. */
  private static Variant drawn(Variant variant, int size, SeededRandom random) {
    List<String> degrees = List.of("announced", "agreed", "off");
    String writer = random.chance(0.3) ? "n" + (1 + random.nextInt(size)) : "";
    return variant.with(variant.settings()
        .with(MemorySettings.COMPLETION, degrees.get(random.nextInt(degrees.size())))
        .with(MemorySettings.WRITER, writer)
        .with(MemorySettings.CHECKPOINT_BYTES, 1024L << random.nextInt(8)));
  }

  private int writer() {
    String name = variant.settings().get(MemorySettings.WRITER);
    return name.isEmpty() ? -1 : Integer.parseInt(name.substring(1)) - 1;
  }

  private Configuration members(int count) {
    List<Member> members = Assembly.ids(count).stream()
        .map(id -> Member.founding(id.name(), id + ":1")).toList();
    return new Configuration(members, variant.quorum().spec(variant.settings()));
  }

  private ClusterSpec spec(Configuration members, FaultCounts counts) {
    List<NodeId> ids = members.ids();
    Observer observer = new Observers(observers());
    Application none = options.application.apply(1);
    return new ClusterSpec(
        world, members, ids, options.processes.apply(variant), options.codec.get(),
        variant.settings(), observer, findings(),
        life -> new LedgerMachine(life, observer, none, null),
        new SimulatedMaster(world, observer, false),
        new SimulatedPassives(world, observer, counts, "none"));
  }

  private List<Observer> observers() {
    List<Observer> all = new ArrayList<>();
    if (options.trace != null) {
      TraceRecorder recorder =
          new TraceRecorder(new Surroundings(world, nodes, networkFaults), options.trace);
      world.observer(recorder);
      all.add(recorder);
    }
    all.add(new OneValuePerTag(findings()));
    all.add(new CopyBeforeAck(findings()));
    all.addAll(options.observers);
    return all;
  }

  private Findings findings() {
    return (property, first, second) ->
        world.violated(new Violation(property, first, second, world.now()));
  }

  SimulationReport run() {
    long began = System.nanoTime();
    world.observer().began(variant.name(), options.seed);
    nodes.forEach(SimulatedNode::start);
    faults.start();
    clients.forEach(MemoryClient::start);
    world.runUntil((long) (options.seconds * World.SECOND));
    if (world.violations().isEmpty()) {
      heal();
    }
    if (world.violations().isEmpty()) {
      judge();
    }
    return new SimulationReport(
        variant.name(), options.seed, nodes.size(), faults.on(), faults.counts(),
        world.violations(), world.now() / 1e9, (System.nanoTime() - began) / 1e9,
        clients.stream().mapToLong(MemoryClient::operations).sum(), faults.crashes(),
        faults.partitions(), 0, 0, world.events(), world.traceHash(), faults.injected());
  }

  /** What the operations cost since each node's last start. */
  Counts counts() {
    return nodes.stream().filter(SimulatedNode::up)
        .map(node -> node.process().registers().counts()).reduce(Counts.NONE, Counts::plus);
  }

  private void heal() {
    faults.heal();
    network.heal();
    clients.forEach(MemoryClient::finish);
    long deadline = world.now() + LONGEST;
    while (world.violations().isEmpty() && !answered()) {
      if (world.now() >= deadline) {
        findings().violated("Liveness",
            "all faults ended " + LONGEST / World.SECOND + " s ago",
            "a client of the registers still waits for an answer");
        return;
      }
      world.runUntil(world.now() + LOOK);
    }
  }

  private boolean answered() {
    return clients.stream().allMatch(MemoryClient::satisfied)
        && nodes.stream().allMatch(SimulatedNode::up);
  }

  private void judge() {
    List<Operation> history =
        clients.stream().flatMap(client -> client.history().stream()).toList();
    Verdict verdict = new LinearizabilityChecker(ValueModel.register(), MOST_CONFIGURATIONS)
        .check(history);
    if (!verdict.linearizable()) {
      findings().violated("Linearizability",
          "clients recorded " + history.size() + " operations", verdict.toString());
    }
  }
}
