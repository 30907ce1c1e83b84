package io.synod.server.sim;

import io.synod.server.cli.CommandFailed;
import io.synod.server.cli.ExitCodes;
import io.synod.server.cli.JsonLine;
import io.synod.server.cli.Progress;
import io.synod.server.cli.Table;
import io.synod.testkit.sabotage.Sabotage;
import io.synod.testkit.sabotage.Sabotages;
import io.synod.testkit.sim.FaultKind;
import io.synod.testkit.sim.Simulation;
import io.synod.testkit.sim.SimulationReport;
import io.synod.testkit.sim.Variants;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The deterministic simulator over one seed or many. */
@Command(name = "sim", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Runs whole clusters under faults in virtual time and checks what must hold.",
    footer = {"", "Example: synod sim --variant fall --seeds 1-1000 --sim-seconds 10"})
public final class SimCommand implements Callable<Integer> {
  /** Most sabotages show within these. */
  private static final long SABOTAGE_SEEDS = 200;

  @Spec
  private CommandSpec spec;

  @Option(names = "--variant", paramLabel = "V", defaultValue = "fall",
      description = "fall, classic or crash-stop (default: fall)")
  private String variant;

  @Option(names = "--seed", paramLabel = "N", description = "one seed; replays that run exactly")
  private Long seed;

  @Option(names = "--seeds", paramLabel = "A-B",
      description = "all seeds from A to B, on all cores")
  private String seeds;

  @Option(names = "--sim-seconds", paramLabel = "S", defaultValue = "10",
      description = "simulated seconds under faults (default: 10)")
  private double seconds;

  @Option(names = "--faults", paramLabel = "LIST", defaultValue = "all",
      description = "all, none or names with commas; each seed turns half off (default: all)")
  private String faults;

  @Option(names = "--nodes", paramLabel = "N", defaultValue = "0",
      description = "nodes, 1 to 9 (default: 3 or 5, by seed)")
  private int nodes;

  @Option(names = "--json", description = "the last line is one JSON object")
  private boolean json;

  @Option(names = "--reconfigure",
      description = "changes members during the run (not available yet)")
  private boolean reconfigure;

  @Option(names = "--sabotage", paramLabel = "NAME",
      description = "breaks one rule on purpose and stops at the first seed that shows it; list:"
          + " all names; all: each in turn (seeds 1-200 unless given)")
  private String sabotage;

  @Option(names = "--trace", paramLabel = "FILE",
      description = "writes the run as JSON lines (not available yet)")
  private String trace;

  @Override
  public Integer call() throws InterruptedException {
    refuseWhatIsNotThere();
    if ("list".equals(sabotage)) {
      return SabotageTable.list(spec.commandLine().getOut(), json);
    }
    SeedRange range = range();
    if ("all".equals(sabotage)) {
      return new SabotageTable(this::broken, range, json).hunt(spec.commandLine().getOut());
    }
    Simulation simulation = simulation();
    long began = System.nanoTime();
    Totals totals = runAll(simulation, range);
    print(totals, (System.nanoTime() - began) / 1e9);
    return totals.violations() == 0 ? ExitCodes.DONE : ExitCodes.FAILED;
  }

  private void refuseWhatIsNotThere() {
    refuse(reconfigure, "--reconfigure");
    refuse(trace != null, "--trace");
  }

  private static void refuse(boolean given, String option) {
    if (given) {
      throw CommandFailed.usage(option + " is not available in this version; leave it out");
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

  private Simulation simulation() {
    try {
      return sabotage == null ? simulation(variant) : broken(Sabotages.named(sabotage));
    } catch (IllegalArgumentException e) {
      throw CommandFailed.usage(e.getMessage(), e);
    }
  }

  private Simulation simulation(String named) {
    return Simulation.of(new Variants().named(named))
        .faults(FaultKind.parse(faults)).seconds(seconds).nodes(nodes);
  }

  /** In the variant given, or else in the one in which this sabotage shows. */
  private Simulation broken(Sabotage rule) {
    boolean given = spec.commandLine().getParseResult().hasMatchedOption("--variant");
    return simulation(given ? variant : rule.variant()).sabotage(rule);
  }

  /** Each worker takes the next seed; the calling thread sums up and shows how far it is. */
  private Totals runAll(Simulation simulation, SeedRange range) throws InterruptedException {
    int workers = (int) Math.min(range.size(), Runtime.getRuntime().availableProcessors());
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    try (Progress progress = Progress.onTerminal(json)) {
      ExecutorCompletionService<SimulationReport> runs = new ExecutorCompletionService<>(pool);
      AtomicLong next = new AtomicLong(range.first());
      Callable<SimulationReport> one = () -> simulation.seed(next.getAndIncrement()).run();
      for (int i = 0; i < workers; i++) {
        runs.submit(one);
      }
      Totals totals = new Totals();
      long begun = workers;
      while (totals.seeds() < begun) {
        totals.add(result(runs));
        if (begun < range.size() && (sabotage == null || totals.violations() == 0)) {
          begun++;
          runs.submit(one);
        }
        progress.show(totals.seeds() + " of " + range.size() + " seeds, " + totals.violations()
            + " violations");
      }
      return totals;
    } finally {
      pool.shutdownNow();
    }
  }

  private static SimulationReport result(ExecutorCompletionService<SimulationReport> runs)
      throws InterruptedException {
    try {
      return runs.take().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the simulator failed by itself", e.getCause());
    }
  }

  private void print(Totals totals, double wallSeconds) {
    PrintWriter out = spec.commandLine().getOut();
    SimulationReport failing = totals.firstFailing();
    if (failing != null) {
      out.println(failing);
      out.println("replay: synod sim --variant " + failing.variant() + " --seed "
          + failing.seed() + " --sim-seconds " + seconds + " --faults " + faults + " --nodes "
          + nodes + (sabotage == null ? "" : " --sabotage " + sabotage));
    }
    if (json) {
      line(totals, wallSeconds).print(out);
    } else {
      table(totals, wallSeconds).print(out);
    }
    out.flush();
  }

  private Table table(Totals totals, double wallSeconds) {
    return new Table("what", "value")
        .row("seeds", totals.seeds())
        .row("violations", totals.violations())
        .row("simulated seconds", Math.round(totals.simulatedSeconds()))
        .row("seconds", Math.round(wallSeconds))
        .row("commands", totals.commands())
        .row("crashes", totals.crashes())
        .row("partitions", totals.partitions())
        .row("elections", totals.elections())
        .row("events", totals.events())
        .row("trace hash", totals.traceHash());
  }

  private JsonLine line(Totals totals, double wallSeconds) {
    SimulationReport failing = totals.firstFailing();
    return new JsonLine()
        .put("seeds", totals.seeds())
        .put("violations", totals.violations())
        .put("firstFailingSeed", failing == null ? null : failing.seed())
        .put("property", failing == null ? null : failing.property())
        .put("simulatedSeconds", totals.simulatedSeconds())
        .put("wallSeconds", wallSeconds)
        .put("commands", totals.commands())
        .put("crashes", totals.crashes())
        .put("partitions", totals.partitions())
        .put("reconfigurations", 0)
        .put("elections", totals.elections())
        .put("events", totals.events())
        .put("traceHash", totals.traceHash());
  }
}
