package io.synod.server.bench;

import io.synod.server.cli.Table;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What came of moving one system, over all rounds. */
record MoveReport(String system, BenchPlan plan, List<Move> moves, PhysicalLimits limits) {
  private static final double GAP_RATIO_GOAL = 1.5;
  private static final double DIP_GOAL = 5;

  private double median(ToDoubleFunction<Move> figure) {
    double[] sorted = moves.stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return Move.hundredths(sorted.length % 2 == 1 ? sorted[middle]
        : (sorted[middle - 1] + sorted[middle]) / 2);
  }

  private double worst(ToDoubleFunction<Move> figure) {
    return Move.hundredths(
        figure.applyAsDouble(moves.stream().max(Comparator.comparingDouble(figure)).get()));
  }

  /** Two round trips and two forces: less is not possible. */
  private double leastActiveMillis() {
    return Move.hundredths(2 * limits.sum() / 1_000);
  }

  boolean measured() {
    return moves.stream().allMatch(move -> move.during().nanos().getTotalCount() > 0);
  }

  void print(PrintWriter out) {
    out.println(system);
    Table table = new Table("voters", "gap ms before", "with change", "after", "ratio",
        "commands/s before", "with change", "after", "dip %", "active ms", "failed");
    for (Move move : moves) {
      table.row(move.from() + " -> " + move.to(), gap(move.before()), gap(move.during()),
          gap(move.after()), Move.hundredths(move.gapRatio()), rate(move.before()),
          rate(move.during()), rate(move.after()), Move.hundredths(move.dipPercent()),
          Move.hundredths(move.activeMillis()), move.failed());
    }
    table.print(out);
    out.printf("gap ratio: median %.2f, worst %.2f (goal: less than %.1f)%n",
        median(Move::gapRatio), worst(Move::gapRatio), GAP_RATIO_GOAL);
    out.printf("throughput lower by: median %.1f %%, worst %.1f %% (goal: less than %.0f %%)%n",
        median(Move::dipPercent), worst(Move::dipPercent), DIP_GOAL);
    out.printf("active after: median %.2f ms, worst %.2f ms (two round trips of %.1f µs and two"
        + " forces of %.1f µs: %.2f ms)%n", median(Move::activeMillis),
        worst(Move::activeMillis), limits.roundTripMicros(), limits.forceMicros(),
        leastActiveMillis());
    out.println();
    out.flush();
  }

  private static double gap(ClosedLoop.Stretch stretch) {
    return Move.hundredths(Move.gapMillis(stretch));
  }

  private static String rate(ClosedLoop.Stretch stretch) {
    return String.format("%,d", Math.round(stretch.throughput()));
  }

  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("system", system);
    fields.put("durable", plan.durable());
    fields.put("outstanding", plan.outstanding().get(0));
    fields.put("payload", plan.payload());
    fields.put("moves", moves.stream().map(Move::fields).toList());
    fields.put("gapRatioMedian", median(Move::gapRatio));
    fields.put("gapRatioWorst", worst(Move::gapRatio));
    fields.put("dipPercentMedian", median(Move::dipPercent));
    fields.put("dipPercentWorst", worst(Move::dipPercent));
    fields.put("activeMillisMedian", median(Move::activeMillis));
    fields.put("activeMillisWorst", worst(Move::activeMillis));
    fields.put("leastActiveMillis", leastActiveMillis());
    fields.put("forceMicros", limits.forceMicros());
    fields.put("roundTripMicros", limits.roundTripMicros());
    return fields;
  }
}
