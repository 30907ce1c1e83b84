package io.synod.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.testkit.sim.FaultKind;
import io.synod.testkit.sim.Simulation;
import io.synod.testkit.sim.SimulationReport;
import io.synod.testkit.sim.Variant;
import io.synod.testkit.sim.Variants;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole clusters of each variant under faults, seeds 1 to 100. A failure names its seed;
 * {@code -Dseed=N} runs that one only.
 */
class SimulationTest {
  private static final long SEEDS = 100;
  private static final double SECONDS = 6;

  @ParameterizedTest
  @ValueSource(strings = {"fall", "classic", "crash-stop"})
  void holdsItsPropertiesUnderFaults(String name) {
    Variant variant = new Variants().named(name);
    Long only = Long.getLong("seed");
    long first = only == null ? 1 : only;
    long last = only == null ? SEEDS : only;
    long crashes = 0;
    long partitions = 0;
    for (long seed = first; seed <= last; seed++) {
      SimulationReport report = Simulation.of(variant).seed(seed).seconds(SECONDS).run();
      assertThat(report.violations()).as("-Dseed=%s: %s", seed, report).isEmpty();
      assertThat(report.commands()).as("commands of seed %s", seed).isPositive();
      crashes += report.crashes();
      partitions += report.partitions();
    }
    if (only == null) {
      assertThat(crashes).isGreaterThan(SEEDS);
      assertThat(partitions).isGreaterThan(SEEDS / 2);
    }
  }

  @Test
  void aSingleNodeServesAlone() {
    SimulationReport report =
        Simulation.of(new Variants().fall()).nodes(1).seed(3).seconds(SECONDS).run();
    assertThat(report.violations()).as("%s", report).isEmpty();
    assertThat(report.commands()).isPositive();
  }

  @Test
  void aHealthyClusterElectsOnce() {
    SimulationReport report = Simulation.of(new Variants().fall())
        .nodes(5).seed(2).seconds(SECONDS).faults(EnumSet.noneOf(FaultKind.class)).run();
    assertThat(report.violations()).as("%s", report).isEmpty();
    assertThat(report.elections()).isLessThanOrEqualTo(3);
  }
}
