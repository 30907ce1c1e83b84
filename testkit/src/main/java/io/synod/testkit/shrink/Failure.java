package io.synod.testkit.shrink;

import io.synod.testkit.oracle.Violation;
import io.synod.testkit.sim.SimulationReport;
import java.util.Optional;

/**
 * In which way a run failed: the property and, where the code under test threw, what it threw
 * without the numbers in it. Other words for the same property are the same failure.
 */
record Failure(String property, String thrown) {
  static Optional<Failure> of(SimulationReport report) {
    return report.firstViolation().map(Failure::of);
  }

  private static Failure of(Violation violation) {
    String second = violation.second();
    int where = second.indexOf(" at ", second.indexOf("it threw ") + 1);
    boolean threw = second.startsWith("it threw ") && where > 0;
    String thrown = threw ? second.substring(0, where).replaceAll("n?\\d+", "#") : "";
    return new Failure(violation.property(), thrown);
  }

  boolean isThatOf(SimulationReport report) {
    return report.violations().stream().map(Failure::of).anyMatch(this::equals);
  }
}
