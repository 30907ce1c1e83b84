package io.synod.server.admin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How much a node's directory holds and what is left on its disk; null where nobody knows. */
public final class DiskUse {
  private final Path directory;

  /** Of that directory, which need not exist. */
  public DiskUse(Path directory) {
    this.directory = directory;
  }

  /** The bytes of all its files; null without a directory. */
  Long bytes() {
    if (!isKept()) {
      return null;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files.mapToLong(DiskUse::size).sum();
    } catch (IOException | UncheckedIOException e) {
      return null; // a file was deleted while it was looked at
    }
  }

  /** The bytes that the disk has left; null without a directory. */
  Long free() {
    try {
      return isKept() ? Files.getFileStore(directory).getUsableSpace() : null;
    } catch (IOException e) {
      return null;
    }
  }

  private boolean isKept() {
    return !directory.toString().isEmpty() && Files.isDirectory(directory);
  }

  private static long size(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      return 0;
    }
  }
}
