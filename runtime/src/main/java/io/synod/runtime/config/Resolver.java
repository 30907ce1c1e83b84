package io.synod.runtime.config;

import io.synod.api.model.Configuration;
import io.synod.api.plugin.Plugin;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Setting;
import io.synod.api.plugin.Settings;
import io.synod.api.plugin.Slot;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One resolution: collects values by precedence, then checks; used once. */
final class Resolver {
  private static final String ENVIRONMENT_PREFIX = "SYNOD_";

  private record Given(String text, Origin origin) {}

  private final Catalog catalog;
  private final Inputs inputs;
  private final List<String> errors = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final Map<String, Given> given = new LinkedHashMap<>();
  private final Interpolation interpolation;

  Resolver(Catalog catalog, Inputs inputs) {
    this.catalog = catalog;
    this.inputs = inputs;
    this.interpolation = new Interpolation(inputs.environment(), this::textOf);
  }

  NodeConfig resolve() throws BadConfiguration {
    takeFile();
    takeEnvironment();
    takeOverrides();
    Variant variant = takeVariant();
    Settings settings = Settings.DEFAULTS;
    for (Setting<?> setting : catalog.keys().values()) {
      settings = checked(setting, settings);
    }
    Map<Slot, Plugin> modules = new EnumMap<>(Slot.class);
    for (Slot slot : Slot.values()) {
      if (slot.isChosen()) {
        choose(slot).ifPresent(plugin -> modules.put(slot, plugin));
      }
    }
    Identity identity = new Identity(settings, this::where, errors);
    Optional<Configuration> founders = identity.founders(
        modules.get(Slot.QUORUM) instanceof Plugins.Quorum quorum ? spec(quorum, settings) : "",
        modules.get(Slot.CONSENSUS) instanceof Plugins.Consensus consensus
            ? consensus.mode() : Optional.empty());
    new Combinations(settings, modules, errors, warnings).check(founders);
    founders.ifPresent(this::checkPassive);
    if (!errors.isEmpty()) {
      throw new BadConfiguration(errors);
    }
    return new NodeConfig(
        identity.node().orElseThrow(), settings.get(RuntimeSettings.CLUSTER), identity.members(),
        founders.orElseThrow(), identity.listen().orElseThrow(), identity.data(), variant,
        settings, modules, catalog.options(Slot.QUORUM), catalog.options(Slot.PASSIVE),
        values(settings), warnings);
  }

  private void checkPassive(Configuration founders) {
    Map<String, Plugin> schemes = catalog.options(Slot.PASSIVE);
    founders.passive().forEach(member -> PassiveMembers.flaw(member, schemes)
        .ifPresent(flaw -> wrong(RuntimeSettings.MEMBERS, flaw)));
  }

  /** The name alone where the settings are not sound, which is told elsewhere. */
  private static String spec(Plugins.Quorum quorum, Settings settings) {
    return quorum.contradictions(settings).isEmpty() ? quorum.spec(settings) : quorum.name();
  }

  private void takeFile() {
    inputs.file().ifPresent(file ->
        FileEntries.read(file, errors).forEach((key, entry) ->
            take(key, entry.text(), new Origin(Origin.Kind.FILE, entry.where()))));
  }

  private void takeEnvironment() {
    Map<String, String> keyOf = new LinkedHashMap<>();
    catalog.keys().keySet().forEach(key -> keyOf.put(variable(key), key));
    new TreeMap<>(inputs.environment()).forEach((name, text) -> {
      if (keyOf.containsKey(name)) {
        take(keyOf.get(name), text, new Origin(Origin.Kind.ENVIRONMENT, name));
      } else if (name.startsWith(ENVIRONMENT_PREFIX)) {
        warnings.add("the environment variable " + name + " stands for no known key and is ignored"
            + Nearest.hint(name, keyOf.keySet()));
      }
    });
  }

  private static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  private void takeOverrides() {
    inputs.overrides().forEach((key, text) ->
        take(key, text, new Origin(Origin.Kind.OVERRIDE, "")));
  }

  private void take(String key, String text, Origin origin) {
    if (catalog.keys().containsKey(key)) {
      given.put(key, new Given(text.strip(), origin));
    } else {
      errors.add(origin + ": " + key + ": unknown key"
          + Nearest.hint(key, catalog.keys().keySet()));
    }
  }

  private Variant takeVariant() {
    String name = filled(RuntimeSettings.VARIANT).orElse(Variant.DEFAULT);
    Variant variant = catalog.variants().stream()
        .filter(v -> v.name().equals(name))
        .findFirst().orElse(catalog.variants().get(0));
    variant.defaults().forEach((key, text) -> {
      if (catalog.keys().containsKey(key)) {
        given.putIfAbsent(key, new Given(text, new Origin(Origin.Kind.VARIANT, variant.name())));
      }
    });
    return variant;
  }

  private <T> Settings checked(Setting<T> setting, Settings settings) {
    Given value = given.get(setting.key());
    if (value == null || value.text().isEmpty() && setting.type() == String.class) {
      return settings;
    }
    try {
      T parsed = Texts.parse(setting, interpolation.fill(value.text()));
      if (setting.legal().test(parsed)) {
        return settings.with(setting, parsed);
      }
      wrong(setting, "'" + value.text() + "' is out of range: expected " + setting.range()
          + (setting.range().contains(" | ")
              ? Nearest.hint(value.text(), List.of(setting.range().split(" \\| "))) : ""));
    } catch (IllegalArgumentException e) {
      wrong(setting, "'" + value.text() + "': " + e.getMessage());
    }
    return settings;
  }

  private Optional<Plugin> choose(Slot slot) {
    Setting<?> setting = catalog.keys().get(slot.key());
    Optional<String> name = filled(setting);
    Map<String, Plugin> options = catalog.options(slot);
    Plugin plugin = options.get(name.orElse(Catalog.defaultText(setting)));
    if (plugin == null && name.isPresent()) {
      wrong(setting, "there is no option '" + name.get() + "'; known: "
          + (options.isEmpty() ? "none on the class path" : String.join(", ", options.keySet()))
          + Nearest.hint(name.get(), options.keySet()));
    }
    return Optional.ofNullable(plugin);
  }

  /** The text filled in; empty when it is not given, or wrong (told elsewhere). */
  private Optional<String> filled(Setting<?> setting) {
    Given value = given.get(setting.key());
    try {
      return value == null ? Optional.empty() : Optional.of(interpolation.fill(value.text()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private String textOf(String key) {
    Given value = given.get(key);
    Setting<?> setting = catalog.keys().get(key);
    return value != null ? value.text() : setting == null ? null : Catalog.defaultText(setting);
  }

  private void wrong(Setting<?> setting, String problem) {
    errors.add(where(setting) + setting.key() + ": " + problem);
  }

  private String where(Setting<?> setting) {
    Given value = given.get(setting.key());
    return value == null ? "" : value.origin() + ": ";
  }

  private List<NodeConfig.Value> values(Settings settings) {
    List<NodeConfig.Value> values = new ArrayList<>();
    for (Setting<?> setting : catalog.keys().values()) {
      Given from = given.get(setting.key());
      Origin origin = from == null ? Origin.DEFAULT : from.origin();
      values.add(new NodeConfig.Value(setting, Texts.show(settings.get(setting)), origin));
    }
    return values;
  }
}
