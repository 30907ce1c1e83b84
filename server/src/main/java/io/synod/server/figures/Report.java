package io.synod.server.figures;

import io.synod.server.bench.PhysicalLimits;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What came of measuring, on paper and as files. */
final class Report {
  private final FigurePlan plan;
  private final List<Plot> plots;
  private final PhysicalLimits limits;
  private final double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();

  Report(FigurePlan plan, List<Plot> plots, PhysicalLimits limits) {
    this.plan = plan;
    this.plots = List.copyOf(plots);
    this.limits = limits;
  }

  /** Writes all files and returns them, in order. */
  List<Path> write(Path directory) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Plot plot : plots) {
      Path csv = directory.resolve(plot.fileName("csv"));
      Files.write(csv, plot.csv());
      files.add(csv);
      Path png = directory.resolve(plot.fileName("png"));
      Png.write(plot, png);
      files.add(png);
    }
    Path index = directory.resolve("README.md");
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(index))) {
      writeIndex(out);
    }
    files.add(index);
    return files;
  }

  private void writeIndex(PrintWriter out) {
    out.println("# Figures of \"Deconstructing Paxos\", measured anew");
    out.println();
    out.println(conditions());
    for (Plot plot : plots) {
      out.println();
      out.println("## " + plot.heading());
      out.println();
      out.printf("![%s](%s)%n", plot.title(), plot.fileName("png"));
      out.println();
      plot.table().printMarkdown(out);
      out.println();
      out.println(plot.shape());
    }
  }

  void print(PrintWriter out) {
    for (Plot plot : plots) {
      out.println(plot.heading() + " (" + plot.axes().y() + ")");
      plot.table().print(out);
      out.println(plot.shape());
      out.println();
    }
    out.println(conditions());
    out.flush();
  }

  /** The comparisons with the paper, by plot. */
  Map<String, String> shapes() {
    Map<String, String> shapes = new LinkedHashMap<>();
    plots.forEach(plot -> shapes.put(plot.id(), plot.shape()));
    return shapes;
  }

  private String conditions() {
    return String.format(Locale.ROOT,
        "All processes, clients, sockets and files in one JVM, messages of %,d bytes, %.1f s for a"
            + " point; %d processors, load average %.1f at the end, one force %,.1f µs, one"
            + " loopback round trip %,.1f µs, Java %s.",
        FigurePlan.PAYLOAD, plan.seconds(), Runtime.getRuntime().availableProcessors(), load,
        limits.forceMicros(), limits.roundTripMicros(), Runtime.version().feature());
  }
}
