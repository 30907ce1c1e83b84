package io.synod.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.synod.server.admin.AdminClient;
import io.synod.server.cli.ExitCodes;
import io.synod.server.cli.Table;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code synod status}: how a node stands. */
@Command(name = "status", sortOptions = false, mixinStandardHelpOptions = true,
    description = "Shows how a node stands: role, leader, ballot, era, indices, disk and queue.",
    footer = {"", "Example: synod status --server 127.0.0.1:8371 --watch"})
public final class StatusCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Spec
  private CommandSpec spec;

  @Option(names = "--server", required = true, paramLabel = "H:P",
      description = "the node's admin port (synod.admin.listen)")
  private String server;

  @Option(names = "--watch", description = "shows it anew every second until interrupted")
  private boolean watch;

  @Option(names = "--json", description = "prints one JSON object as the last line")
  private boolean json;

  @Override
  public Integer call() {
    AdminClient client = AdminClient.of(server);
    show(client.get("/status", PATIENCE));
    while (watch) {
      CompletableFuture.runAsync(() -> { }, CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS))
          .join();
      show(client.get("/status", PATIENCE));
    }
    return ExitCodes.DONE;
  }

  private void show(JsonNode status) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(status);
      out.flush();
      return;
    }
    Table fields = new Table("field", "value");
    for (Map.Entry<String, JsonNode> field : status.properties()) {
      if (!field.getValue().isArray()) {
        fields.row(field.getKey(), field.getValue().isNull() ? null : field.getValue().asText());
      }
    }
    fields.print(out);
    out.println();
    Table members = new Table("member", "role", "leader", "address");
    status.path("members").forEach(m -> members.row(m.path("id").asText(),
        m.path("role").asText(), m.path("leader").asBoolean() ? "leader" : "",
        m.path("address").asText()));
    members.print(out);
    out.println();
  }
}
