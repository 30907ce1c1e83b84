package io.synod.runtime;

import io.synod.api.plugin.Setting;
import io.synod.runtime.config.BadConfiguration;
import io.synod.runtime.config.Catalog;
import io.synod.runtime.config.Inputs;
import io.synod.runtime.config.NodeConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Where to begin. {@link #node()} starts a node in this process; {@link #catalog} and
 * {@link #check} look at plugins and configurations without starting anything.
 */
public final class Synod {
  private Synod() {}

  /** A node to be configured and started. */
  public static NodeBuilder node() {
    return new NodeBuilder();
  }

  /**
   * All options, variants and keys on the class path.
   *
   * @param more keys of the program around the node, such as the ports of a server
   */
  public static Catalog catalog(List<Setting<?>> more) throws BadConfiguration {
    return Catalog.discover(Synod.class.getClassLoader(), more);
  }

  /** The same without further keys. */
  public static Catalog catalog() throws BadConfiguration {
    return catalog(List.of());
  }

  /** Reads and checks a configuration, telling all errors at once; starts nothing. */
  public static NodeConfig check(Path file, Map<String, String> overrides)
      throws BadConfiguration {
    return NodeConfig.resolve(catalog(), Inputs.of(file, overrides));
  }
}
