package io.synod.runtime.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a configuration is made from.
 *
 * @param file its name ends in .properties, .yaml, .yml or .json
 * @param overrides as given by {@code -D key=value} or by the program
 * @param environment usually {@link System#getenv()}
 */
public record Inputs(
    Optional<Path> file, Map<String, String> overrides, Map<String, String> environment) {
  /** Copies the maps. */
  public Inputs {
    overrides = Collections.unmodifiableMap(new LinkedHashMap<>(overrides));
    environment = Map.copyOf(environment);
  }

  /** That file under the environment of this process. */
  public static Inputs of(Path file, Map<String, String> overrides) {
    return new Inputs(Optional.of(file), overrides, System.getenv());
  }

  /** No file. */
  public static Inputs of(Map<String, String> overrides) {
    return new Inputs(Optional.empty(), overrides, System.getenv());
  }
}
