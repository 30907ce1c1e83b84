package io.synod.server.figures;

import io.synod.server.bench.PhysicalLimits;
import io.synod.server.cli.CommandFailed;
import io.synod.server.cli.ExitCodes;
import io.synod.server.cli.JsonLine;
import io.synod.server.cli.Progress;
import io.synod.server.local.Directories;
import io.synod.server.local.NodeLogs;
import io.synod.server.local.SynodStarter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code synod figures}. Runs on the command line's thread and blocks it until done. */
@Command(name = "figures", mixinStandardHelpOptions = true, sortOptions = false,
    description = {
      "Measures figures 23 to 27 of \"Deconstructing Paxos\" anew: clusters in this process, over",
      "loopback TCP and with forced files except where their absence is measured, messages of",
      "1 KiB. Writes a CSV file and a picture for each plot, and a README.md that compares their",
      "shapes with what the paper says.",
      ""},
    footer = {
      "",
      "23: regular against fast, and who broadcasts; 24: concurrent against consecutive instances;",
      "25: best broadcast rate; 26: forced logs against none; 27: recovery time.",
      "",
      "Example: synod figures --out figures",
      "         synod figures --out figures --figure 23,26 --processes 3,5 --seconds 5 --json"})
public final class FiguresCommand implements Callable<Integer> {
  private static final int FEWEST_PROCESSES = 2;
  private static final int MOST_PROCESSES = 10;
  private static final double LEAST_SECONDS = 0.1;
  private static final double MOST_SECONDS = 3_600;
  private static final int MOST_RATE = 1_000_000;
  private static final int MOST_MESSAGES = 1_000_000;

  @Option(names = "--out", paramLabel = "DIR", required = true,
      description = "where the files go; it is made if it is missing")
  private Path out;

  @Option(names = "--figure", paramLabel = "LIST", split = ",",
      description = "which figures, of 23 to 27 (default: all)")
  private List<Integer> numbers;

  @Option(names = "--processes", paramLabel = "LIST", split = ",", defaultValue = "3,5,7,10",
      description = "numbers of processes, each 2 to 10 (default: ${DEFAULT-VALUE})")
  private List<Integer> processes;

  @Option(names = "--seconds", paramLabel = "S", defaultValue = "2",
      description = "seconds of load measured for each point, after half of it to warm up"
          + " (default: ${DEFAULT-VALUE})")
  private double seconds;

  @Option(names = "--rates", paramLabel = "LIST", split = ",",
      defaultValue = "125,250,500,1000,2000,4000,8000,16000",
      description = "broadcasts per second and process for figure 25"
          + " (default: ${DEFAULT-VALUE})")
  private List<Integer> rates;

  @Option(names = "--messages", paramLabel = "LIST", split = ",",
      defaultValue = "1000,5000,10000,20000,40000",
      description = "messages to retrieve for figure 27 (default: ${DEFAULT-VALUE})")
  private List<Integer> messages;

  @Option(names = "--directory", paramLabel = "DIR",
      description = "where the nodes' files go, in a directory of their own that is deleted"
          + " afterwards (default: the system's temporary directory)")
  private Path parent;

  @Option(names = "--json", description = "print one JSON object as the last line")
  private boolean json;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Figure> figures = figures();
    check();
    NodeLogs.errorsOnly();
    prepare();
    Path directory = parent == null ? Files.createTempDirectory("synod-figures-")
        : Files.createTempDirectory(Files.createDirectories(parent), "synod-figures-");
    FigurePlan plan = new FigurePlan(processes, seconds, rates, messages, directory);
    try (Progress progress = Progress.onTerminal(false)) {
      Report report = measure(plan, figures, progress);
      progress.close();
      print(report, report.write(out));
      return ExitCodes.DONE;
    } finally {
      Directories.delete(directory);
    }
  }

  private static Report measure(FigurePlan plan, List<Figure> figures, Progress progress)
      throws IOException, InterruptedException {
    PhysicalLimits limits = new PhysicalLimits();
    List<Plot> plots = new ArrayList<>();
    try (Lab lab = new Lab(plan, new SynodStarter(), progress)) {
      lab.warmUp();
      for (Figure figure : figures) {
        limits.measure(plan.directory(), FigurePlan.PAYLOAD);
        plots.addAll(figure.measure(lab));
      }
    }
    return new Report(plan, plots, limits);
  }

  private List<Figure> figures() {
    if (numbers == null) {
      return Figure.all();
    }
    List<Integer> known = Figure.all().stream().map(Figure::number).toList();
    numbers.stream().filter(number -> !known.contains(number)).findFirst().ifPresent(number -> {
      throw CommandFailed.usage("--figure " + number + ": can be measured: "
          + known.stream().map(String::valueOf).collect(Collectors.joining(", ")));
    });
    return Figure.all().stream().filter(figure -> numbers.contains(figure.number())).toList();
  }

  private void check() {
    processes.forEach(n -> range("--processes", n, FEWEST_PROCESSES, MOST_PROCESSES));
    rates.forEach(n -> range("--rates", n, 1, MOST_RATE));
    messages.forEach(n -> range("--messages", n, 1, MOST_MESSAGES));
    if (!(seconds >= LEAST_SECONDS && seconds <= MOST_SECONDS)) {
      throw CommandFailed.usage("--seconds " + seconds + ": expected a number from "
          + LEAST_SECONDS + " to " + Math.round(MOST_SECONDS));
    }
  }

  private static void range(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw CommandFailed.usage(
          option + " " + value + ": expected a number from " + least + " to " + most);
    }
  }

  /** Before anything is measured: a mistake must not cost the run. */
  private void prepare() {
    try {
      Files.createDirectories(out);
    } catch (IOException e) {
      throw CommandFailed.usage("--out " + out + ": cannot be made a directory", e);
    }
    if (!Files.isWritable(out)) {
      throw CommandFailed.usage("--out " + out + ": cannot be written to");
    }
  }

  private void print(Report report, List<Path> files) {
    PrintWriter stdout = spec.commandLine().getOut();
    if (json) {
      new JsonLine().put("files", files.stream().map(Path::toString).toList())
          .put("shapes", report.shapes()).print(stdout);
      return;
    }
    report.print(stdout);
    stdout.println("written: " + files.size() + " files to " + out);
    stdout.flush();
  }
}
