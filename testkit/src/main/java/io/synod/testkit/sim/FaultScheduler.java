package io.synod.testkit.sim;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * The faults of one run. Each kind that the seed has left on runs by itself at its own rate,
 * injected by one of several families, within what the {@link FaultAtlas} allows.
 */
final class FaultScheduler implements NodeWatcher {
  private final Chaos chaos;
  private final Set<FaultKind> on;
  private final NetworkFaults network;
  private final DiskFaults disks;
  private final LinkFaults links;
  private final List<FaultFamily> families;
  private final Operator operator;
  private long crashes;

  FaultScheduler(
      World world, SimulationOptions options, List<SimulatedNode> nodes, Targets targets) {
    this.network = targets.network;
    this.disks = targets.disks;
    this.chaos = new Chaos(world, nodes, targets.counts,
        targets.atlas, options::injects);
    this.on = drawn(options.faults, options.variant.hasPassive());
    this.links = new LinkFaults(chaos, network);
    StorageFaults storage = new StorageFaults(chaos, disks);
    this.families = List.of(
        new MessageFaults(chaos, network), links, new CrashFaults(chaos),
        new PaceFaults(chaos, targets.drift), storage,
        new LeaseFaults(chaos, network, targets.drift, targets.leaseRead),
        new PassiveFaults(chaos, targets.passives));
    this.operator = new Operator(world, nodes.size(), options.restarts, storage::emptied);
    nodes.forEach(node -> node.watch(this));
  }

  /**
   * What faults are done to, and whose votes must not all be lost.
   *
   * @param drift by how many percent clocks may be wrong
   * @param leaseRead a client reads under the lease at the node of that index
   */
  record Targets(
      NetworkFaults network, DiskFaults disks, FaultCounts counts, FaultAtlas atlas, int drift,
      IntConsumer leaseRead, SimulatedPassives passives) {}

  private Set<FaultKind> drawn(Set<FaultKind> allowed, boolean hasPassives) {
    Set<FaultKind> drawn = EnumSet.noneOf(FaultKind.class);
    // From a stream of their own, so that runs without passive acceptors are as they were.
    SeededRandom passives = chaos.world().stream("faults of passive acceptors");
    for (FaultKind kind : FaultKind.values()) {
      boolean ofPassives = FaultKind.ofPassives().contains(kind);
      boolean wanted = kind == FaultKind.LEASE_CUT ? cutsLeases(chaos.world())
          : ofPassives ? passives.nextBoolean() && hasPassives : chaos.random().nextBoolean();
      if (wanted && allowed.contains(kind)) {
        drawn.add(kind);
      }
    }
    return drawn;
  }

  /** Drawn apart from all others, since settings depend on it. */
  static boolean cutsLeases(World world) {
    return world.stream("cuts leases").nextBoolean();
  }

  Set<FaultKind> on() {
    return on;
  }

  /** What may still be damaged; a reconfiguration tells it of a store that votes again. */
  FaultAtlas atlas() {
    return chaos.atlas();
  }

  /** How often each kind really happened. */
  Map<FaultKind, Long> counts() {
    return chaos.counts().toMap();
  }

  /** What was injected at moments, each as the kind and its number within the kind, in order. */
  List<String> injected() {
    return chaos.injected();
  }

  long crashes() {
    return crashes;
  }

  long partitions() {
    return links.partitions();
  }

  /** Starts all kinds that are on. */
  void start() {
    network.usual(World.MILLI / 10 + chaos.random().nextLong(2 * World.MILLI));
    for (FaultKind kind : on) {
      chaos.starting(kind);
      families.forEach(family -> family.start(kind));
    }
  }

  @Override
  public void crashedAsPlanned(FaultKind kind) {
    chaos.count(kind);
  }

  /** A node has stopped, by plan or by itself: its operator will start it again. */
  @Override
  public void stopped(SimulatedNode node, Stop why) {
    crashes++;
    chaos.atlas().crashed(node.id());
    operator.stopped(node, why);
  }

  /** Ends all faults; whoever is down starts. */
  void heal() {
    chaos.heal();
    network.heal();
    disks.heal();
    chaos.nodes().forEach(SimulatedNode::heal);
    operator.heal(chaos.nodes());
  }
}
