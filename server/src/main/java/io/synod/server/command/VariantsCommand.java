package io.synod.server.command;

import io.synod.api.plugin.Plugin;
import io.synod.api.plugin.Slot;
import io.synod.runtime.config.Catalog;
import io.synod.runtime.config.Variant;
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

/** {@code synod variants}: what a configuration can choose from. */
@Command(name = "variants", sortOptions = false, mixinStandardHelpOptions = true,
    description = "Lists the named variants, and every option of every slot with its plugin.",
    footer = {"", "Example: synod variants --json"})
public final class VariantsCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Option(names = "--json", description = "prints one JSON object as the last line")
  private boolean json;

  @Override
  public Integer call() {
    Catalog catalog = Configurations.catalog();
    if (json) {
      new JsonLine().put("variants", variants(catalog)).put("slots", slots(catalog))
          .print(spec.commandLine().getOut());
    } else {
      print(catalog);
    }
    return ExitCodes.DONE;
  }

  private static List<Map<String, Object>> variants(Catalog catalog) {
    List<Map<String, Object>> variants = new ArrayList<>();
    for (Variant variant : catalog.variants()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("name", variant.name());
      fields.put("meaning", variant.meaning());
      fields.put("defaults", variant.defaults());
      variants.add(fields);
    }
    return variants;
  }

  private static Map<String, Object> slots(Catalog catalog) {
    Map<String, Object> slots = new LinkedHashMap<>();
    for (Slot slot : Slot.values()) {
      List<Map<String, Object>> options = new ArrayList<>();
      for (Plugin plugin : catalog.options(slot).values()) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", plugin.name());
        fields.put("meaning", plugin.meaning());
        fields.put("plugin", Catalog.origin(plugin));
        options.add(fields);
      }
      slots.put(slot.key(), options);
    }
    return slots;
  }

  private void print(Catalog catalog) {
    Table variants = new Table("variant", "meaning");
    catalog.variants().forEach(v -> variants.row(v.name(), v.meaning()));
    variants.print(spec.commandLine().getOut());
    spec.commandLine().getOut().println();
    Table options = new Table("slot", "option", "meaning", "plugin");
    for (Slot slot : Slot.values()) {
      catalog.options(slot).values().forEach(p ->
          options.row(slot.key(), p.name(), p.meaning(), Catalog.origin(p)));
    }
    options.print(spec.commandLine().getOut());
  }
}
