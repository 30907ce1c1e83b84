package io.synod.quorum;

import io.synod.api.plugin.Setting;
import io.synod.api.plugin.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Settings of a kind of quorums that a configuration may give behind its name, in their order. */
final class SpecParameters {
  private final String kind;
  private final SortedMap<String, Setting<?>> byName;

  private SpecParameters(String kind, SortedMap<String, Setting<?>> byName) {
    this.kind = kind;
    this.byName = byName;
  }

  /** None yet. */
  static SpecParameters of(String kind) {
    return new SpecParameters(kind, new TreeMap<>());
  }

  /** With one more. */
  SpecParameters and(String name, Setting<?> setting) {
    TreeMap<String, Setting<?>> more = new TreeMap<>(byName);
    more.put(name, setting);
    return new SpecParameters(kind, more);
  }

  /** The name with all parameters that are not the default, without spaces. */
  String spec(Settings settings) {
    List<String> given = new ArrayList<>();
    byName.forEach((key, setting) -> {
      Object value = settings.get(setting);
      if (!value.equals(setting.defaultValue())) {
        given.add(key + "=" + value.toString().replace(" ", ""));
      }
    });
    return given.isEmpty() ? kind : kind + ":" + String.join(",", given);
  }

  /** These parameters and no others, whatever the settings say; refuses unknown ones. */
  Settings with(Settings settings, Map<String, String> parameters) {
    for (String name : parameters.keySet()) {
      if (!byName.containsKey(name)) {
        throw new IllegalArgumentException(kind + " quorums have no parameter '" + name
            + "'; known are " + String.join(", ", byName.keySet()));
      }
    }
    Settings all = settings;
    for (Map.Entry<String, Setting<?>> each : byName.entrySet()) {
      all = with(all, each.getKey(), each.getValue(), parameters.get(each.getKey()));
    }
    return all;
  }

  private <T> Settings with(
      Settings settings, String name, Setting<T> setting, String text) {
    if (text == null) {
      return settings.with(setting, setting.defaultValue());
    }
    Object value = setting.type() == Integer.class ? number(name, text) : text;
    return settings.with(setting, setting.type().cast(value));
  }

  private Integer number(String name, String text) {
    try {
      return Integer.valueOf(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          kind + " quorums: " + name + "=" + text + " is no number", e);
    }
  }
}
