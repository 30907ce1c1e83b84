package io.synod.server.figures;

import java.util.Locale;

/** Words for how curves run, and whether the paper's do the same. */
final class Shape {
  private Shape() {}

  /** How many times as much; a mark where nothing was delivered to compare with. */
  static String times(double ratio) {
    if (!Double.isFinite(ratio)) {
      return "?";
    }
    return String.format(Locale.ROOT, ratio < 10 ? "%.2f" : "%.0f", ratio);
  }

  static String number(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  /** What the paper says of its own measurement, and whether it holds of this one. */
  static String paper(String says, boolean here) {
    return " (the paper: " + says + "; here: " + (here ? "yes" : "no") + ")";
  }

  /** A curve's end as a part of its beginning. */
  static double change(Curve curve) {
    return curve.last().y() / curve.first().y();
  }

  /** "from 3 to 10 processes". */
  static String span(Curve curve, String what) {
    return String.format(
        Locale.ROOT, "from %,.0f to %,.0f %s", curve.first().x(), curve.last().x(), what);
  }
}
