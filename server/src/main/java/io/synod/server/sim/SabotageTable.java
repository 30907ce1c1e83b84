package io.synod.server.sim;

import io.synod.server.cli.ExitCodes;
import io.synod.server.cli.JsonLine;
import io.synod.server.cli.Progress;
import io.synod.server.cli.Table;
import io.synod.testkit.sabotage.Sabotage;
import io.synod.testkit.sabotage.Sabotages;
import io.synod.testkit.sim.Simulation;
import io.synod.testkit.sim.SimulationReport;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** All sabotages: what they are, and with how many seeds the oracles find each. */
final class SabotageTable {
  private final Function<Sabotage, Simulation> simulations;
  private final SeedRange range;
  private final boolean json;

  SabotageTable(Function<Sabotage, Simulation> simulations, SeedRange range, boolean json) {
    this.simulations = simulations;
    this.range = range;
    this.json = json;
  }

  /** Prints names, meanings and rules. */
  static int list(PrintWriter out, boolean json) {
    if (json) {
      new JsonLine().put("sabotages", Sabotages.all().stream().map(each -> {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", each.name());
        fields.put("meaning", each.meaning());
        fields.put("rule", each.rule());
        fields.put("variant", each.variant());
        return fields;
      }).toList()).print(out);
    } else {
      Table table = new Table("name", "what nodes do wrong", "rule broken");
      Sabotages.all().forEach(each -> table.row(each.name(), each.meaning(), each.rule()));
      table.print(out);
    }
    out.flush();
    return ExitCodes.DONE;
  }

  /** Runs each up to the first seed that shows it; prints Markdown. Fails if one never shows. */
  int hunt(PrintWriter out) throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try (Progress progress = Progress.onTerminal(json)) {
      List<Future<Optional<SimulationReport>>> hunts = new ArrayList<>();
      Sabotages.all().forEach(each -> hunts.add(pool.submit(() -> first(each))));
      List<Optional<SimulationReport>> found = new ArrayList<>();
      for (Future<Optional<SimulationReport>> hunt : hunts) {
        found.add(hunt.get());
        progress.show(found.size() + " of " + hunts.size() + " sabotages");
      }
      print(out, found);
      return found.stream().allMatch(Optional::isPresent) ? ExitCodes.DONE : ExitCodes.FAILED;
    } catch (ExecutionException e) {
      throw new IllegalStateException("the simulator failed by itself", e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  private Optional<SimulationReport> first(Sabotage sabotage) {
    Simulation simulation = simulations.apply(sabotage);
    for (long seed = range.first(); seed <= range.last(); seed++) {
      SimulationReport report = simulation.seed(seed).run();
      if (report.firstViolation().isPresent()) {
        return Optional.of(report);
      }
    }
    return Optional.empty();
  }

  private void print(PrintWriter out, List<Optional<SimulationReport>> found) {
    List<Sabotage> all = Sabotages.all();
    Table table = new Table("name", "what nodes do wrong", "rule broken", "variant", "seeds",
        "property");
    long missed = 0;
    for (int i = 0; i < all.size(); i++) {
      Sabotage each = all.get(i);
      Optional<SimulationReport> report = found.get(i);
      missed += report.isPresent() ? 0 : 1;
      table.row(
          each.name(), each.meaning(), each.rule(), each.variant(),
          report.map(r -> "" + (r.seed() - range.first() + 1)).orElse("> " + range.size()),
          report.map(SimulationReport::property).orElse("not found"));
    }
    if (json) {
      new JsonLine().put("sabotages", all.size()).put("missed", missed)
          .put("seeds", range.size()).print(out);
    } else {
      table.printMarkdown(out);
    }
    out.flush();
  }
}
