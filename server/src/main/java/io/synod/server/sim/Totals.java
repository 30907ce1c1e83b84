package io.synod.server.sim;

import io.synod.server.cli.JsonLine;
import io.synod.server.cli.Table;
import io.synod.testkit.sim.SimulationReport;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sums over runs, in all and by variant; written to by one thread, in the order of seeds. */
final class Totals {
  /** A build that fails more often than this is not understood by a longer list. */
  private static final int MOST_LISTED = 200;

  private final Map<String, Sum> variants = new LinkedHashMap<>();
  private final Sum all = new Sum();
  private double wallSeconds;
  private final List<Map<String, Object>> failing = new ArrayList<>();
  private Finished firstFailing;

  void add(Finished run) {
    SimulationReport report = run.report();
    all.add(run);
    variants.computeIfAbsent(report.variant(), v -> new Sum()).add(run);
    if (report.firstViolation().isPresent()) {
      firstFailing = firstFailing == null ? run : firstFailing;
      noteFailing(report);
    }
  }

  private void noteFailing(SimulationReport report) {
    if (failing.size() < MOST_LISTED) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("variant", report.variant());
      fields.put("seed", report.seed());
      fields.put("property", report.property());
      failing.add(fields);
    }
  }

  /** How long all took together, on however many cores. */
  void took(double seconds) {
    wallSeconds = seconds;
  }

  long seeds() {
    return all.seeds;
  }

  long violations() {
    return all.violations;
  }

  /** The first failing run, or null. */
  Finished firstFailing() {
    return firstFailing;
  }

  /** Every seed that failed, if several did: the first is told at length elsewhere. */
  void printFailing(PrintWriter out) {
    if (failing.size() > 1) {
      Table table = new Table("variant", "seed", "property");
      failing.forEach(one -> table.row(one.values().toArray()));
      table.print(out);
      out.println();
    }
  }

  /** A table of all sums, with a column for each variant if there are several. */
  void printTable(PrintWriter out) {
    if (variants.size() <= 1) {
      Table table = new Table("what", "value");
      all.rows(wallSeconds).forEach(table::row);
      table.print(out);
      return;
    }
    String[] header = new String[variants.size() + 2];
    header[0] = "what";
    header[header.length - 1] = "all";
    int column = 1;
    Map<String, Object[]> rows = new LinkedHashMap<>();
    for (Map.Entry<String, Sum> variant : variants.entrySet()) {
      header[column] = variant.getKey();
      fill(rows, column++, header.length, variant.getValue().counts());
    }
    fill(rows, column, header.length, all.rows(wallSeconds));
    Table table = new Table(header);
    rows.values().forEach(table::row);
    table.print(out);
  }

  private static void fill(
      Map<String, Object[]> rows, int column, int width, Map<String, Object> values) {
    values.forEach((what, value) -> {
      Object[] row = rows.computeIfAbsent(what, w -> new Object[width]);
      row[0] = what;
      row[column] = value;
    });
  }

  /** The fields of the command line's contract. */
  JsonLine json() {
    SimulationReport failing = firstFailing == null ? null : firstFailing.report();
    JsonLine line = new JsonLine()
        .put("seeds", all.seeds)
        .put("violations", all.violations)
        .put("firstFailingSeed", failing == null ? null : failing.seed())
        .put("firstFailingVariant", failing == null ? null : failing.variant())
        .put("property", failing == null ? null : failing.property())
        .put("failing", this.failing)
        .put("simulatedSeconds", all.simulatedSeconds)
        .put("wallSeconds", wallSeconds)
        .put("cpuSeconds", all.cpuSeconds)
        .put("commands", all.commands)
        .put("crashes", all.crashes)
        .put("partitions", all.partitions)
        .put("reconfigurations", all.reconfigurations)
        .put("elections", all.elections)
        .put("events", all.events)
        .put("eventsPerSecond", all.eventsPerSecond())
        .put("seedsPerMinute", all.seedsPerMinute(wallSeconds))
        .put("realTimeRatio", all.realTimeRatio())
        .put("traceHash", all.hash());
    Map<String, Object> byVariant = new LinkedHashMap<>();
    variants.forEach((name, sum) -> byVariant.put(name, sum.counts()));
    return line.put("variants", byVariant);
  }

  private static final class Sum {
    private long seeds;
    private long violations;
    private long commands;
    private long crashes;
    private long partitions;
    private long elections;
    private long reconfigurations;
    private long events;
    private double simulatedSeconds;
    private double cpuSeconds;
    private long traceHash;

    void add(Finished run) {
      SimulationReport report = run.report();
      seeds++;
      violations += report.firstViolation().isPresent() ? 1 : 0;
      commands += report.commands();
      crashes += report.crashes();
      partitions += report.partitions();
      elections += report.elections();
      reconfigurations += report.reconfigurations();
      events += report.events();
      simulatedSeconds += report.simulatedSeconds();
      cpuSeconds += run.cpuSeconds();
      traceHash += report.traceHash();
    }

    String hash() {
      return String.format("%016x", traceHash);
    }

    long eventsPerSecond() {
      return Math.round(events / cpuSeconds);
    }

    long realTimeRatio() {
      return Math.round(simulatedSeconds / cpuSeconds);
    }

    long seedsPerMinute(double wallSeconds) {
      return Math.round(seeds / wallSeconds * 60);
    }

    Map<String, Object> counts() {
      Map<String, Object> counts = new LinkedHashMap<>();
      counts.put("seeds", seeds);
      counts.put("violations", violations);
      counts.put("simulated seconds", Math.round(simulatedSeconds));
      counts.put("commands", commands);
      counts.put("crashes", crashes);
      counts.put("partitions", partitions);
      counts.put("reconfigurations", reconfigurations);
      counts.put("elections", elections);
      counts.put("events", events);
      counts.put("events per CPU second", eventsPerSecond());
      counts.put("simulated : CPU time", realTimeRatio());
      counts.put("trace hash", hash());
      return counts;
    }

    Map<String, Object> rows(double wallSeconds) {
      Map<String, Object> rows = counts();
      rows.put("seconds", Math.round(wallSeconds));
      rows.put("seeds per minute", seedsPerMinute(wallSeconds));
      return rows;
    }
  }
}
