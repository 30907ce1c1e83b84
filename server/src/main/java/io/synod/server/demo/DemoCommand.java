package io.synod.server.demo;

import io.synod.runtime.config.Variant;
import io.synod.server.cli.CommandFailed;
import io.synod.server.cli.ExitCodes;
import io.synod.server.cli.Progress;
import io.synod.server.local.Directories;
import io.synod.server.local.NodeLogs;
import io.synod.server.local.NodeStarter;
import io.synod.server.local.SynodStarter;
import io.synod.testkit.linearizability.HistoryFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code synod demo}. Runs on the command line's thread and blocks it until done. */
@Command(name = "demo", mixinStandardHelpOptions = true, sortOptions = false,
    description = {
      "Starts a cluster in this process, over real sockets and with real files in a fresh",
      "directory, lets clients increment and read counters, kills the leader without warning",
      "and restarts it from its files, and lets a node that starts empty take the place of the",
      "leader while all goes on. Then every acknowledged increment is looked up, by its id, in",
      "the state of every member, and the history of some counters is checked for",
      "linearizability.",
      "Under --variant abd there is no leader: clients read and write registers, a node is killed",
      "and restarted, then all of them; every history is checked for linearizability.",
      ""},
    footer = {
      "",
      "failoverMillis is the time from the kill of the leader to the first answer, from a new",
      "leader, to an increment that was submitted after the kill. reconfigurationMillis is the",
      "time from asking for the replacement until it was safe to stop the old member, fetching",
      "the state included; worstStallMillis is the longest time in which no client got any",
      "answer meanwhile, stallBeforeMillis the same in as long before it.",
      "Exit code 0: nothing lost, nothing duplicated, linearizable, replicas agree, the member",
      "is replaced; 1: not so.",
      "",
      "Example: synod demo --seconds 20 --clients 32 --json"})
public final class DemoCommand implements Callable<Integer> {
  private static final int MOST_NODES = 9;
  private static final int MOST_CLIENTS = 1_024;
  private static final int MOST_SECONDS = 3_600;
  private static final int LEAST_SECONDS = 3;

  @Option(names = "--variant", paramLabel = "NAME", defaultValue = "fall",
      description = "named bundle of modules, see 'synod variants' (default: ${DEFAULT-VALUE})")
  private String variant;

  @Option(names = "--nodes", paramLabel = "N", defaultValue = "3",
      description = "nodes of the cluster, 1 to 9 (default: ${DEFAULT-VALUE})")
  private int nodes;

  @Option(names = "--seconds", paramLabel = "S", defaultValue = "10",
      description = "how long clients run, at least 3 (default: ${DEFAULT-VALUE})")
  private int seconds;

  @Option(names = "--clients", paramLabel = "N", defaultValue = "16",
      description = "clients, 1 to 1024 (default: ${DEFAULT-VALUE})")
  private int clients;

  @Option(names = "--storage", paramLabel = "NAME",
      description = "storage module, such as file or memory (default: the variant's)")
  private String storage;

  @Option(names = "--transport", paramLabel = "NAME",
      description = "transport module, netty or local (default: netty)")
  private String transport;

  @Option(names = "--keep", paramLabel = "DIR",
      description = "put the files and the recorded history there and keep them")
  private Path keep;

  @Option(names = "--json", description = "print one JSON object as the last line")
  private boolean json;

  @Spec
  private CommandSpec spec;

  private final NodeStarter starter;

  /** With nodes of the runtime. */
  public DemoCommand() {
    this(new SynodStarter());
  }

  DemoCommand(NodeStarter starter) {
    this.starter = starter;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    range("--nodes", nodes, 1, MOST_NODES);
    range("--seconds", seconds, LEAST_SECONDS, MOST_SECONDS);
    range("--clients", clients, 1, MOST_CLIENTS);
    NodeLogs.errorsOnly();
    Path directory = directory();
    DemoPlan plan =
        new DemoPlan(variant, nodes, seconds, clients, storage, transport, directory);
    DemoOutcome report;
    try (Progress progress = Progress.onTerminal(false)) {
      PrintWriter lines = json ? spec.commandLine().getErr() : spec.commandLine().getOut();
      report = run(plan, line -> say(lines, progress, line), progress);
    } catch (RuntimeException e) {
      discard(directory);
      throw e;
    }
    report(report, directory);
    return report.well() ? ExitCodes.DONE : ExitCodes.FAILED;
  }

  private DemoOutcome run(DemoPlan plan, Consumer<String> say, Progress progress)
      throws InterruptedException {
    return variant.equals(Variant.ABD) ? new MemoryDemo(plan, say, progress).run()
        : new DemoRun(plan, starter, say, progress).run();
  }

  private static void say(PrintWriter lines, Progress progress, String line) {
    progress.show("");
    progress.close();
    lines.println(line);
    lines.flush();
  }

  private void report(DemoOutcome report, Path directory) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (!json) {
      out.println();
      report.printTable(out);
    }
    if (keep != null || !report.well()) {
      Path file = directory.resolve("history.jsonl");
      HistoryFile.write(file, report.history());
      PrintWriter err = spec.commandLine().getErr();
      err.println("the nodes' files and the recorded history are kept in " + directory);
      err.flush();
    } else {
      discard(directory);
    }
    if (json) {
      report.json().print(out);
    }
  }

  private static void range(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw CommandFailed.usage(
          option + " " + value + ": expected a number from " + least + " to " + most);
    }
  }

  private Path directory() throws IOException {
    if (keep == null) {
      return Files.createTempDirectory("synod-demo-");
    }
    Files.createDirectories(keep);
    try (Stream<Path> files = Files.list(keep)) {
      if (files.findAny().isPresent()) {
        throw CommandFailed.usage("--keep " + keep + ": the directory is not empty; name one "
            + "that is, or does not exist, so that nothing of an earlier run is mixed in");
      }
    }
    return keep;
  }

  /** What cannot be deleted takes nothing away from the result. */
  private void discard(Path directory) {
    if (keep != null) {
      return;
    }
    try {
      Directories.delete(directory);
    } catch (IOException e) {
      PrintWriter err = spec.commandLine().getErr();
      err.println("cannot delete " + directory + ": " + e);
      err.flush();
    }
  }
}
