package io.synod.server.figures;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** Figure 24: concurrent against consecutive instances as the load grows, by processes. */
final class ConcurrentAgainstConsecutive implements Figure {
  private static final List<Integer> OUTSTANDING = List.of(1, 4, 16, 64, 256, 1_024);
  /** No difference below this is one. */
  private static final double NOISE = 1.05;
  private static final Plot.Axes AXES = new Plot.Axes("outstanding in all", "messages/s", true);

  @Override
  public int number() {
    return 24;
  }

  @Override
  public List<Plot> measure(Lab lab) throws IOException, InterruptedException {
    TreeMap<Integer, List<Curve>> measured = new TreeMap<>();
    for (int n : lab.plan().processes()) {
      measured.put(n, curves(lab, Setup.fast(n)));
    }
    return plots(measured);
  }

  /** In turn, so that a change of the machine's other work meets both. */
  private List<Curve> curves(Lab lab, Setup fast) throws IOException, InterruptedException {
    TreeMap<Integer, Double> concurrent = new TreeMap<>();
    TreeMap<Integer, Double> consecutive = new TreeMap<>();
    try (Trial many = lab.start(fast);
        Trial one = lab.start(fast.consecutive())) {
      for (int outstanding : OUTSTANDING) {
        lab.show(number(), fast.processes() + " processes, " + outstanding + " outstanding");
        concurrent.put(outstanding, many.throughput(Broadcasters.ALL, outstanding));
        consecutive.put(outstanding, one.throughput(Broadcasters.ALL, outstanding));
      }
    }
    return List.of(
        Curve.of("concurrent", concurrent), Curve.of("consecutive", consecutive));
  }

  /** One for each number of processes; what is said of all of them is said with the last. */
  static List<Plot> plots(TreeMap<Integer, List<Curve>> measured) {
    List<Plot> plots = new ArrayList<>();
    measured.forEach((processes, curves) -> {
      String shape = shape(processes, curves.get(0), curves.get(1));
      boolean last = processes.equals(measured.lastKey()) && measured.size() > 1;
      plots.add(new Plot("24" + (char) ('a' + plots.size()),
          "concurrent against consecutive, " + processes + " processes", AXES, curves,
          last ? shape + " " + byProcesses(measured) : shape));
    });
    return plots;
  }

  private static String byProcesses(TreeMap<Integer, List<Curve>> measured) {
    double few = greatestGain(measured.firstEntry().getValue());
    double many = greatestGain(measured.lastEntry().getValue());
    return "The greatest gain is " + Shape.times(few) + " times at " + measured.firstKey()
        + " processes and " + Shape.times(many) + " at " + measured.lastKey()
        + Shape.paper("the more processes, the less difference", many < few) + ".";
  }

  private static double greatestGain(List<Curve> curves) {
    return gain(best(curves.get(0), curves.get(1)), curves.get(1));
  }

  private static String shape(int processes, Curve concurrent, Curve consecutive) {
    Curve.Point best = best(concurrent, consecutive);
    double atLast = gain(concurrent.last(), consecutive);
    boolean diminishes =
        gain(best, consecutive) > NOISE && atLast < gain(best, consecutive) / NOISE;
    return "At " + processes + " processes concurrent instances deliver "
        + Shape.times(gain(concurrent.first(), consecutive)) + " times what consecutive ones do"
        + " with " + Shape.number(concurrent.first().x()) + " outstanding, at most "
        + Shape.times(gain(best, consecutive)) + " times with " + Shape.number(best.x()) + ", and "
        + Shape.times(atLast) + " times with " + Shape.number(concurrent.last().x())
        + Shape.paper("concurrent is better at first, and less so as the load grows", diminishes)
        + ".";
  }

  private static Curve.Point best(Curve concurrent, Curve consecutive) {
    return concurrent.points().stream()
        .max(Comparator.comparingDouble(point -> gain(point, consecutive))).orElseThrow();
  }

  private static double gain(Curve.Point concurrent, Curve consecutive) {
    return concurrent.y() / consecutive.at(concurrent.x()).orElseThrow();
  }
}
