package io.synod.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.synod.server.admin.AdminClient;
import io.synod.server.cli.ExitCodes;
import io.synod.server.cli.Table;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code synod snapshot}: has a node take one now. */
@Command(name = "snapshot", sortOptions = false, mixinStandardHelpOptions = true,
    description = "Has a node take a snapshot now and waits until it is on disk.",
    footer = {"", "Example: synod snapshot --server 127.0.0.1:8371"})
public final class SnapshotCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  @Spec
  private CommandSpec spec;

  @Option(names = "--server", required = true, paramLabel = "H:P",
      description = "the node's admin port (synod.admin.listen)")
  private String server;

  @Option(names = "--json", description = "prints one JSON object as the last line")
  private boolean json;

  @Override
  public Integer call() {
    JsonNode taken = AdminClient.of(server).post("/snapshot", PATIENCE);
    if (json) {
      spec.commandLine().getOut().println(taken);
    } else {
      new Table("instance", "bytes", "millis").row(taken.path("instance").asText(),
          taken.path("bytes").asText(), taken.path("millis").asText())
          .print(spec.commandLine().getOut());
    }
    return ExitCodes.DONE;
  }
}
