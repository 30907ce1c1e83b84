package io.synod.testkit.sim;

import java.util.List;

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
  private boolean healed;

  Chaos(World world, List<SimulatedNode> nodes, FaultCounts counts, FaultAtlas atlas) {
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

  /** Runs {@code fault} again and again, at a rate drawn around {@code mean}. */
  void every(long mean, Runnable fault) {
    repeat(mean / 2 + random.nextLong(2 * mean), fault);
  }

  private void repeat(long mean, Runnable fault) {
    later(random.exponential(mean), () -> {
      fault.run();
      repeat(mean, fault);
    });
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
