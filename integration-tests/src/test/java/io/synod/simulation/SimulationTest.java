package io.synod.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.testkit.sim.FaultKind;
import io.synod.testkit.sim.Simulation;
import io.synod.testkit.sim.SimulationReport;
import io.synod.testkit.sim.Variants;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole clusters of each variant under faults, the first seeds on all cores. A failure names its
 * seed; {@code -Dseed=N} runs that one only.
 */
class SimulationTest {
  private static final long SEEDS = 24;
  private static final long RECONFIGURED = 10;
  private static final double SECONDS = 6;

  @ParameterizedTest
  @ValueSource(strings = {
      "fall", "classic", "crash-stop", "winter", "cheap", "spring", "summer", "cas", "leased",
      "vertical", "abd"})
  void holdsItsPropertiesUnderFaults(String name) {
    Simulation simulation = Simulation.of(new Variants().named(name)).seconds(SECONDS);
    Long only = Long.getLong("seed");
    LongStream seeds =
        only == null ? LongStream.rangeClosed(1, SEEDS) : LongStream.of(only);
    List<SimulationReport> reports =
        seeds.parallel().mapToObj(seed -> simulation.seed(seed).run()).toList();
    assertThat(reports).allSatisfy(report -> {
      assertThat(report.violations()).as("-Dseed=%s: %s", report.seed(), report).isEmpty();
      assertThat(report.commands()).as("commands of seed %s", report.seed()).isPositive();
    });
    if (only == null) {
      assertThat(reports.stream().mapToLong(SimulationReport::crashes).sum())
          .isGreaterThan(SEEDS);
      assertThat(reports.stream().mapToLong(SimulationReport::partitions).sum())
          .isGreaterThan(SEEDS / 2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "fall", "classic", "crash-stop", "winter", "summer", "cas", "leased", "vertical"})
  void holdsItsPropertiesWhileMembersChange(String name) {
    Simulation simulation =
        Simulation.of(new Variants().named(name)).seconds(SECONDS).reconfigure(true);
    Long only = Long.getLong("seed");
    LongStream seeds =
        only == null ? LongStream.rangeClosed(1, RECONFIGURED) : LongStream.of(only);
    List<SimulationReport> reports =
        seeds.parallel().mapToObj(seed -> simulation.seed(seed).run()).toList();
    assertThat(reports).allSatisfy(report ->
        assertThat(report.violations()).as("-Dseed=%s: %s", report.seed(), report).isEmpty());
    if (only == null) {
      assertThat(reports.stream().mapToLong(SimulationReport::reconfigurations).sum())
          .isGreaterThan(RECONFIGURED / 5);
    }
  }

  /** Instances one after the other or at once, per message or per batch, whatever the variant. */
  @ParameterizedTest
  @CsvSource({"fall, 1, 1", "fall, 16, 1", "fall, 1, 65536", "classic, 16, 1", "classic, 16, 3"})
  void holdsItsPropertiesWithEitherKindOfInstances(String name, int window, int batchCount) {
    Simulation simulation = Simulation.of(new Variants().named(name)
        .with("synod.broadcast.window", window)
        .with("synod.broadcast.batch-count", batchCount)).seconds(SECONDS);
    List<SimulationReport> reports = LongStream.rangeClosed(1, SEEDS / 5).parallel()
        .mapToObj(seed -> simulation.seed(seed).run()).toList();
    assertThat(reports).allSatisfy(report -> {
      assertThat(report.violations()).as("seed %s: %s", report.seed(), report).isEmpty();
      assertThat(report.commands()).as("commands of seed %s", report.seed()).isPositive();
    });
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
