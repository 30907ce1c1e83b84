package io.synod.server.figures;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Figure 23: throughput by number of processes, by algorithm and by who broadcasts. */
final class RegularAgainstFast implements Figure {
  /** From so many processes on the leader had better not broadcast, in the paper. */
  private static final int PAPER_CROSSING = 12;
  private static final Plot.Axes AXES = new Plot.Axes("processes", "messages/s", false);

  @Override
  public int number() {
    return 23;
  }

  @Override
  public List<Plot> measure(Lab lab) throws IOException, InterruptedException {
    TreeMap<Integer, Double> regular = new TreeMap<>();
    TreeMap<Integer, Double> consecutive = new TreeMap<>();
    Map<Broadcasters, TreeMap<Integer, Double>> fast = new EnumMap<>(Broadcasters.class);
    for (int n : lab.plan().processes()) {
      lab.show(number(), n + " processes, regular");
      regular.put(n, lab.throughput(Setup.regular(n)));
      lab.show(number(), n + " processes, fast, one instance at a time");
      consecutive.put(n, lab.throughput(Setup.fast(n).consecutive()));
      try (Trial trial = lab.start(Setup.fast(n))) {
        for (Broadcasters who : Broadcasters.values()) {
          lab.show(number(), n + " processes, fast, broadcasting: " + who.text());
          fast.computeIfAbsent(who, key -> new TreeMap<>()).put(n, trial.throughput(who));
        }
      }
    }
    return List.of(
        algorithms(Curve.of("regular", regular), Curve.of("fast", fast.get(Broadcasters.ALL)),
            Curve.of("fast, one instance at a time", consecutive)),
        broadcasters(fast.entrySet().stream()
            .map(e -> Curve.of(e.getKey().text(), e.getValue())).toList()));
  }

  static Plot algorithms(Curve regular, Curve fast, Curve consecutive) {
    return new Plot("23a", "regular against fast, all broadcast", AXES,
        List.of(regular, fast, consecutive), shape(regular, fast));
  }

  private static String shape(Curve regular, Curve fast) {
    double atFirst = fast.first().y() / regular.first().y();
    double atLast = fast.last().y() / regular.last().y();
    boolean higher = fast.points().stream()
        .allMatch(point -> point.y() > regular.at(point.x()).orElseThrow());
    String faster = "Fast delivers " + Shape.times(atFirst) + " times what regular does at "
        + Shape.number(fast.first().x()) + " processes";
    if (fast.isOnePoint()) {
      return faster + Shape.paper("fast is higher", higher) + ".";
    }
    double lessRegular = Shape.change(regular);
    double lessFast = Shape.change(fast);
    return faster + " and " + Shape.times(atLast) + " times at " + Shape.number(fast.last().x())
        + Shape.paper("fast is higher", higher) + "; "
        + Shape.span(fast, "processes") + " regular goes to " + Shape.times(lessRegular)
        + " and fast to " + Shape.times(lessFast) + " of where it was"
        + Shape.paper("both fall", lessRegular < 1 && lessFast < 1) + ".";
  }

  static Plot broadcasters(List<Curve> curves) {
    return new Plot("23b", "fast, by who broadcasts", AXES, curves, shape(curves));
  }

  /** By the order of the cases. */
  private static String shape(List<Curve> curves) {
    double leader = curves.get(Broadcasters.LEADER.ordinal()).mean();
    double another = curves.get(Broadcasters.ANOTHER.ordinal()).mean();
    double others = curves.get(Broadcasters.OTHERS.ordinal()).mean();
    double all = curves.get(Broadcasters.ALL.ordinal()).mean();
    return "On average one other process delivers " + Shape.times(another / leader)
        + " times what the leader alone does, all but the leader " + Shape.times(others / leader)
        + " and all " + Shape.times(all / leader) + " times"
        + Shape.paper("the leader alone is lowest",
            leader < another && leader < others && leader < all)
        + "; all deliver " + Shape.times(all / others) + " times what all but the leader do"
        + Shape.paper("all but the leader are better than all only from more than "
            + PAPER_CROSSING + " processes on", all >= others) + ".";
  }
}
