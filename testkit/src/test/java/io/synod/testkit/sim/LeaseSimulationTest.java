package io.synod.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.register.lease.LeaseSettings;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Leases under faults: kept, no read is stale; with a rule broken, the linearizability oracle says
 * so. A leader that is cut off here goes on to believe in itself, so that only its lease stops it.
 */
class LeaseSimulationTest {
  private static final int SEEDS = 120;
  private static final Set<FaultKind> FAULTS = EnumSet.of(
      FaultKind.PARTITION, FaultKind.CRASH);

  private final Variant fall = new Variants().fall()
      .with("synod.election.confirm", "self")
      .with(LeaseSettings.DURATION, Duration.ofMillis(500));

  private static SimulationReport run(Variant variant, long seed) {
    return Simulation.of(variant).seed(seed).nodes(3).seconds(10).faults(FAULTS).load(4, 10).run();
  }

  /** The first seed at which the oracle of linearizability objects; -1 if none does. */
  private long firstStale(UnaryOperator<Variant> breaking) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      SimulationReport report = run(breaking.apply(fall), seed);
      if (!report.violations().isEmpty()) {
        assertThat(report.violations().get(0).property()).isEqualTo("Linearizability");
        System.out.println("XX " + seed + " " + report.violations());
        return seed;
      }
    }
    return -1;
  }

  @Test
  void x() {
    Variant s = fall.with(LeaseSettings.DURATION, Duration.ofMillis(50));
    Variant l = fall.with(LeaseSettings.DURATION, Duration.ofSeconds(10));
    java.util.List.of(0, 1, 2).parallelStream().forEach(i -> {
      for (long seed = 1; seed <= 150; seed++) {
        Variant v = i == 0 ? BrokenLeases.servedAfterExpiry(s)
            : i == 1 ? BrokenLeases.restartedWithoutWaiting(l) : BrokenLeases.grantedInVain(l);
        SimulationReport report = run(v, seed);
        if (!report.violations().isEmpty()) {
          System.out.println("XX" + i + " " + seed + " " + report.faults() + report.violations().get(0).property());
        }
      }
    });
  }
}
