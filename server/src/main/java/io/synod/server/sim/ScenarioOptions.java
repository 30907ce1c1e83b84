package io.synod.server.sim;

import io.synod.server.cli.CommandFailed;
import io.synod.testkit.sim.FaultKind;
import io.synod.testkit.sim.Scenario;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/** How large each run is and what may go wrong in it. */
final class ScenarioOptions {
  @Option(names = "--sim-seconds", paramLabel = "S", defaultValue = "10",
      description = "simulated seconds under faults (default: 10)")
  private double seconds;

  @Option(names = "--faults", paramLabel = "LIST", defaultValue = "all",
      completionCandidates = Kinds.class,
      description = {"all, none or names with commas; each seed turns half off (default: all)",
          "names: ${COMPLETION-CANDIDATES}"})
  private String faults;

  @Option(names = "--only-faults", paramLabel = "LIST",
      description = "of what is injected at moments only these, e.g. crash.3,partition.1, or none")
  private String onlyFaults;

  @Option(names = "--nodes", paramLabel = "N", defaultValue = "0",
      description = "nodes, 1 to 9 (default: 3 or 5, by seed)")
  private int nodes;

  @Option(names = "--clients", paramLabel = "N", defaultValue = "3",
      description = "clients (default: 3)")
  private int clients;

  @Option(names = "--think-millis", paramLabel = "T", defaultValue = "20",
      description = "simulated milliseconds between two requests of a client (default: 20)")
  private double thinkMillis;

  /** What can be named. */
  private static final class Kinds implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(FaultKind.values()).map(FaultKind::label).iterator();
    }
  }

  /** What was asked for; refuses unknown names of faults. */
  Scenario scenario() {
    try {
      return new Scenario(
          nodes, seconds, FaultKind.parse(faults), only(), clients, thinkMillis);
    } catch (IllegalArgumentException e) {
      throw CommandFailed.usage(e.getMessage(), e);
    }
  }

  private Optional<Set<String>> only() {
    if (onlyFaults == null) {
      return Optional.empty();
    }
    Set<String> names = new TreeSet<>();
    if (!onlyFaults.equals("none")) {
      Arrays.stream(onlyFaults.split(",")).map(String::trim).forEach(name -> {
        refuseUnknown(name);
        names.add(name);
      });
    }
    return Optional.of(names);
  }

  private static void refuseUnknown(String name) {
    int dot = name.indexOf('.');
    if (dot < 0 || !name.substring(dot + 1).matches("[1-9]\\d{0,8}")) {
      throw new IllegalArgumentException(
          "--only-faults takes names such as crash.3, a kind and a number, not '" + name + "'");
    }
    FaultKind.parse(name.substring(0, dot));
  }
}
