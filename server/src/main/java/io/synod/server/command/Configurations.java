package io.synod.server.command;

import io.synod.runtime.Synod;
import io.synod.runtime.config.BadConfiguration;
import io.synod.runtime.config.Catalog;
import io.synod.runtime.config.Inputs;
import io.synod.runtime.config.NodeConfig;
import io.synod.server.ServerSettings;
import io.synod.server.cli.CommandFailed;
import java.nio.file.Path;
import java.util.Map;

/** Configurations as the server reads them: the node's keys and its own. */
public final class Configurations {
  private Configurations() {}

  static NodeConfig resolve(Path file, Map<String, String> overrides) throws BadConfiguration {
    return NodeConfig.resolve(
        Synod.catalog(ServerSettings.all()), Inputs.of(file, overrides));
  }

  /** The same for a command that cannot go on without: all errors at once, as wrong usage. */
  public static NodeConfig required(Path file, Map<String, String> overrides) {
    try {
      return resolve(file, overrides);
    } catch (BadConfiguration e) {
      throw CommandFailed.usage(String.join("\nsynod: ", e.errors()), e);
    }
  }

  static Catalog catalog() {
    try {
      return Synod.catalog(ServerSettings.all());
    } catch (BadConfiguration e) {
      throw CommandFailed.usage(e.getMessage(), e);
    }
  }
}
