package io.synod.testkit.shrink;

import io.synod.testkit.sim.FaultKind;
import io.synod.testkit.sim.Scenario;
import io.synod.testkit.sim.Simulation;
import io.synod.testkit.sim.SimulationReport;
import io.synod.testkit.trace.History;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Runs a failing seed again and again with less: a shorter time, fewer nodes, kinds of faults,
 * injected faults (by delta debugging, Zeller and Hildebrandt 2002) and clients. A smaller run
 * counts if it fails in the same way. Runs on the calling thread.
 */
public final class Shrinker {
  private static final int LINES = 60;
  private static final double SLOWEST = 1000;

  private final Simulation failing;
  private final int budget;
  private Failure failure;
  private Scenario scenario;
  private SimulationReport report;
  private int runs;

  /** Shrinks that run within so many further runs. */
  public Shrinker(Simulation failing, int budget) {
    this.failing = failing;
    this.budget = budget;
  }

  /** The smallest run found; refuses a run without a violation. */
  public Shrunk shrink() {
    report = failing.run();
    failure = Failure.of(report).orElseThrow(
        () -> new IllegalArgumentException("there is nothing to shrink: " + report));
    scenario = failing.scenario().nodes(report.nodes()).faults(report.faults());
    cutAfterViolation();
    Scenario before;
    do {
      before = scenario;
      fewerNodes();
      fewerKinds();
      fewerInjections();
      lessLoad();
      lessTime();
    } while (!before.equals(scenario) && runs < budget);
    History history = new History(LINES);
    failing.scenario(scenario).trace(history).run();
    return new Shrunk(scenario, report, runs, runs < budget, history.lines());
  }

  private boolean stillFails(Scenario smaller) {
    if (runs >= budget || smaller.equals(scenario)) {
      return false;
    }
    runs++;
    SimulationReport found = failing.scenario(smaller).run();
    if (!failure.isThatOf(found)) {
      return false;
    }
    scenario = smaller;
    report = found;
    cutAfterViolation();
    return true;
  }

  /** What is after the violation has no part in it: the run up to there is the same. */
  private void cutAfterViolation() {
    double end = Math.ceil(report.simulatedSeconds() * 1e3) / 1e3;
    if (end > 0 && end < scenario.seconds()) {
      stillFails(scenario.seconds(end));
    }
  }

  private void fewerNodes() {
    for (int nodes = 1; nodes < scenario.nodes(); nodes++) {
      if (stillFails(scenario.nodes(nodes))) {
        return;
      }
    }
  }

  private void fewerKinds() {
    if (stillFails(scenario.faults(Set.of()))) {
      return;
    }
    for (FaultKind kind : scenario.faults()) {
      Set<FaultKind> fewer = EnumSet.copyOf(scenario.faults());
      fewer.remove(kind);
      stillFails(scenario.faults(fewer));
    }
  }

  private void fewerInjections() {
    int parts = 1;
    while (!report.injected().isEmpty() && runs < budget) {
      int size = report.injected().size();
      if (withoutOnePart(parts)) {
        parts = Math.max(1, Math.min(parts - 1, report.injected().size()));
      } else if (parts < size) {
        parts = Math.min(2 * parts, size);
      } else {
        break;
      }
    }
    stillFails(scenario.onlyFaults(new TreeSet<>(report.injected())));
  }

  private boolean withoutOnePart(int parts) {
    List<String> injected = report.injected();
    int length = (injected.size() + parts - 1) / parts;
    for (int from = 0; from < injected.size(); from += length) {
      List<String> rest = new ArrayList<>(injected);
      rest.subList(from, Math.min(injected.size(), from + length)).clear();
      if (stillFails(scenario.onlyFaults(new TreeSet<>(rest)))) {
        return true;
      }
    }
    return false;
  }

  private void lessLoad() {
    for (int clients = 0; clients < scenario.clients(); clients++) {
      if (stillFails(scenario.load(clients, scenario.thinkMillis()))) {
        break;
      }
    }
    boolean slower = true;
    while (slower && scenario.thinkMillis() * 2 <= SLOWEST) {
      slower = stillFails(scenario.load(scenario.clients(), scenario.thinkMillis() * 2));
    }
  }

  /** Only of use where the violation is found after the faults have ended. */
  private void lessTime() {
    boolean shorter = true;
    while (shorter) {
      double half = Math.ceil(scenario.seconds() * 500) / 1e3;
      shorter = half < scenario.seconds() && stillFails(scenario.seconds(half));
    }
  }
}
