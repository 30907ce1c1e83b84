package io.synod.server.members;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.synod.api.membership.Change;
import io.synod.api.model.Era;
import io.synod.server.admin.AdminClient;
import io.synod.server.admin.ChangeRequest;
import io.synod.server.cli.CommandFailed;
import io.synod.server.cli.ExitCodes;
import io.synod.server.cli.JsonLine;
import io.synod.server.cli.Progress;
import io.synod.server.cli.Table;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code synod members}: who takes part, and changes of that. */
@Command(name = "members", sortOptions = false, mixinStandardHelpOptions = true,
    description = {"Shows and changes the members while the service runs, at any node.",
      "A change returns when it is active and those who left may be switched off.",
      "To interrupt the command does not stop the change."},
    subcommands = {
      ChangeCommand.Add.class, ChangeCommand.Remove.class, ChangeCommand.Replace.class,
      ChangeCommand.Set.class, ChangeCommand.Quorum.class, ChangeCommand.Mode.class,
      PlanCommand.class, ForceCommand.class},
    footer = {"", "Exit codes: 0 active, 1 refused or the outcome is unknown, 2 wrong usage.",
      "", "Example: synod members --server 127.0.0.1:8371 replace n2 n4@127.0.0.1:7374"})
public final class MembersCommand implements Callable<Integer>, ChangeCommand.Taker {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  @Spec
  private CommandSpec spec;

  @Option(names = "--server", paramLabel = "H:P", scope = ScopeType.INHERIT,
      description = "a node's admin port (synod.admin.listen); all but force need it")
  private String server;

  @Option(names = "--expected-era", paramLabel = "N", scope = ScopeType.INHERIT,
      description = "refuses the change unless this era is in force")
  private Long expectedEra;

  @Option(names = "--json", scope = ScopeType.INHERIT,
      description = "prints one JSON object as the last line")
  private boolean json;

  @Override
  public Integer call() {
    throw CommandFailed.usage(
        "members takes list, add, remove, replace, set, quorum, mode, plan or force;"
            + " see synod members --help");
  }

  @Command(name = "list", sortOptions = false, mixinStandardHelpOptions = true,
      description = {"Shows the members and how far each is, as this node knows it.",
        "Only the leader hears from everybody."},
      footer = {"", "Example: synod members list --server 127.0.0.1:8371"})
  int list() {
    JsonNode members = client().get("/members", PATIENCE);
    if (json) {
      line(members).put("made", members.path("made")).put("quorum", members.path("quorum"))
          .put("mode", members.path("mode"))
          .put("leader", members.path("leader")).put("node", members.path("node"))
          .put("pending", members.path("pending")).put("others", members.path("others"))
          .put("change", members.path("change")).print(out());
    } else {
      Members.print(members, out());
    }
    return ExitCodes.DONE;
  }

  @Override
  public int take(Change change) {
    AdminClient client = client();
    try {
      report(await(client, request(change)));
      return ExitCodes.DONE;
    } catch (CommandFailed e) {
      if (json && e.exitCode() == ExitCodes.FAILED) {
        line(known(client)).put("error", e.getMessage()).print(out());
      }
      throw e;
    }
  }

  private JsonNode await(AdminClient client, ChangeRequest request) {
    try (Progress progress = Progress.onTerminal(json)) {
      return new ChangeRun(client, BETWEEN_LOOKS, progress::show).run(request);
    }
  }

  private void report(JsonNode done) {
    if (json) {
      line(done).put("quorum", done.path("quorum")).put("mode", done.path("mode")).print(out());
      return;
    }
    new Table("era", "members", "quorum", "mode", "active after ms").row(
        done.path("era").asText(), Members.ids(done.path("members")),
        done.path("quorum").asText(), Members.text(done, "mode"),
        done.path("activeMillis").asText()).print(out());
    JsonNode left = done.path("safeToStop");
    if (!left.isEmpty()) {
      out().println(Members.ids(left) + " may be switched off now");
      out().flush();
    }
  }

  /** What is in force, for whoever was refused; nothing if that cannot be had either. */
  private static JsonNode known(AdminClient client) {
    try {
      return client.get("/members", PATIENCE);
    } catch (CommandFailed e) {
      return JsonNodeFactory.instance.objectNode();
    }
  }

  private static JsonLine line(JsonNode members) {
    return new JsonLine().put("era", Members.orNull(members.path("era")))
        .put("members", Members.orEmpty(members.path("members")))
        .put("activeMillis", Members.orNull(members.path("activeMillis")))
        .put("safeToStop", Members.orEmpty(members.path("safeToStop")));
  }

  AdminClient client() {
    if (server == null) {
      throw CommandFailed.usage("--server is missing: name a node's admin port, such as"
          + " 127.0.0.1:8371");
    }
    return AdminClient.of(server);
  }

  ChangeRequest request(Change change) {
    if (expectedEra == null) {
      return new ChangeRequest(Optional.empty(), change);
    }
    if (expectedEra < 0) {
      throw CommandFailed.usage("--expected-era: an era is not negative, but was " + expectedEra);
    }
    return new ChangeRequest(Optional.of(new Era(expectedEra)), change);
  }

  boolean json() {
    return json;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
