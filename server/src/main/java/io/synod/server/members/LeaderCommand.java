package io.synod.server.members;

import com.fasterxml.jackson.databind.JsonNode;
import io.synod.api.model.NodeId;
import io.synod.server.admin.AdminClient;
import io.synod.server.cli.CommandFailed;
import io.synod.server.cli.ExitCodes;
import io.synod.server.cli.JsonLine;
import io.synod.server.cli.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code synod leader}: who leads, and who shall. */
@Command(name = "leader", sortOptions = false, mixinStandardHelpOptions = true,
    description = "Shows who leads, or hands leadership to another member.",
    footer = {"", "Example: synod leader --server 127.0.0.1:8371 transfer n2"})
public final class LeaderCommand implements Callable<Integer> {
  private static final Duration SHOW = Duration.ofSeconds(10);
  private static final Duration TRANSFER = Duration.ofMinutes(2);

  @Spec
  private CommandSpec spec;

  @Option(names = "--server", required = true, paramLabel = "H:P", scope = ScopeType.INHERIT,
      description = "a node's admin port (synod.admin.listen)")
  private String server;

  @Option(names = "--json", scope = ScopeType.INHERIT,
      description = "prints one JSON object as the last line")
  private boolean json;

  @Override
  public Integer call() {
    throw CommandFailed.usage("leader takes show or transfer; see synod leader --help");
  }

  @Command(name = "show", sortOptions = false, mixinStandardHelpOptions = true,
      description = "Shows who leads, as this node knows it; exit code 1 if nobody does.",
      footer = {"", "Example: synod leader show --server 127.0.0.1:8371"})
  int show() {
    AdminClient client = AdminClient.of(server);
    return report(() -> {
      JsonNode answer = client.get("/leader", SHOW);
      if (answer.path("leader").isNull()) {
        throw CommandFailed.failed(server + ": no leader is known here");
      }
      return answer;
    });
  }

  @Command(name = "transfer", sortOptions = false, mixinStandardHelpOptions = true,
      description = "Hands leadership to a member that votes, and waits until it leads.",
      footer = {"", "Example: synod leader transfer --server 127.0.0.1:8371 n2"})
  int transfer(@Parameters(paramLabel = "ID", description = "who shall lead") String id) {
    NodeId to = ChangeCommand.parse("ID", id, NodeId::of);
    AdminClient client = AdminClient.of(server);
    return report(() -> {
      try (Progress progress = Progress.onTerminal(json)) {
        progress.show("waiting until " + to + " leads");
        return client.post("/leader?to=" + to, TRANSFER);
      }
    });
  }

  private int report(Supplier<JsonNode> asked) {
    PrintWriter out = spec.commandLine().getOut();
    try {
      String leader = asked.get().path("leader").asText();
      if (json) {
        new JsonLine().put("leader", leader).print(out);
      } else {
        out.println(leader + " leads");
        out.flush();
      }
      return ExitCodes.DONE;
    } catch (CommandFailed e) {
      if (json) {
        new JsonLine().put("leader", null).put("error", e.getMessage()).print(out);
      }
      throw e;
    }
  }
}
