package io.synod.server.figures;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Figure 25: the broadcast rate that brings the best throughput. */
final class BestThroughput implements Figure {
  /** What a node lets wait: beyond it the process would only be late with all of it. */
  private static final int WAITING = 512;
  /** As linear as "approximately" allows: so much of what is offered is delivered. */
  private static final double KEEPS_UP = 0.9;
  private static final Plot.Axes AXES =
      new Plot.Axes("broadcasts/s and process", "messages/s", true);

  @Override
  public int number() {
    return 25;
  }

  @Override
  public List<Plot> measure(Lab lab) throws IOException, InterruptedException {
    List<Curve> curves = new ArrayList<>();
    for (int n : lab.plan().processes()) {
      TreeMap<Integer, Double> measured = new TreeMap<>();
      try (Trial trial = lab.start(Setup.fast(n).waitingAtMost(WAITING))) {
        for (int rate : lab.plan().rates()) {
          lab.show(number(), n + " processes, " + rate + " broadcasts/s each");
          measured.put(rate, trial.throughputAt(rate));
        }
      }
      curves.add(Curve.of(n + " processes", measured));
    }
    return List.of(plot(lab.plan().processes(), curves));
  }

  static Plot plot(List<Integer> processes, List<Curve> curves) {
    List<String> sentences = new ArrayList<>();
    for (int i = 0; i < curves.size(); i++) {
      sentences.add(shape(processes.get(i), curves.get(i)));
    }
    return new Plot("25", "fast, throughput by broadcast rate", AXES, curves,
        sentences.stream().collect(Collectors.joining(" ")));
  }

  private static String shape(int processes, Curve curve) {
    Curve.Point best = curve.highest();
    double linear = curve.points().stream()
        .filter(point -> point.y() >= KEEPS_UP * point.x() * processes)
        .mapToDouble(Curve.Point::x).max().orElse(0);
    double beyond = curve.last().y() / best.y();
    return curve.name() + ": best at " + Shape.number(best.x()) + " broadcasts/s each, "
        + Shape.number(best.y()) + " messages/s; nearly all that is offered is delivered up to "
        + Shape.number(linear) + ", and at " + Shape.number(curve.last().x()) + " throughput is "
        + Shape.times(beyond) + " of the best"
        + Shape.paper("linear up to a point, then it falls", linear > 0 && beyond < 1) + ".";
  }
}
