package io.synod.testkit.sim;

import java.util.function.Consumer;

/**
 * Does what the manual tells an operator to do with a node that is down: starts it again; empties
 * a store that is damaged and lets the node in as a new incarnation; sets the same for a node that
 * its peers refuse. Takes its time while faults go on.
 */
final class Operator {
  private static final long SHORT = 10 * World.MILLI;
  private static final long RESTART = 700 * World.MILLI;
  private static final long REPAIR = 2 * World.SECOND;

  private final World world;
  private final SeededRandom random;
  private final Consumer<SimulatedNode> empty;
  private final Stop[] whyDown;
  private final boolean restarts;
  private boolean healed;

  /**
   * With all nodes up.
   *
   * @param restarts whether it starts nodes again while faults go on
   * @param empty removes what is on the disk of a node
   */
  Operator(World world, int nodes, boolean restarts, Consumer<SimulatedNode> empty) {
    this.world = world;
    this.restarts = restarts;
    this.random = world.stream("operator");
    this.empty = empty;
    this.whyDown = new Stop[nodes];
  }

  /** A node has stopped. */
  void stopped(SimulatedNode node, Stop why) {
    whyDown[node.index()] = why;
    boolean repair = why == Stop.DAMAGED || why == Stop.REFUSED;
    if (!healed && !restarts) {
      return;
    }
    long delay = healed ? 0 : random.exponential(repair ? REPAIR : RESTART);
    world.after(SHORT + delay, () -> bringUp(node));
  }

  private void bringUp(SimulatedNode node) {
    if (node.up()) {
      return;
    }
    Stop why = whyDown[node.index()];
    if (why == Stop.DAMAGED) {
      empty.accept(node);
    }
    if (why == Stop.DAMAGED || why == Stop.REFUSED) {
      node.asNewIncarnation();
    }
    node.start();
  }

  /** Brings up whoever is down, and from now on at once. */
  void heal(Iterable<SimulatedNode> nodes) {
    healed = true;
    nodes.forEach(this::bringUp);
  }
}
