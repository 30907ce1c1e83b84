package io.synod.integration;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the examples lie. */
final class Examples {
  private Examples() {}

  /** The directory of the project, from wherever the tests were started. */
  static Path root() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(directory.resolve("examples/cluster"))) {
      directory = directory.getParent();
      if (directory == null) {
        throw new IllegalStateException("not started inside the project");
      }
    }
    return directory;
  }
}
