package io.synod.server.figures;

import io.synod.server.cli.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * One plot of a figure.
 *
 * @param id the paper's number of the figure, with a letter where it has several plots
 * @param shape how the curves compare with what the paper says of its own
 */
record Plot(String id, String title, Axes axes, List<Curve> curves, String shape) {
  /**
   * What the axes show.
   *
   * @param logarithmic of the x axis
   */
  record Axes(String x, String y, boolean logarithmic) {}

  Plot {
    curves = List.copyOf(curves);
  }

  String heading() {
    return "Figure " + id + ": " + title;
  }

  String fileName(String ending) {
    return "figure-" + id + "." + ending;
  }

  Table table() {
    Table table = new Table(header().toArray(String[]::new));
    xs().forEach(x -> table.row(cells(x, "%,.0f", null)));
    return table;
  }

  /** A line of headings, then a line for each x; a cell is empty where nothing was measured. */
  List<String> csv() {
    List<String> lines = new ArrayList<>();
    lines.add(String.join(",", header().stream().map(Plot::quoted).toList()));
    xs().forEach(x -> lines.add(String.join(",",
        Stream.of(cells(x, "%.1f", "")).map(Object::toString).toList())));
    return lines;
  }

  private List<String> header() {
    return Stream.concat(Stream.of(axes.x()), curves.stream().map(Curve::name)).toList();
  }

  private DoubleStream xs() {
    return curves.stream().flatMapToDouble(
        curve -> curve.points().stream().mapToDouble(Curve.Point::x)).distinct().sorted();
  }

  private Object[] cells(double x, String format, String missing) {
    List<Object> cells = new ArrayList<>();
    cells.add(String.format(Locale.ROOT, "%.0f", x));
    for (Curve curve : curves) {
      cells.add(curve.at(x).isPresent()
          ? String.format(Locale.ROOT, format, curve.at(x).getAsDouble()) : missing);
    }
    return cells.toArray();
  }

  private static String quoted(String cell) {
    return '"' + cell.replace("\"", "\"\"") + '"';
  }
}
