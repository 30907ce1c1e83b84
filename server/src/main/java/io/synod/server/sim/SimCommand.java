package io.synod.server.sim;

import io.synod.server.cli.CommandFailed;
import io.synod.server.cli.ExitCodes;
import io.synod.server.cli.JsonLine;
import io.synod.server.cli.Progress;
import io.synod.testkit.sabotage.Sabotage;
import io.synod.testkit.sabotage.Sabotages;
import io.synod.testkit.sim.Simulation;
import io.synod.testkit.sim.Variant;
import io.synod.testkit.sim.Variants;
import io.synod.testkit.trace.TraceWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The deterministic simulator over one seed or many. */
@Command(name = "sim", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Runs whole clusters under faults in virtual time and checks what must hold.",
    footer = {"", "Example: synod sim --variant all --seeds 1-1000 --sim-seconds 10"})
public final class SimCommand implements Callable<Integer> {
  /** Most sabotages show within these. */
  private static final long SABOTAGE_SEEDS = 200;

  @Spec
  private CommandSpec spec;

  @Option(names = "--variant", paramLabel = "V", defaultValue = "fall",
      description = "such as fall or winter, both at once as winter+spring, several with commas, or"
          + " all: see synod variants (default: fall)")
  private String variant;

  @Option(names = "--election", paramLabel = "E",
      description = "the election instead of the variant's; under fixed n1 leads")
  private String election;

  @Option(names = "--seed", paramLabel = "N", description = "one seed; replays that run exactly")
  private Long seed;

  @Option(names = "--seeds", paramLabel = "A-B",
      description = "all seeds from A to B, on all cores, up to the first that fails")
  private String seeds;

  @Option(names = "--keep-going", description = "runs all seeds, also after one has failed")
  private boolean keepGoing;

  @Mixin
  private ScenarioOptions scenario;

  @Option(names = "--shrink-runs", paramLabel = "N", defaultValue = "300",
      description = "runs to spend on making a failing one smaller; 0: none (default: 300)")
  private int shrinkRuns;

  @Option(names = "--trace", paramLabel = "FILE",
      description = "writes the run of one seed as JSON lines, see docs/trace-format.md")
  private Path trace;

  @Option(names = "--json", description = "the last line is one JSON object")
  private boolean json;

  @Option(names = "--reconfigure",
      description = "changes members again and again, among seven nodes")
  private boolean reconfigure;

  @Option(names = "--sabotage", paramLabel = "NAME",
      description = "breaks one rule on purpose and stops at the first seed that shows it; list:"
          + " all names; all: each in turn (seeds 1-200 unless given)")
  private String sabotage;

  @Override
  public Integer call() throws InterruptedException {
    if ("list".equals(sabotage)) {
      return SabotageTable.list(spec.commandLine().getOut(), json);
    }
    SeedRange range = range();
    if ("all".equals(sabotage)) {
      return new SabotageTable(this::broken, range, json).hunt(spec.commandLine().getOut());
    }
    List<Simulation> simulations = simulations();
    if (trace != null) {
      return traced(simulations, range);
    }
    try (Interruption interruption = new Interruption();
        Progress progress = Progress.onTerminal(json)) {
      Totals totals = new Campaign(simulations, range, keepGoing).run(progress, interruption);
      return print(totals, progress, interruption);
    }
  }

  private SeedRange range() {
    if (seed != null && seeds != null) {
      throw CommandFailed.usage("--seed and --seeds exclude each other; give one of them");
    }
    if (seeds != null) {
      return SeedRange.parse(seeds);
    }
    if (seed == null && sabotage != null) {
      return new SeedRange(1, SABOTAGE_SEEDS);
    }
    long one = seed == null ? 1 : seed;
    return new SeedRange(one, one);
  }

  private List<Simulation> simulations() {
    try {
      if (sabotage != null) {
        return List.of(broken(Sabotages.named(sabotage)));
      }
      Variants variants = new Variants();
      List<Simulation> all = new ArrayList<>();
      List<String> names = new ArrayList<>(
          variant.equals("all") ? Variants.names() : Arrays.asList(variant.split(",")));
      if (variant.equals("all") && election == null && !reconfigure) {
        names.add(Variants.ABD);
      }
      for (String name : names) {
        all.add(simulation(variants, name.trim()));
      }
      return all;
    } catch (IllegalArgumentException e) {
      throw CommandFailed.usage(e.getMessage(), e);
    }
  }

  private Simulation simulation(Variants variants, String name) {
    Variant named = variants.named(name);
    if (name.equals(Variants.ABD) && (election != null || reconfigure)) {
      throw CommandFailed.usage(
          "abd has neither leader nor log: leave out --election and --reconfigure");
    }
    return Simulation.of(election == null ? named : variants.electing(named, election))
        .scenario(scenario.scenario())
        .reconfigure(reconfigure);
  }

  /** In the variant given, or else in the one in which this sabotage shows. */
  private Simulation broken(Sabotage rule) {
    boolean given = spec.commandLine().getParseResult().hasMatchedOption("--variant");
    Simulation honest = simulation(new Variants(), given ? variant : rule.variant());
    return honest.reconfigure(reconfigure || rule.reconfigures()).sabotage(rule);
  }

  /** Options beside the scenario that a replay needs, each after a space. */
  private String replayOptions() {
    return (election == null ? "" : " --election " + election)
        + (reconfigure ? " --reconfigure" : "")
        + (sabotage == null ? "" : " --sabotage " + sabotage);
  }

  private int traced(List<Simulation> simulations, SeedRange range) {
    if (seeds != null || simulations.size() > 1) {
      throw CommandFailed.usage(
          "--trace writes one run; give it one --variant, and --seed instead of --seeds");
    }
    Simulation simulation = simulations.get(0).seed(range.first());
    try (Progress progress = Progress.onTerminal(json);
        Interruption interruption = new Interruption()) {
      Totals totals = new Totals();
      Finished run = writeTrace(simulation);
      totals.add(run);
      totals.took(run.report().wallSeconds());
      return print(totals, progress, interruption);
    }
  }

  private Finished writeTrace(Simulation simulation) {
    try (TraceWriter writer = new TraceWriter(trace)) {
      Finished run = Finished.running(simulation.trace(writer));
      return new Finished(simulation, run.report(), run.cpuSeconds());
    } catch (IOException | UncheckedIOException e) {
      throw CommandFailed.failed("the trace cannot be written to " + trace + ": " + e, e);
    }
  }

  private int print(Totals totals, Progress progress, Interruption interruption) {
    PrintWriter out = spec.commandLine().getOut();
    Finished failing = totals.firstFailing();
    FailureStory story = failing == null ? null : FailureStory.of(
        failing, interruption.requested() ? 0 : shrinkRuns, replayOptions(), progress);
    progress.close();
    if (story != null) {
      story.print(out);
    }
    if (json) {
      withStory(totals.json(), story).print(out);
    } else {
      totals.printFailing(out);
      totals.printTable(out);
    }
    out.flush();
    return failing == null ? ExitCodes.DONE : ExitCodes.FAILED;
  }

  private static JsonLine withStory(JsonLine line, FailureStory story) {
    return story == null ? line : line
        .put("replay", story.replay())
        .put("shrunkReplay", story.shrunkReplay())
        .put("history", story.history());
  }
}
