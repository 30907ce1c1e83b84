package io.synod.server.bench;

import io.synod.server.cli.CommandFailed;
import io.synod.server.cli.ExitCodes;
import io.synod.server.cli.JsonLine;
import io.synod.server.cli.Progress;
import io.synod.server.cli.Table;
import io.synod.server.local.Directories;
import io.synod.server.local.NodeLogs;
import io.synod.server.local.NodeStarter;
import io.synod.server.local.SynodStarter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code synod bench}. Runs on the command line's thread and blocks it until done. */
@Command(name = "bench", mixinStandardHelpOptions = true, sortOptions = false,
    description = {
      "Starts a cluster in this process, over loopback TCP and with default settings, and keeps a",
      "number of commands outstanding. Also measures what one force to the disk and one loopback",
      "round trip take here: no durable replication answers faster than their sum.",
      ""},
    footer = {
      "",
      "cpuMicrosPerCommand is the processor time of the whole process: all nodes, sockets, files",
      "and the load itself.",
      "",
      "Example: synod bench --outstanding 1,1024 --seconds 10 --rounds 3 --json",
      "         synod bench --move --seconds 10 --rounds 5"})
public final class BenchCommand implements Callable<Integer> {
  private static final int MOST_NODES = 9;
  private static final int MOST_OUTSTANDING = 1 << 16;
  private static final int MOST_PAYLOAD = 1 << 20;
  private static final int MOST_SECONDS = 3_600;
  private static final int MOST_ROUNDS = 100;
  private static final int MOVE_OUTSTANDING = 64;
  private static final List<String> NO_PEERS = List.of("none");

  @Option(names = "--variant", paramLabel = "NAME",
      description = "named bundle of modules, see 'synod variants' (default: fall)")
  private String variant;

  @Option(names = "--nodes", paramLabel = "N", defaultValue = "3",
      description = "nodes of the cluster, 1 to 9 (default: ${DEFAULT-VALUE})")
  private int nodes;

  @Option(names = "--outstanding", paramLabel = "N", split = ",",
      description = "commands outstanding in all; several numbers are measured one after the"
          + " other (default: 1,1024; with --move 64)")
  private List<Integer> outstanding;

  @Option(names = "--payload", paramLabel = "B", defaultValue = "128",
      description = "bytes of a command (default: ${DEFAULT-VALUE})")
  private int payload;

  @Option(names = "--seconds", paramLabel = "S", defaultValue = "5",
      description = "seconds of each measurement, after a third of it, at least 1 s, to warm up"
          + " (default: ${DEFAULT-VALUE})")
  private int seconds;

  @Option(names = "--durable", arity = "1", paramLabel = "true|false", defaultValue = "true",
      description = "force to files before acknowledging, or keep in memory"
          + " (default: ${DEFAULT-VALUE})")
  private boolean durable;

  @Option(names = "--rounds", paramLabel = "R", defaultValue = "1",
      description = "how often all is measured; throughput is the median's"
          + " (default: ${DEFAULT-VALUE})")
  private int rounds;

  @Option(names = "--via", paramLabel = "node|client", defaultValue = "node",
      description = "submit at the leader's node, embedded, or through the Java client over TCP"
          + " (default: ${DEFAULT-VALUE})")
  private BenchPlan.Via via;

  @Option(names = "--recovery",
      description = "also restart a node from its files, and kill the leader, and time both")
  private boolean recovery;

  @Option(names = "--move",
      description = "start as many nodes again and move the vote to them and back, each round,"
          + " under load at the old leader's node: the longest gap between two answers and the"
          + " throughput in --seconds before, with and after the change")
  private boolean move;

  @Option(names = "--peers", paramLabel = "LIST", split = ",", defaultValue = "none",
      description = "other systems to measure in the same run, with --move only: those of"
          + " benchmarks/ that are on the class path (default: ${DEFAULT-VALUE})")
  private List<String> peers;

  @Option(names = "--directory", paramLabel = "DIR",
      description = "where the files go, in a directory of their own that is deleted"
          + " afterwards (default: the system's temporary directory)")
  private Path parent;

  @Option(names = "--json", description = "print one JSON object as the last line")
  private boolean json;

  @Spec
  private CommandSpec spec;

  private final NodeStarter starter;

  /** With nodes of the runtime. */
  public BenchCommand() {
    this(new SynodStarter());
  }

