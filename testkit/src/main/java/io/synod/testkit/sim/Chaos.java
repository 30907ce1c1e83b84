package io.synod.testkit.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What all families of faults of one run share: the nodes, chance, time and the count. After
 * {@link #heal} nothing that was planned here happens any more.
 */
final class Chaos {
  private final World world;
  private final SeededRandom random;
  private final List<SimulatedNode> nodes;
  private final FaultCounts counts;
  private final FaultAtlas atlas;
  private final Predicate<String> injects;
  private final List<String> injected = new ArrayList<>();
  private FaultKind starting;
  private boolean healed;

  /** Of what comes at moments only what {@code injects} lets through by name happens. */
  Chaos(
      World world, List<SimulatedNode> nodes, FaultCounts counts, FaultAtlas atlas,
      Predicate<String> injects) {
    this.injects = injects;
    this.world = world;
    this.random = world.stream("faults");
    this.nodes = nodes;
    this.counts = counts;
    this.atlas = atlas;
  }

  SeededRandom random() {
    return random;
  }

  FaultAtlas atlas() {
    return atlas;
  }

  World world() {
    return world;
  }

  List<SimulatedNode> nodes() {
    return nodes;
  }

  int size() {
    return nodes.size();
  }

  int anyIndex() {
    return random.nextInt(nodes.size());
  }

  SimulatedNode any() {
    return nodes.get(anyIndex());
  }

  /** Whoever leads, or anybody. */
  int leaderIndex() {
    for (SimulatedNode node : nodes) {
      if (node.leading()) {
        return node.index();
      }
    }
    return anyIndex();
  }

  void count(FaultKind kind) {
    counts.add(kind);
  }

  FaultCounts counts() {
    return counts;
  }

  /** Each kind has its own draws: leaving one out changes no other. */
  void starting(FaultKind kind) {
    starting = kind;
    world.restart(random, "fault " + kind);
  }

  /** What was injected at moments, each as the kind and its number within the kind, in order. */
  List<String> injected() {
    return injected;
  }

  /** Runs {@code fault} again and again, at a rate drawn around {@code mean}. */
  void every(long mean, Runnable fault) {
    String kind = starting.label();
    SeededRandom times = world.stream("times of " + kind);
    again(kind, 1, times, new Recurring(mean / 2 + times.nextLong(2 * mean), fault));
  }

  private record Recurring(long mean, Runnable injection) {}

  private void again(String kind, int number, SeededRandom times, Recurring fault) {
    later(times.exponential(fault.mean), () -> {
      inject(kind + "." + number, fault.injection);
      again(kind, number + 1, times, fault);
    });
  }

  private void inject(String name, Runnable injection) {
    if (injects.test(name)) {
      injected.add(name);
      world.observer().fault(name);
      world.restart(random, name);
      injection.run();
    }
  }

  /** Runs {@code step} after a delay, unless all faults have ended by then. */
  void later(long delay, Runnable step) {
    world.after(delay, () -> {
      if (!healed) {
        step.run();
      }
    });
  }

  void heal() {
    healed = true;
  }
}
