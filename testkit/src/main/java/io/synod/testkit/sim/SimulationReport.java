package io.synod.testkit.sim;

import io.synod.testkit.oracle.Violation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a run showed.
 *
 * @param faults the kinds that this seed had on
 * @param counts how often each kind of fault really happened, in the order of the kinds
 * @param violations empty, or the first violation and whatever the same event violated, too
 * @param elections ballots that came as far as a 1c
 * @param reconfigurations changes of members that came into force
 * @param events steps of the scheduler: messages, timers, completions, client steps
 * @param traceHash over every event; equal for the same build, seed and options on every JVM
 * @param injected the faults that came at moments, in order: kind, dot, number within the kind
 */
public record SimulationReport(
    String variant, long seed, int nodes, Set<FaultKind> faults,
    Map<FaultKind, Long> counts, List<Violation> violations,
    double simulatedSeconds, double wallSeconds, long commands, long crashes, long partitions,
    long elections, long reconfigurations, long events, long traceHash, List<String> injected) {
  /** Copies the lists. */
  public SimulationReport {
    violations = List.copyOf(violations);
    injected = List.copyOf(injected);
  }

  /** Whether all clocks kept within the bound that leases rely on. */
  public boolean clocksWithinBound() {
    return !counts.containsKey(FaultKind.CLOCK_BEYOND);
  }

  /** The violation that ended the run. */
  public Optional<Violation> firstViolation() {
    return violations.stream().findFirst();
  }

  /** The first violated property, or an empty text. */
  public String property() {
    return firstViolation().map(Violation::property).orElse("");
  }

  /** One sentence for people, with the seed that replays the run. */
  @Override
  public String toString() {
    String run =
        "variant " + variant + ", seed " + seed + ", " + nodes + " nodes, faults " + faults;
    return firstViolation().map(violation -> run + ": " + violation)
        .orElse(run + ": no violation in " + events + " events");
  }
}
