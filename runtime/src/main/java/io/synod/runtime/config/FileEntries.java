package io.synod.runtime.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The keys of one configuration file and of those it includes, each with its place. */
final class FileEntries {
  /** A text as it stands in the file, before interpolation. */
  record Entry(String text, String where) {}

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final List<String> errors;

  private FileEntries(List<String> errors) {
    this.errors = errors;
  }

  /** Reads a file by its extension; what is wrong with it goes to {@code errors}. */
  static Map<String, Entry> read(Path file, List<String> errors) {
    FileEntries read = new FileEntries(errors);
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      errors.add(file + ": there is no such configuration file, or it may not be read");
      return read.entries;
    }
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    if (name.endsWith(".properties")) {
      PropertiesFile.read(file, read);
    } else if (name.endsWith(".yaml") || name.endsWith(".yml")) {
      TreeFile.readYaml(file, read);
    } else if (name.endsWith(".json")) {
      TreeFile.readJson(file, read);
    } else {
      errors.add(file + ": a configuration file ends in .properties, .yaml, .yml or .json");
    }
    return read.entries;
  }

  /** A later one replaces an earlier one, which the caller has found to be legal. */
  void put(String key, String text, String where) {
    entries.put(key, new Entry(text, where));
  }

  void duplicate(String key, String where, String firstWhere) {
    errors.add(where + ": " + key + " is given twice, first at " + firstWhere);
  }

  void unreadable(Path file, Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null && !root.getCause().equals(root)) {
      root = root.getCause();
    }
    String why = String.valueOf(root.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
    errors.add(file + ": cannot be read: " + why);
  }
}
