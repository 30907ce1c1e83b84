package io.synod.server.sim;

import io.synod.server.cli.Progress;
import io.synod.testkit.shrink.Shrinker;
import io.synod.testkit.shrink.Shrunk;
import io.synod.testkit.sim.Scenario;
import io.synod.testkit.sim.SimulationReport;
import java.io.PrintWriter;
import java.util.List;

/**
 * What a person needs to understand a failing run: the seed, the property, the two facts, a line
 * that replays it, and the smallest run found that still fails, with its history.
 *
 * @param replay the command that runs the failing seed again
 * @param shrunk null if nobody asked for it
 * @param shrunkReplay the command that runs the smallest one; null likewise
 */
record FailureStory(SimulationReport report, String replay, Shrunk shrunk, String shrunkReplay) {
  /**
   * Shrinks a failing run.
   *
   * @param budget how many runs that may take; 0 leaves it as it is
   * @param more further options that the failing run had, each after a space
   */
  static FailureStory of(Finished failing, int budget, String more, Progress progress) {
    SimulationReport report = failing.report();
    String command =
        "synod sim --variant " + report.variant() + " --seed " + report.seed() + more + " ";
    Scenario scenario = failing.simulation().scenario();
    if (budget == 0) {
      return new FailureStory(report, command + scenario.options(), null, null);
    }
    progress.show("seed " + report.seed() + " fails; looking for a smaller run that still does");
    Shrunk shrunk = new Shrinker(failing.simulation(), budget).shrink();
    return new FailureStory(
        report, command + scenario.options(), shrunk, command + shrunk.scenario().options());
  }

  void print(PrintWriter out) {
    out.println(report);
    out.println("replay: " + replay);
    if (shrunk != null) {
      out.println();
      out.println("smallest of " + (shrunk.runs() + 1) + " runs that fails so"
          + (shrunk.minimal() ? "" : " (the budget of --shrink-runs is used up)") + ":");
      out.println(shrunk.report());
      out.println("replay: " + shrunkReplay);
      out.println("what led to it:");
      shrunk.history().forEach(line -> out.println("  " + line));
    }
    out.println();
  }

  List<String> history() {
    return shrunk == null ? List.of() : shrunk.history();
  }
}
