package io.synod.server.command;

import io.synod.api.plugin.Setting;
import io.synod.runtime.config.Catalog;
import io.synod.server.cli.ExitCodes;
import io.synod.server.cli.JsonLine;
import io.synod.server.cli.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code synod config}: every key there is. */
@Command(name = "config", sortOptions = false, mixinStandardHelpOptions = true,
    description = "Lists every key of a configuration: type, default, range and meaning.",
    footer = {"", "Example: synod config --format markdown"})
public final class ConfigCommand implements Callable<Integer> {
  /** How the keys are printed. */
  enum Format {
    /** For a terminal. */
    TABLE,
    /** For the docs. */
    MARKDOWN
  }

  @Spec
  private CommandSpec spec;

  @Option(names = "--format", paramLabel = "table|markdown", defaultValue = "table",
      description = "how to print them (default: ${DEFAULT-VALUE})")
  private Format format;

  @Option(names = "--json", description = "prints one JSON object as the last line")
  private boolean json;

  @Override
  public Integer call() {
    List<Map<String, Object>> keys = new ArrayList<>();
    Table table = new Table("key", "type", "default", "range", "meaning");
    for (Setting<?> setting : Configurations.catalog().keys().values()) {
      String type = Catalog.typeName(setting);
      String byDefault = Catalog.defaultText(setting);
      table.row(setting.key(), type, byDefault, setting.range(), setting.meaning());
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("key", setting.key());
      fields.put("type", type);
      fields.put("default", byDefault);
      fields.put("range", setting.range());
      fields.put("meaning", setting.meaning());
      keys.add(fields);
    }
    if (json) {
      new JsonLine().put("keys", keys).print(spec.commandLine().getOut());
    } else if (format == Format.MARKDOWN) {
      table.printMarkdown(spec.commandLine().getOut());
    } else {
      table.print(spec.commandLine().getOut());
    }
    return ExitCodes.DONE;
  }
}