  BenchCommand(NodeStarter starter) {
    this.starter = starter;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (outstanding == null) {
      outstanding = move ? List.of(MOVE_OUTSTANDING) : List.of(1, 1_024);
    }
    check();
    NodeLogs.errorsOnly();
    Path directory = parent == null ? Files.createTempDirectory("synod-bench-")
        : Files.createTempDirectory(Files.createDirectories(parent), "synod-bench-");
    BenchPlan plan = new BenchPlan(
        variant, nodes, outstanding, payload, seconds, rounds, durable, via, directory);
    try (Progress progress = Progress.onTerminal(false)) {
      boolean measured = move ? move(plan, progress) : measure(plan, progress);
      return measured ? ExitCodes.DONE : ExitCodes.FAILED;
    } finally {
      Directories.delete(directory);
    }
  }

  private boolean measure(BenchPlan plan, Progress progress)
      throws IOException, InterruptedException {
    BenchRun run = new BenchRun(plan, starter, progress);
    run.run(recovery);
    progress.close();
    print(run);
    return run.results().stream().allMatch(BenchResult::measured);
  }

  private boolean move(BenchPlan plan, Progress progress)
      throws IOException, InterruptedException {
    List<MoveReport> reports = new MoveRun(plan, systems(plan), progress).run();
    progress.close();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      new JsonLine().put("results", reports.stream().map(MoveReport::fields).toList()).print(out);
    } else {
      reports.forEach(report -> report.print(out));
    }
    return reports.stream().allMatch(MoveReport::measured);
  }

  /** This build, and the peers that are on the class path under these names. */
  private List<MovingSystem.Provider> systems(BenchPlan plan) {
    List<MovingSystem.Provider> systems = new ArrayList<>();
    systems.add(MovingSynod.provider(plan, starter));
    if (!peers.equals(NO_PEERS)) {
      peers.forEach(name -> systems.add(ServiceLoader.load(MovingSystem.Provider.class).stream()
          .map(ServiceLoader.Provider::get).filter(p -> p.name().equals(name)).findFirst()
          .orElseThrow(() -> notHere(name))));
    }
    return systems;
  }

  private static CommandFailed notHere(String name) {
    return CommandFailed.usage("--peers " + name + ": no such system is on the class path; leave"
        + " --peers out or give 'none', or see benchmarks/ for those that can be built");
  }

  private void check() {
    range("--nodes", nodes, MOST_NODES);
    outstanding.forEach(n -> range("--outstanding", n, MOST_OUTSTANDING));
    range("--payload", payload, MOST_PAYLOAD);
    range("--seconds", seconds, MOST_SECONDS);
    range("--rounds", rounds, MOST_ROUNDS);
    if (recovery && (nodes < 3 || !durable)) {
      throw CommandFailed.usage("--recovery needs --durable true and --nodes of at least 3");
    }
    if (move && (outstanding.size() > 1 || recovery || via == BenchPlan.Via.client)) {
      throw CommandFailed.usage(
          "--move takes one number of --outstanding, and neither --recovery nor --via client");
    }
    if (!move && !peers.equals(NO_PEERS)) {
      throw CommandFailed.usage("--peers " + String.join(",", peers)
          + ": other systems are measured with --move only; leave --peers out or give 'none'");
    }
  }

  private static void range(String option, int value, int most) {
    if (value < 1 || value > most) {
      throw CommandFailed.usage(
          option + " " + value + ": expected a number from 1 to " + most);
    }
  }

  private void print(BenchRun run) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      line(run).print(out);
      return;
    }
    Table table = new Table("system", "durable", "outstanding", "payload", "commands/s",
        "p50 µs", "p99 µs", "p99.9 µs", "cpu µs", "failed");
    run.results().forEach(result -> table.row(result.cells()));
    table.print(out);
    out.printf("one force %.1f µs, one loopback round trip %.1f µs (medians)%n",
        run.limits().forceMicros(), run.limits().roundTripMicros());
    run.ratio().ifPresent(ratio -> out.println(
        "the median at 1 outstanding is " + ratio + " times their sum"));
    run.recovery().ifPresent(r -> out.printf(
        "restart: %,d commands in %,d ms, %,d/s; leader killed: served again after %,d ms%n",
        r.commands(), r.replayMillis(), r.commandsPerSecond(), r.failoverMillis()));
    out.flush();
  }

  private static JsonLine line(BenchRun run) {
    JsonLine line = new JsonLine()
        .put("results", run.results().stream().map(BenchResult::fields).toList())
        .put("forceMicros", run.limits().forceMicros())
        .put("roundTripMicros", run.limits().roundTripMicros())
        .put("ratioToForceAndRoundTrip", run.ratio().orElse(null));
    run.recovery().ifPresent(r -> {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("commands", r.commands());
      fields.put("replayMillis", r.replayMillis());
      fields.put("commandsPerSecond", r.commandsPerSecond());
      fields.put("failoverMillis", r.failoverMillis());
      line.put("recovery", fields);
    });
    return line;
  }
}
