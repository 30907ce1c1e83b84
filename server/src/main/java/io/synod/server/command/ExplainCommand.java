package io.synod.server.command;

import io.synod.api.membership.Seat;
import io.synod.api.model.ConsensusMode;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.Plugin;
import io.synod.api.plugin.Slot;
import io.synod.reconfig.master.MasterSettings;
import io.synod.runtime.config.BadConfiguration;
import io.synod.runtime.config.Explanation;
import io.synod.runtime.config.Inputs;
import io.synod.runtime.config.NodeConfig;
import io.synod.runtime.config.Variant;
import io.synod.server.cli.CommandFailed;
import io.synod.server.cli.ExitCodes;
import io.synod.server.cli.JsonLine;
import io.synod.server.cli.Table;
import io.synod.server.local.Layout;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code synod explain}: a composition, and what follows from it. */
@Command(name = "explain", sortOptions = false, mixinStandardHelpOptions = true,
    description = {"Shows what a configuration or a variant is put together from, what it assumes,",
      "how many failures it tolerates, what a command and a read cost, and how many of them its",
      "nodes bear."},
    footer = {"", "Example: synod explain --variant cheap --nodes 5",
      "         synod explain --variant fall --speeds n1=1000,n2=500,n3=100"})
public final class ExplainCommand implements Callable<Integer> {
  private static final int MOST_NODES = 15;

  @Spec
  private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "FILE", description = "a configuration")
  private Path file;

  @Option(names = "--variant", paramLabel = "V", description = "a named variant instead of a file")
  private String variant;

  @Option(names = "--nodes", paramLabel = "N", defaultValue = "3",
      description = "members of a variant, 1 to 15; half of those of cheap are auxiliaries"
          + "; those of summer, cas and leased vote on three of theirs (default: 3)")
  private int nodes;

  @Option(names = "-D", paramLabel = "key=value", description = "overrides a key")
  private Map<String, String> overrides = new LinkedHashMap<>();

  @Option(names = "--speeds", paramLabel = "node=N", split = ",",
      description = "commands a second that each acceptor bears, for load and capacity")
  private Map<String, String> speeds = new LinkedHashMap<>();

  @Option(names = "--json", description = "prints one JSON object as the last line")
  private boolean json;

  @Override
  public Integer call() {
    if ((file == null) == (variant == null)) {
      throw CommandFailed.usage("explain a FILE or a --variant, one of them");
    }
    if (nodes < 1 || nodes > MOST_NODES) {
      throw CommandFailed.usage("--nodes " + nodes + ": expected a number from 1 to " + MOST_NODES);
    }
    try {
      NodeConfig config = file == null ? ofVariant() : Configurations.resolve(file, overrides);
      if (config.variant().name().equals(Variant.ABD)) {
        throw CommandFailed.usage("synod.variant = abd has no layers to explain: a read takes one"
            + " round trip or two, a write two, and nobody leads; see docs/variants/abd.md");
      }
      print(config, Explanation.of(config), Capacity.of(Explanation.quorums(config), speeds));
      return ExitCodes.DONE;
    } catch (BadConfiguration e) {
      throw CommandFailed.usage(String.join("\nsynod: ", e.errors()), e);
    }
  }

  private NodeConfig ofVariant() throws BadConfiguration {
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("synod.variant", variant);
    keys.put("synod.node", "n1");
    keys.put("synod.data", "data/n1");
    Layout layout = Layout.of(variant, nodes);
    Stream<Seat> processes = IntStream.range(0, nodes).mapToObj(i ->
        Seat.parse("n" + (i + 1) + "@n" + (i + 1) + ":7371").as(layout.role(i)));
    keys.put("synod.members", Stream.concat(processes, layout.passive(id -> "/acceptors/" + id)
        .stream()).map(Seat::toString).collect(Collectors.joining(",")));
    if (variant.equals("vertical")) {
      keys.put(MasterSettings.SERVERS.key(), "m1:6379,m2:6379,m3:6379");
    }
    keys.putAll(overrides);
    return NodeConfig.resolve(Configurations.catalog(), Inputs.of(keys));
  }

  private void print(NodeConfig config, Explanation explanation, Capacity capacity) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      line(config, explanation).put("load", capacity.json()).print(out);
      return;
    }
    tree(config, out);
    out.println();
    Table table = new Table("in the stable mode", "");
    table.row("acceptors", names(explanation.acceptors()));
    table.row("consensus mode", explanation.mode().map(ConsensusMode::label).orElse(null));
    table.row("failures tolerated", explanation.tolerates());
    table.row("a smallest loss that stops progress", names(explanation.smallestLoss()));
    table.row("message delays until decided", explanation.messageDelays());
    table.row("message delays until all have it", explanation.learnDelays());
    table.row("messages between nodes", explanation.messages());
    table.row("forced logs one after the other", explanation.forcedLogs());
    explanation.reads().forEach((mode, cost) -> table.row("read " + mode, cost));
    table.print(out);
    out.println();
    capacity.print(out, !speeds.isEmpty());
    out.println();
    out.println("assumes, and what depends on it:");
    explanation.assumptions().forEach(assumption -> out.println("  " + assumption));
    out.flush();
  }

  /** Each layer on what it stands on. */
  private static void tree(NodeConfig config, PrintWriter out) {
    out.println("replicated state machine");
    String indent = "";
    for (Slot slot : new Slot[] {
        Slot.BROADCAST, Slot.CONSENSUS, Slot.REGISTER, Slot.QUORUM}) {
      line(config, slot, indent, out);
      indent += "   ";
    }
    for (Slot slot : new Slot[] {Slot.ELECTION, Slot.RECONFIG, Slot.STORAGE, Slot.TRANSPORT}) {
      line(config, slot, "", out);
    }
  }

  private static void line(NodeConfig config, Slot slot, String indent, PrintWriter out) {
    Plugin plugin = config.modules().get(slot);
    out.println(indent + "└─ " + slot.key() + " = " + plugin.name() + ": " + plugin.meaning());
  }

  private static String names(Iterable<NodeId> ids) {
    StringBuilder text = new StringBuilder();
    ids.forEach(id -> text.append(text.isEmpty() ? "" : ", ").append(id));
    return text.toString();
  }

  private static JsonLine line(NodeConfig config, Explanation explanation) {
    Map<String, String> modules = new LinkedHashMap<>();
    config.modules().forEach((slot, plugin) -> modules.put(slot.key(), plugin.name()));
    return new JsonLine()
        .put("modules", modules)
        .put("acceptors", explanation.acceptors().stream().map(NodeId::name).toList())
        .put("mode", explanation.mode().map(ConsensusMode::label).orElse(null))
        .put("tolerates", explanation.tolerates())
        .put("smallestLoss", explanation.smallestLoss().stream().map(NodeId::name).toList())
        .put("messageDelays", explanation.messageDelays())
        .put("learnDelays", explanation.learnDelays())
        .put("messages", explanation.messages())
        .put("forcedLogs", explanation.forcedLogs())
        .put("reads", explanation.reads())
        .put("assumptions", explanation.assumptions());
  }
}
