package io.synod.testkit.sim;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Injects the faults of one run. Each kind that the seed has left on runs by itself at its own
 * rate. A crash beyond what the variant promises to survive is not injected (fault atlas): where
 * votes are in memory only, no more than a minority of distinct nodes ever crashes.
 */
final class FaultScheduler {
  private final World world;
  private final SeededRandom restarts;
  private final Predicate<String> injects;
  private final List<String> injected = new ArrayList<>();
  private SeededRandom random;
  private FaultKind starting;
  private final Set<FaultKind> on;
  private final List<SimulatedNode> nodes;
  private final NetworkFaults network;
  private final DiskFaults disks;
  private final boolean stable;
  private final Set<Integer> everCrashed = new java.util.TreeSet<>();
  private boolean healed;
  private long crashes;
  private long partitions;

  FaultScheduler(
      World world, SimulationOptions options, List<SimulatedNode> nodes, NetworkFaults network,
      DiskFaults disks, boolean stable) {
    this.world = world;
    this.restarts = world.stream("restarts");
    this.injects = options::injects;
    this.random = world.stream("faults");
    this.nodes = nodes;
    this.network = network;
    this.disks = disks;
    this.stable = stable;
    this.on = drawn(options.faults);
    nodes.forEach(node -> node.onStopped(this::stopped));
  }

  private Set<FaultKind> drawn(Set<FaultKind> allowed) {
    Set<FaultKind> drawn = EnumSet.noneOf(FaultKind.class);
    for (FaultKind kind : FaultKind.values()) {
      boolean wanted = random.nextBoolean();
      if (wanted && allowed.contains(kind)) {
        drawn.add(kind);
      }
    }
    return drawn;
  }

  Set<FaultKind> on() {
    return on;
  }

  long crashes() {
    return crashes;
  }

  long partitions() {
    return partitions;
  }

  /** What was injected, each as the kind and its number within the kind, in order. */
  List<String> injected() {
    return injected;
  }

  /** Starts all kinds that are on, each with its own draws: leaving one out changes no other. */
  void start() {
    network.usual(World.MILLI / 10 + random.nextLong(2 * World.MILLI));
    for (FaultKind kind : on) {
      starting = kind;
      random = world.stream("fault " + kind);
      startKind(kind);
    }
  }

  private void startKind(FaultKind kind) {
    switch (kind) {
      case LOSS -> network.loss(0.3 * random.nextDouble() * random.nextDouble());
      case DUPLICATION -> network.duplication(0.3 * random.nextDouble());
      case REORDERING -> network.reordering(0.5 * random.nextDouble());
      case SLOW_LINKS -> every(3 * World.SECOND, this::slowLink);
      case PARTITION -> every(4 * World.SECOND, this::partition);
      case ONE_WAY -> every(4 * World.SECOND, this::oneWay);
      case CRASH -> every(3 * World.SECOND, this::crashOne);
      case CRASH_AT_EFFECT -> every(2 * World.SECOND, this::planCrash);
      case RESTART_STORM -> every(8 * World.SECOND, this::storm);
      case PAUSE -> every(3 * World.SECOND, this::pause);
      case SLOW_LOOP -> nodes.forEach(node -> node.turnCost(random.nextLong(2 * World.MILLI) + 1));
      case SLOW_DISK -> disks.slow(0.05 * random.nextDouble(), 200 * World.MILLI);
      case FAILING_DISK -> disks.failing(0.001 * random.nextDouble());
      case CLOCK_DRIFT -> every(2 * World.SECOND, this::drift);
      case REPEATED_REQUESTS -> { }
    }
  }

  private void every(long mean, Runnable fault) {
    again(starting.label(), 1, random, new Recurring(mean, fault));
  }

  private void again(String kind, int number, SeededRandom times, Recurring fault) {
    long own = fault.mean / 2 + times.nextLong(fault.mean);
    world.after(times.exponential(own), () -> {
      if (!healed) {
        inject(kind + "." + number, fault.injection);
        again(kind, number + 1, times, fault);
      }
    });
  }

  private void inject(String name, Runnable injection) {
    if (injects.test(name)) {
      injected.add(name);
      world.observer().fault(name);
      random = world.stream(name);
      injection.run();
    }
  }

  private SimulatedNode any() {
    return nodes.get(random.nextInt(nodes.size()));
  }

  private void slowLink() {
    int from = random.nextInt(nodes.size());
    int to = random.nextInt(nodes.size());
    network.slow(from, to, random.exponential(50 * World.MILLI));
    until(random.exponential(2 * World.SECOND), () -> network.slow(from, to, World.MILLI));
  }

  private void partition() {
    PartitionPattern[] patterns = PartitionPattern.values();
    network.reconnect();
    patterns[random.nextInt(patterns.length)].apply(network, random.nextInt(nodes.size()));
    partitions++;
    until(random.exponential(2 * World.SECOND), network::reconnect);
  }

  private void oneWay() {
    int pivot = random.nextInt(nodes.size());
    boolean deaf = random.nextBoolean();
    boolean all = random.nextBoolean();
    int only = random.nextInt(nodes.size());
    for (int i = 0; i < nodes.size(); i++) {
      if (all || i == only) {
        network.cutLink(deaf ? i : pivot, deaf ? pivot : i);
      }
    }
    partitions++;
    until(random.exponential(2 * World.SECOND), network::reconnect);
  }

  private void until(long delay, Runnable end) {
    world.after(delay, () -> {
      if (!healed) {
        end.run();
      }
    });
  }

  private boolean mayCrash(SimulatedNode node) {
    int minority = (nodes.size() - 1) / 2;
    return node.up()
        && (stable || everCrashed.contains(node.index()) || everCrashed.size() < minority);
  }

  private void crashOne() {
    SimulatedNode node = any();
    if (mayCrash(node)) {
      node.crash();
    }
  }

  private void planCrash() {
    SimulatedNode node = any();
    if (mayCrash(node)) {
      everCrashed.add(node.index());
      node.crashAfter(random.nextInt(40));
    }
  }

  private void storm() {
    long pause = 100 * World.MILLI + random.exponential(300 * World.MILLI);
    List<SimulatedNode> victims = new ArrayList<>(nodes);
    int first = random.nextInt(nodes.size());
    for (int i = 0; i < victims.size() * 2; i++) {
      SimulatedNode node = victims.get((first + i) % victims.size());
      until(pause * i, () -> {
        if (mayCrash(node)) {
          node.crash();
        }
      });
    }
  }

  private void pause() {
    any().pause(random.exponential(500 * World.MILLI));
  }

  private void drift() {
    SimulatedNode node = any();
    node.clock().rate(0.95 + 0.1 * random.nextDouble());
    node.clock().jumpWall(random.nextLong(-3_600_000, 3_600_000));
  }

  /** A node has stopped, by plan or by itself: it starts again some time later. */
  private void stopped(SimulatedNode node) {
    crashes++;
    everCrashed.add(node.index());
    world.after(10 * World.MILLI + restarts.exponential(700 * World.MILLI), () -> restart(node));
  }

  private void restart(SimulatedNode node) {
    if (!node.up()) {
      node.start();
    }
  }

  /** Ends all faults; whoever is down starts. */
  void heal() {
    healed = true;
    world.observer().healed();
    network.heal();
    disks.heal();
    for (SimulatedNode node : nodes) {
      node.heal();
      restart(node);
    }
  }

  private record Recurring(long mean, Runnable injection) {}
}
