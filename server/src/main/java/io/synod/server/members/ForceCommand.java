package io.synod.server.members;

import io.synod.api.membership.Seat;
import io.synod.api.storage.StorageException;
import io.synod.replication.Remains;
import io.synod.runtime.config.NodeConfig;
import io.synod.runtime.node.Survivor;
import io.synod.server.cli.CommandFailed;
import io.synod.server.cli.ExitCodes;
import io.synod.server.cli.JsonLine;
import io.synod.server.cli.Table;
import io.synod.server.command.Configurations;
import io.synod.server.kv.KeyValueMachine;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code synod members force}: the last resort when a majority is lost for good. */
@Command(name = "force", sortOptions = false, mixinStandardHelpOptions = true,
    description = {"Founds a new cluster of one from the files of a survivor that is off.",
      "For a majority that is lost FOR GOOD. What the lost members had decided without the",
      "survivor is lost, acknowledged or not; what the survivor has only voted for counts as",
      "decided. Take the survivor that holds most. The old files stay as they are, and old members",
      "that come back are refused by the new cluster. Without --accept-data-loss it only shows",
      "what it would do."},
    footer = {"", "Example: synod members force --config n3.properties --cluster orders-2"
      + " --data data/n3-2"})
final class ForceCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @ParentCommand
  private MembersCommand members;

  @Option(names = "--config", required = true, paramLabel = "FILE",
      description = "the survivor's configuration, as it was")
  private Path config;

  @Option(names = "-D", paramLabel = "key=value",
      description = "overrides a key of the file; may be repeated")
  private Map<String, String> overrides = new LinkedHashMap<>();

  @Option(names = "--cluster", required = true, paramLabel = "NAME",
      description = "the name of the new cluster, another than the old one's")
  private String cluster;

  @Option(names = "--data", required = true, paramLabel = "DIR",
      description = "the directory of the new store, which must not exist")
  private Path data;

  @Option(names = "--accept-data-loss", description = "does it")
  private boolean accepted;

  @Override
  public Integer call() {
    NodeConfig lost = Configurations.required(config, overrides);
    try (Survivor survivor = Survivor.open(lost, new KeyValueMachine())) {
      if (!members.json()) {
        print(lost, survivor);
      }
      Seat seat = accepted ? survivor.found(cluster, data) : null;
      if (members.json()) {
        line(lost, survivor).print(out());
      } else {
        next(seat);
      }
      return accepted ? ExitCodes.DONE : ExitCodes.FAILED;
    } catch (StorageException e) {
      throw CommandFailed.failed(e.getMessage(), e);
    }
  }

  private void print(NodeConfig lost, Survivor survivor) {
    Remains.Found holds = survivor.holds();
    new Table("survivor", "of cluster", "era", "members then", "decided", "voted for only", "gaps")
        .row(lost.node(), lost.cluster(), holds.eras().active(), survivor.lost().ids(),
            holds.decided(), holds.taken(), holds.skipped())
        .print(out());
    out().println("WHAT MAY BE LOST: everything that the others have decided after instance "
        + holds.decided() + " and that is not among the " + holds.taken()
        + " values that " + lost.node() + " has voted for.");
    out().println("These count as decided from now on, whether their clients heard so or not.");
  }

  private void next(Seat seat) {
    if (seat == null) {
      out().println("Nothing was written. Repeat with --accept-data-loss to found cluster '"
          + cluster + "' in " + data + ".");
    } else {
      out().println("Cluster '" + cluster + "' is founded in " + data + ". Set in " + config
          + ", then start the node and add others with 'members add':");
      out().println("  synod.cluster = " + cluster);
      out().println("  synod.data = " + data);
      out().println("  synod.members = " + seat);
    }
    out().flush();
  }

  private JsonLine line(NodeConfig lost, Survivor survivor) {
    Remains.Found holds = survivor.holds();
    return new JsonLine().put("written", accepted).put("era", survivor.era())
        .put("members", List.of(lost.node().name())).put("activeMillis", null)
        .put("safeToStop", List.of()).put("cluster", cluster).put("data", data.toString())
        .put("decided", holds.decided().number()).put("taken", holds.taken())
        .put("skipped", holds.skipped()).put("last", holds.last().number());
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
