package io.synod.server.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** The rounds of one system at one number of outstanding commands. */
final class BenchResult {
  private static final double NANOS_PER_MICRO = 1_000;

  private final BenchPlan plan;
  private final int outstanding;
  private final Histogram nanos = new Histogram(3);
  private final List<Double> throughputs = new ArrayList<>();
  private long cpuNanos;
  private long failed;

  BenchResult(BenchPlan plan, int outstanding) {
    this.plan = plan;
    this.outstanding = outstanding;
  }

  int outstanding() {
    return outstanding;
  }

  void add(ClosedLoop.Stretch stretch) {
    nanos.add(stretch.nanos());
    throughputs.add(stretch.throughput());
    cpuNanos += stretch.cpuNanos();
    failed += stretch.failed();
  }

  /** Of the round in the middle. */
  long throughput() {
    List<Double> sorted = throughputs.stream().sorted().toList();
    return Math.round(sorted.get(sorted.size() / 2));
  }

  double micros(double percentile) {
    return tenths(nanos.getValueAtPercentile(percentile) / NANOS_PER_MICRO);
  }

  double cpuMicrosPerCommand() {
    return nanos.getTotalCount() == 0 ? 0
        : Math.round(cpuNanos / NANOS_PER_MICRO / nanos.getTotalCount() * 100) / 100.0;
  }

  boolean measured() {
    return nanos.getTotalCount() > 0;
  }

  static double tenths(double value) {
    return Math.round(value * 10) / 10.0;
  }

  Object[] cells() {
    return new Object[] {plan.system(), plan.durable() ? "yes" : "no", outstanding,
        plan.payload(), String.format("%,d", throughput()), micros(50), micros(99), micros(99.9),
        cpuMicrosPerCommand(), failed};
  }

  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("system", plan.system());
    fields.put("durable", plan.durable());
    fields.put("outstanding", outstanding);
    fields.put("payload", plan.payload());
    fields.put("throughput", throughput());
    fields.put("p50Micros", micros(50));
    fields.put("p99Micros", micros(99));
    fields.put("p999Micros", micros(99.9));
    fields.put("cpuMicrosPerCommand", cpuMicrosPerCommand());
    fields.put("failed", failed);
    fields.put("rounds", throughputs.stream().map(Math::round).toList());
    return fields;
  }
}
