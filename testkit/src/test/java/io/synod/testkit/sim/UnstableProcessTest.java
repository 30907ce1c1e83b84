package io.synod.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Processes that crash and recover for ever (Deconstructing Paxos §6.2): n1 of three, or n1 and n2
 * of five, are never up for long enough to lead, and never down for long enough to be suspected.
 */
class UnstableProcessTest {
  private static final long FROM = 2 * World.SECOND;
  private static final long UNTIL = 6 * World.SECOND;
  private static final long DOWN = 200 * World.MILLI;

  /** Draws the kind of fault. */
  private static final long SEED = 2;

  private final Variants variants = new Variants();

  /** How many instances the last node, which is stable, applies meanwhile. */
  private long applied(String election, int unstable, long up) {
    int size = 2 * unstable + 1;
    long[] applied = new long[2];
    SimulationReport report = Simulation.of(variants.electing(variants.fall(), election))
        .nodes(size).seconds(7).seed(SEED).load(3, 20)
        .faults(EnumSet.of(FaultKind.CRASH)).onlyFaults(Set.of()) // so that it is no calm time
        .script((world, nodes) -> {
          for (int i = 0; i < unstable; i++) {
            SimulatedNode node = nodes.get(i);
            world.after(World.SECOND + i * DOWN / 3, () -> crashForEver(world, node, up));
          }
          SimulatedNode stable = nodes.get(size - 1);
          world.after(FROM, () -> applied[0] = stable.applied());
          world.after(UNTIL, () -> applied[1] = stable.applied());
        }, false).run();
    assertThat(report.firstViolation()).as(report.toString()).isEmpty();
    assertThat(report.faults()).isNotEmpty();
    return applied[1] - applied[0];
  }

  private static void crashForEver(World world, SimulatedNode node, long up) {
    if (world.now() > UNTIL) {
      return;
    }
    node.crash();
    world.after(DOWN, () -> {
      node.start();
      world.after(up, () -> crashForEver(world, node, up));
    });
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 5", "2, 3"})
  void plainOmegaTrustsThemForEverAndNextToNothingIsDone(int unstable, int upMillis) {
    assertThat(applied("plain", unstable, upMillis * World.MILLI)).isLessThanOrEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"spring, 1, 1", "spring, 1, 5", "spring, 2, 3", "omega, 1, 5"})
  void whereStartsCountSomebodyElseLeads(String election, int unstable, int upMillis) {
    assertThat(applied(election, unstable, upMillis * World.MILLI)).isGreaterThan(200);
  }
}
