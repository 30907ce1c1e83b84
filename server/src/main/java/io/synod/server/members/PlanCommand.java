package io.synod.server.members;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.synod.api.membership.Change;
import io.synod.server.cli.CommandFailed;
import io.synod.server.cli.ExitCodes;
import io.synod.server.cli.JsonLine;
import io.synod.server.cli.Sizes;
import io.synod.server.cli.Table;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code synod members plan}: what a change would do. */
@Command(name = "plan", sortOptions = false, mixinStandardHelpOptions = true,
    description = {"Shows what a change would do, and changes nothing.",
      "How many failures are tolerated before, during and after, what new members must copy, and",
      "why it would be refused; exit code 1 if it would be."},
    subcommands = {
      ChangeCommand.Add.class, ChangeCommand.Remove.class, ChangeCommand.Replace.class,
      ChangeCommand.Set.class, ChangeCommand.Quorum.class, ChangeCommand.Mode.class},
    footer = {"", "Example: synod members plan --server 127.0.0.1:8371 remove n1"})
final class PlanCommand implements Callable<Integer>, ChangeCommand.Taker {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final List<String> STAGES = List.of("before", "during", "after");

  @Spec
  private CommandSpec spec;

  @ParentCommand
  private MembersCommand members;

  @Override
  public Integer call() {
    throw CommandFailed.usage(
        "plan takes add, remove, replace, set, quorum or mode; see synod members plan --help");
  }

  @Override
  public int take(Change change) {
    PrintWriter out = spec.commandLine().getOut();
    JsonNode plan;
    try {
      plan = members.client().post("/members/plan", members.request(change).toJson(), PATIENCE);
    } catch (CommandFailed e) {
      if (members.json() && e.exitCode() == ExitCodes.FAILED) {
        line(JsonNodeFactory.instance.objectNode()).put("error", e.getMessage()).print(out);
      }
      throw e;
    }
    if (members.json()) {
      line(plan).print(out);
    } else {
      print(plan, out);
    }
    return plan.path("refusals").isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
  }

  private static JsonLine line(JsonNode plan) {
    Map<String, Object> tolerates = new LinkedHashMap<>();
    STAGES.forEach(s -> tolerates.put(s, Members.orNull(plan.path(s).path("tolerates"))));
    JsonLine line = new JsonLine().put("era", Members.orNull(plan.path("era")))
        .put("members", Members.orEmpty(plan.path("after").path("members")))
        .put("activeMillis", null).put("safeToStop", List.of()).put("tolerates", tolerates);
    List.of("copies", "refusals", "warnings")
        .forEach(list -> line.put(list, Members.orEmpty(plan.path(list))));
    STAGES.forEach(stage -> line.put(stage, Members.orNull(plan.path(stage))));
    return line;
  }

  private static void print(JsonNode plan, PrintWriter out) {
    out.println("a change of era " + plan.path("era").asText());
    out.println();
    Table stages = new Table(
        "", "members", "quorum", "mode", "failures tolerated", "silent now", "stops without");
    row(stages, "before", plan.path("before"));
    row(stages, "during, the weaker of both", plan.path("during"));
    row(stages, "after", plan.path("after"));
    stages.print(out);
    out.println();
    plan.path("copies").forEach(copy -> out.println(copy.path("to").asText() + " must copy "
        + Sizes.text(copy.path("bytes").asLong()) + ", "
        + copy.path("instances").asText() + " instances"));
    plan.path("warnings").forEach(warning -> out.println("warning: " + warning.asText()));
    plan.path("refusals").forEach(refusal -> out.println("would be refused: " + refusal.asText()));
    if (plan.path("refusals").isEmpty()) {
      out.println("would be accepted");
    }
    out.flush();
  }

  private static void row(Table stages, String name, JsonNode stage) {
    int tolerates = stage.path("tolerates").asInt();
    stages.row(name, Members.ids(stage.path("members")), stage.path("quorum").asText(),
        Members.text(stage, "mode"), tolerates < 0 ? null : tolerates, list(stage.path("silent")),
        list(stage.path("smallestLoss")));
  }

  private static String list(JsonNode ids) {
    return ids.isEmpty() ? null : Members.ids(ids);
  }
}
