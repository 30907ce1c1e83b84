package io.synod.server.figures;

import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;

/** Draws plots, without a screen. */
final class Png {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 560;
  private static final String HEADLESS = "java.awt.headless";

  private Png() {}

  static void write(Plot plot, Path file) throws IOException {
    if (System.getProperty(HEADLESS) == null) {
      System.setProperty(HEADLESS, "true");
    }
    XYChart chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).title(plot.heading())
        .xAxisTitle(plot.axes().x()).yAxisTitle(plot.axes().y()).build();
    chart.getStyler().setXAxisLogarithmic(plot.axes().logarithmic()).setYAxisMin(0.0)
        .setLegendPosition(Styler.LegendPosition.OutsideE).setChartBackgroundColor(Color.WHITE);
    for (Curve curve : plot.curves()) {
      chart.addSeries(curve.name(),
          curve.points().stream().mapToDouble(Curve.Point::x).toArray(),
          curve.points().stream().mapToDouble(Curve.Point::y).toArray());
    }
    try (OutputStream out = Files.newOutputStream(file)) {
      ChartEncoder.saveChart(chart, out, "png");
    }
  }
}
