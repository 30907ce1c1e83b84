package io.synod.runtime.config;

import io.synod.api.model.Configuration;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.Plugin;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Setting;
import io.synod.api.plugin.Settings;
import io.synod.api.plugin.Slot;
import io.synod.api.transport.PeerAddress;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A configuration found to be sound: nothing in it needs to be checked again.
 *
 * @param members the first configuration, in the order of ids; this node need not be one of them
 * @param founders the same as era 0, with roles and quorums
 * @param data where the files go; the empty path when storage is not durable and none is given
 * @param modules the plugin chosen for each slot
 * @param quorums all makers of quorum systems by name, as a later configuration may name another
 * @param passives all openers of passive acceptors by the scheme of their addresses
 * @param values every known key with its value and where it comes from
 * @param warnings legal, but perhaps not meant
 */
public record NodeConfig(
    NodeId node, String cluster, SortedMap<NodeId, PeerAddress> members, Configuration founders,
    PeerAddress listen, Path data, Variant variant, Settings settings, Map<Slot, Plugin> modules,
    Map<String, Plugin> quorums, Map<String, Plugin> passives, List<Value> values,
    List<String> warnings) {
  /** One key, its value as it could be written in a file, and where that comes from. */
  public record Value(Setting<?> setting, String text, Origin origin) {}

  /** Copies the collections. */
  public NodeConfig {
    members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
    modules = Collections.unmodifiableMap(new EnumMap<>(modules));
    quorums = Collections.unmodifiableMap(new TreeMap<>(quorums));
    passives = Collections.unmodifiableMap(new TreeMap<>(passives));
    values = List.copyOf(values);
    warnings = List.copyOf(warnings);
  }

  /** Resolves and checks; tells every error found. Reads files, starts nothing. */
  public static NodeConfig resolve(Catalog catalog, Inputs inputs) throws BadConfiguration {
    return new Resolver(catalog, inputs).resolve();
  }

  /** The maker of quorum systems of that name; refuses an unknown one, naming those known. */
  public Plugins.Quorum quorum(String name) {
    Plugin found = quorums.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "no quorum system is named '" + name + "'; known are "
              + String.join(", ", quorums.keySet()) + Nearest.hint(name, quorums.keySet()));
    }
    return (Plugins.Quorum) found;
  }

  /** The plugin of a slot as its factory interface, such as {@link Plugins.Quorum}. */
  public <P extends Plugin> P module(Slot slot, Class<P> factory) {
    return factory.cast(modules.get(slot));
  }

  /** The value of a setting of any plugin or of the program. */
  public <T> T get(Setting<T> setting) {
    return settings.get(setting);
  }
}
