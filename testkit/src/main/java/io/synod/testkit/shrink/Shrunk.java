package io.synod.testkit.shrink;

import io.synod.testkit.sim.Scenario;
import io.synod.testkit.sim.SimulationReport;
import java.util.List;

/**
 * The smallest failing run that was found.
 *
 * @param report of that run
 * @param runs how many runs it took to find
 * @param minimal whether nothing more could be left out; else the budget was used up
 * @param history the events that matter for the violation, in order, one a line
 */
public record Shrunk(
    Scenario scenario, SimulationReport report, int runs, boolean minimal,
    List<String> history) {
  /** Copies the list. */
  public Shrunk {
    history = List.copyOf(history);
  }
}
