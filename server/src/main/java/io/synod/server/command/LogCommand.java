package io.synod.server.command;

import io.synod.api.storage.StorageException;
import io.synod.server.cli.CommandFailed;
import io.synod.server.cli.ExitCodes;
import io.synod.server.cli.JsonLine;
import io.synod.server.cli.Table;
import io.synod.storage.file.JournalInspector;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code synod log verify|dump}: a node's files, read without the node. */
@Command(name = "log", sortOptions = false, mixinStandardHelpOptions = true,
    description = "Reads a node's files offline, without changing them.",
    footer = {"", "Example: synod log verify data/n1"})
public final class LogCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    throw CommandFailed.usage("log takes verify or dump; see synod log --help");
  }

  @Command(name = "verify", sortOptions = false, mixinStandardHelpOptions = true,
      description = "Checks every checksum of journal and snapshots; exit code 1 if one is wrong.",
      footer = {"", "Example: synod log verify data/n1 --json"})
  int verify(
      @Parameters(paramLabel = "DIR", description = "a node's data directory") Path directory,
      @Option(names = "--json", description = "prints one JSON object as the last line")
      boolean json) {
    return inspect(directory, json, new JournalInspector.Visitor() {
      @Override
      public void damaged(JournalInspector.Damaged place) {
        spec.commandLine().getErr().println("synod: " + where(place));
      }
    });
  }

  @Command(name = "dump", sortOptions = false, mixinStandardHelpOptions = true,
      description = "The same, and prints every record.",
      footer = {"", "Example: synod log dump data/n1"})
  int dump(
      @Parameters(paramLabel = "DIR", description = "a node's data directory") Path directory,
      @Option(names = "--json", description = "prints one JSON object as the last line")
      boolean json) {
    return inspect(directory, json, new RecordPrinter(
        spec.commandLine().getOut(), spec.commandLine().getErr()));
  }

  private int inspect(Path directory, boolean json, JournalInspector.Visitor visitor) {
    JournalInspector.Report report;
    try {
      report = JournalInspector.inspect(directory, visitor);
    } catch (StorageException e) {
      throw CommandFailed.usage(e.getMessage(), e);
    }
    PrintWriter out = spec.commandLine().getOut();
    String first = report.firstDamaged().map(LogCommand::where).orElse(null);
    if (json) {
      new JsonLine().put("records", report.records()).put("damaged", report.damaged())
          .put("firstDamaged", first).put("snapshots", report.snapshots())
          .put("tornTail", report.tornTail()).put("node", report.identity().node().name())
          .put("cluster", report.identity().cluster()).print(out);
    } else {
      new Table("node", "records", "snapshots", "damaged", "torn tail", "first damaged")
          .row(report.identity().node(), report.records(), report.snapshots(), report.damaged(),
              report.tornTail() ? "yes" : "no", first).print(out);
    }
    return report.damaged() == 0 ? ExitCodes.DONE : ExitCodes.FAILED;
  }

  static String where(JournalInspector.Damaged place) {
    return place.file() + " at offset " + place.offset() + ": " + place.what();
  }
}
