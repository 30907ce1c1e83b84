package io.synod.server.figures;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * One line of a plot.
 *
 * @param points by rising x, at least one
 */
record Curve(String name, List<Point> points) {
  /** What was measured at one place. */
  record Point(double x, double y) {}

  Curve {
    points = List.copyOf(points);
  }

  /** From the measurement at each x. */
  static Curve of(String name, TreeMap<? extends Number, Double> measured) {
    return new Curve(name, measured.entrySet().stream()
        .map(e -> new Point(e.getKey().doubleValue(), e.getValue())).toList());
  }

  Point first() {
    return points.get(0);
  }

  Point last() {
    return points.get(points.size() - 1);
  }

  Point highest() {
    return points.stream().max(Comparator.comparingDouble(Point::y)).orElseThrow();
  }

  OptionalDouble at(double x) {
    return points.stream().filter(point -> point.x() == x).mapToDouble(Point::y).findFirst();
  }

  double mean() {
    return points.stream().mapToDouble(Point::y).average().orElseThrow();
  }

  boolean isOnePoint() {
    return points.size() == 1;
  }
}
