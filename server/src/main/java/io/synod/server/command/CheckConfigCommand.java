package io.synod.server.command;

import io.synod.runtime.config.BadConfiguration;
import io.synod.runtime.config.NodeConfig;
import io.synod.server.cli.ExitCodes;
import io.synod.server.cli.JsonLine;
import io.synod.server.cli.Table;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code synod check-config}: composes without starting. */
@Command(name = "check-config", sortOptions = false, mixinStandardHelpOptions = true,
    description = {"Checks a configuration without starting anything.",
      "Prints the module chosen for each slot, or every error found."},
    footer = {"", "Example: synod check-config examples/cluster/n1.properties"})
public final class CheckConfigCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "the configuration to check")
  private Path file;

  @Option(names = "-D", paramLabel = "key=value",
      description = "overrides a key of the file; may be repeated")
  private Map<String, String> overrides = new LinkedHashMap<>();

  @Option(names = "--json", description = "prints one JSON object as the last line")
  private boolean json;

  @Override
  public Integer call() {
    Map<String, String> modules = new LinkedHashMap<>();
    List<String> errors = List.of();
    try {
      NodeConfig config = Configurations.resolve(file, overrides);
      config.modules().forEach((slot, plugin) -> modules.put(slot.key(), plugin.name()));
      config.warnings().forEach(w -> spec.commandLine().getErr().println("synod: warning: " + w));
      if (!json) {
        print(config);
      }
    } catch (BadConfiguration e) {
      errors = e.errors();
      errors.forEach(error -> spec.commandLine().getErr().println("synod: " + error));
    }
    if (json) {
      new JsonLine().put("valid", errors.isEmpty()).put("errors", errors)
          .put("modules", modules).print(spec.commandLine().getOut());
    }
    return errors.isEmpty() ? ExitCodes.DONE : ExitCodes.USAGE;
  }

  private void print(NodeConfig config) {
    Table table = new Table("slot", "module", "meaning");
    config.modules().forEach(
        (slot, plugin) -> table.row(slot.key(), plugin.name(), plugin.meaning()));
    table.print(spec.commandLine().getOut());
  }
}
