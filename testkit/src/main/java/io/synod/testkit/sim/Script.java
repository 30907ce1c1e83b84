package io.synod.testkit.sim;

import java.util.List;

/** What happens at fixed moments of a run instead of the changes that the seed would draw. */
interface Script {
  /** The nodes are about to start: plans what is to happen, in the virtual time of the world. */
  void begin(World world, List<SimulatedNode> nodes);

  /** The same, where a master keeps configurations. */
  default void begin(World world, List<SimulatedNode> nodes, SimulatedMaster master) {
    begin(world, nodes);
  }
}
