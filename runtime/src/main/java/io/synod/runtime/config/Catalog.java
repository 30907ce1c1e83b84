package io.synod.runtime.config;

import io.synod.api.plugin.Plugin;
import io.synod.api.plugin.Setting;
import io.synod.api.plugin.Slot;
import io.synod.replication.ReplicationSettings;
import io.synod.sharedmemory.MemorySettings;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * All that a configuration can choose from: the options of each slot, the variants and the keys.
 * Immutable; made by looking at the class path.
 */
public final class Catalog {
  private final Map<Slot, Map<String, Plugin>> options = new EnumMap<>(Slot.class);
  private final Map<String, Setting<?>> keys = new LinkedHashMap<>();
  private final List<String> errors = new ArrayList<>();

  private Catalog() {
    for (Slot slot : Slot.values()) {
      options.put(slot, new TreeMap<>());
    }
  }

  /**
   * Finds the plugins that {@code loader} sees.
   *
   * @param more keys of the program around the node, such as the ports of a server
   */
  public static Catalog discover(ClassLoader loader, List<Setting<?>> more)
      throws BadConfiguration {
    List<Plugin> found = new ArrayList<>();
    try {
      ServiceLoader.load(Plugin.class, loader).forEach(found::add);
    } catch (ServiceConfigurationError e) {
      throw new BadConfiguration(List.of("a plugin cannot be loaded: " + e.getMessage()));
    }
    return of(found, more);
  }

  /** Of these plugins; refuses two of one name in a slot and two meanings of one key. */
  public static Catalog of(List<Plugin> plugins, List<Setting<?>> more) throws BadConfiguration {
    Catalog catalog = new Catalog();
    plugins.forEach(catalog::offer);
    RuntimeSettings.all().forEach(s -> catalog.declare(s, "the runtime"));
    for (Slot slot : Slot.values()) {
      if (slot.isChosen()) {
        catalog.declare(catalog.choice(slot), "the runtime");
      }
    }
    ReplicationSettings.all().forEach(s -> catalog.declare(s, "replication"));
    MemorySettings.all().forEach(s -> catalog.declare(s, "atomic registers"));
    List<Plugin> inOrder = new ArrayList<>(plugins); // whatever the order on the class path
    inOrder.sort(Comparator.comparing(Plugin::slot).thenComparing(Plugin::name));
    for (Plugin plugin : inOrder) {
      plugin.settings().forEach(s -> catalog.declare(s, plugin.getClass().getName()));
    }
    more.forEach(s -> catalog.declare(s, "the program"));
    if (!catalog.errors.isEmpty()) {
      throw new BadConfiguration(catalog.errors);
    }
    return catalog;
  }

  /** The options of a slot by name, in the order of names. */
  public Map<String, Plugin> options(Slot slot) {
    return Collections.unmodifiableMap(options.get(slot));
  }

  /** The named bundles of defaults. */
  public List<Variant> variants() {
    return Variant.all();
  }

  /** All keys by name: those of the runtime, of the slots, then those of the plugins. */
  public Map<String, Setting<?>> keys() {
    return Collections.unmodifiableMap(keys);
  }

  /** A setting's default as it would be written in a file. */
  public static String defaultText(Setting<?> setting) {
    return Texts.show(setting.defaultValue());
  }

  /** A setting's type as people name it. */
  public static String typeName(Setting<?> setting) {
    Class<?> type = setting.type();
    return type == Long.class ? "bytes"
        : type == String.class ? "text"
        : type == Boolean.class ? "flag"
        : type == Integer.class ? "number" : "duration";
  }

  /** The class that offers an option and the jar or directory that it came from. */
  public static String origin(Plugin plugin) {
    CodeSource source = plugin.getClass().getProtectionDomain().getCodeSource();
    String where = source == null ? "" : source.getLocation().getPath();
    String file = where.replaceAll("/$", "").replaceAll(".*/", "");
    return plugin.getClass().getName() + (file.endsWith(".jar") ? " (" + file + ")" : "");
  }

  private void offer(Plugin plugin) {
    Plugin other = options.get(plugin.slot()).putIfAbsent(plugin.name(), plugin);
    if (other != null) {
      errors.add("two plugins offer " + plugin.slot().key() + " = " + plugin.name() + ": "
          + origin(other) + " and " + origin(plugin) + "; remove one from the class path");
    }
  }

  private void declare(Setting<?> setting, String by) {
    Setting<?> other = keys.putIfAbsent(setting.key(), setting);
    if (other != null && !same(other, setting)) {
      errors.add(setting.key() + " is declared differently by " + by + " than before");
    }
  }

  private static boolean same(Setting<?> a, Setting<?> b) {
    return a.type().equals(b.type()) && a.defaultValue().equals(b.defaultValue())
        && a.range().equals(b.range());
  }

  private Setting<String> choice(Slot slot) {
    String byDefault = Variant.all().get(0).defaults().get(slot.key());
    return new Setting<>(slot.key(), String.class, byDefault, meaning(slot),
        String.join(" | ", options.get(slot).keySet()), v -> true);
  }

  private static String meaning(Slot slot) {
    return switch (slot) {
      case REGISTER -> "the acceptor's memory, and the register over the acceptors";
      case CONSENSUS -> "how a value is proposed by the founders; then the log says it";
      case ELECTION -> "how a leader is elected";
      case BROADCAST -> "total order broadcast: batches, pipeline, catch-up";
      case QUORUM -> "which sets of acceptors are quorums";
      case STORAGE -> "where journal and snapshots are kept";
      case TRANSPORT -> "how messages travel";
      case RECONFIG -> "who decides on the next configuration";
      case PASSIVE -> "which acceptors need not be processes";
    };
  }
}
