package io.synod.api.plugin;

import io.synod.api.model.Configuration;
import io.synod.api.model.QuorumSystem;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Makes the quorum system that a configuration names: {@code name} or {@code name:key=value,…}.
 * Parameters in the name are agreed on by the log; what it leaves open comes from the settings of
 * the node. Any thread.
 */
public final class Quorums implements Function<Configuration, QuorumSystem> {
  private final Function<String, Plugins.Quorum> byName;
  private final Settings settings;

  /** {@code byName} refuses a name that it does not know. */
  public Quorums(Function<String, Plugins.Quorum> byName, Settings settings) {
    this.byName = byName;
    this.settings = settings;
  }

  /** Refuses an unknown name or parameter, and quorums that do not intersect. */
  @Override
  public QuorumSystem apply(Configuration configuration) {
    String spec = configuration.quorum();
    int colon = spec.indexOf(':');
    Plugins.Quorum maker = byName.apply(colon < 0 ? spec : spec.substring(0, colon));
    Settings all = colon < 0
        ? settings : maker.with(settings, parameters(spec, spec.substring(colon + 1)));
    return maker.create(configuration, all);
  }

  private static Map<String, String> parameters(String spec, String text) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String entry : text.split(",", -1)) {
      int equals = entry.indexOf('=');
      if (equals <= 0 || equals == entry.length() - 1) {
        throw new IllegalArgumentException("quorum '" + spec
            + "': expected key=value,… behind the colon, but found '" + entry + "'");
      }
      if (parameters.put(entry.substring(0, equals), entry.substring(equals + 1)) != null) {
        throw new IllegalArgumentException("quorum '" + spec + "' gives '"
            + entry.substring(0, equals) + "' twice");
      }
    }
    return parameters;
  }
}
