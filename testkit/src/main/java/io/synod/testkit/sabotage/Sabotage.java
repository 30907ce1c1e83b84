package io.synod.testkit.sabotage;

import io.synod.testkit.sim.Alteration;
import io.synod.testkit.sim.NodeParts;
import io.synod.testkit.sim.Simulation;
import io.synod.testkit.sim.Variants;

/**
 * One rule, broken in every node of a run.
 *
 * @param name what the command line calls it
 * @param meaning what the nodes do wrong, in one line
 * @param rule what says that they must not, and where
 * @param variant the variant in which it shows
 * @param reconfigures whether members have to change for it to show
 */
public record Sabotage(
    String name, String meaning, String rule, String variant, boolean reconfigures,
    Alteration alteration) implements Alteration {
  /** One that shows in the variant {@code fall}. */
  Sabotage(String name, String meaning, String rule, Alteration alteration) {
    this(name, meaning, rule, "fall", false, alteration);
  }

  /** The same, to be looked for in another variant. */
  Sabotage in(String otherVariant) {
    return new Sabotage(name, meaning, rule, otherVariant, reconfigures, alteration);
  }

  /** The same, to be looked for while members change. */
  Sabotage whileReconfiguring() {
    return new Sabotage(name, meaning, rule, variant, true, alteration);
  }

  @Override
  public NodeParts apply(NodeParts parts) {
    return alteration.apply(parts);
  }

  /** A run of its variant with the rule broken; takes the variant from {@code variants}. */
  public Simulation simulation(Variants variants) {
    return Simulation.of(variants.named(variant)).reconfigure(reconfigures).sabotage(this);
  }
}
