package io.synod.server.sim;

import io.synod.testkit.sim.SimulationReport;

/** Sums over runs; written to by one thread. */
final class Totals {
  private long seeds;
  private long violations;
  private long commands;
  private long crashes;
  private long partitions;
  private long elections;
  private long reconfigurations;
  private long events;
  private double simulatedSeconds;
  private long traceHash;
  private SimulationReport firstFailing;

  /** Runs come in any order; the hash over all must not depend on it. */
  void add(SimulationReport report) {
    seeds++;
    commands += report.commands();
    crashes += report.crashes();
    partitions += report.partitions();
    elections += report.elections();
    reconfigurations += report.reconfigurations();
    events += report.events();
    simulatedSeconds += report.simulatedSeconds();
    traceHash += report.traceHash();
    if (report.firstViolation().isPresent()) {
      violations++;
      if (firstFailing == null || report.seed() < firstFailing.seed()) {
        firstFailing = report;
      }
    }
  }

  long seeds() {
    return seeds;
  }

  long violations() {
    return violations;
  }

  long commands() {
    return commands;
  }

  long crashes() {
    return crashes;
  }

  long partitions() {
    return partitions;
  }

  long reconfigurations() {
    return reconfigurations;
  }

  long elections() {
    return elections;
  }

  long events() {
    return events;
  }

  double simulatedSeconds() {
    return simulatedSeconds;
  }

  String traceHash() {
    return String.format("%016x", traceHash);
  }

  /** The run of the lowest failing seed, or null. */
  SimulationReport firstFailing() {
    return firstFailing;
  }
}
