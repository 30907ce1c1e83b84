package io.synod.server.sim;

import io.synod.testkit.sim.Simulation;
import io.synod.testkit.sim.SimulationReport;
import java.lang.management.ManagementFactory;

/** A run that has ended, with the processor time that it took. */
record Finished(Simulation simulation, SimulationReport report, double cpuSeconds) {
  /** Runs it on the thread that calls. */
  static Finished running(Simulation simulation) {
    long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    SimulationReport report = simulation.run();
    long ended = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    return new Finished(simulation, report, (ended - began) / 1e9);
  }
}
