package io.synod.runtime.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.configuration2.PropertiesConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.io.FileHandler;

/**
 * Properties with {@code include = file} and {@code includeOptional = file}. Commons Configuration
 * reads them; this class looks over its shoulder to learn in which file and line a key stands.
 */
final class PropertiesFile extends PropertiesConfiguration.DefaultIOFactory {
  private final Path main;
  private final FileEntries into;
  private final Deque<Tracker> open = new ArrayDeque<>();
  private String including = "";

  private PropertiesFile(Path main, FileEntries into) {
    this.main = main;
    this.into = into;
  }

  static void read(Path file, FileEntries into) {
    PropertiesConfiguration properties = new PropertiesConfiguration();
    properties.setIOFactory(new PropertiesFile(file, into));
    FileHandler handler = new FileHandler(properties);
    handler.setEncoding("UTF-8");
    handler.setFile(file.toAbsolutePath().toFile());
    try {
      handler.load();
    } catch (ConfigurationException | RuntimeException e) {
      into.unreadable(file, e);
    }
  }

  @Override
  public PropertiesConfiguration.PropertiesReader createPropertiesReader(Reader in) {
    Path file = open.isEmpty() ? main : open.peek().file.resolveSibling(including);
    Tracker tracker = new Tracker(in, file);
    open.push(tracker);
    return tracker;
  }

  /** Notes each key of one file. */
  private final class Tracker extends PropertiesConfiguration.PropertiesReader {
    private final Path file;
    private final Map<String, String> seen = new LinkedHashMap<>();

    Tracker(Reader in, Path file) {
      super(in);
      this.file = file;
    }

    @Override
    public boolean nextProperty() throws IOException {
      boolean found = super.nextProperty();
      if (!found) {
        open.pop();
        return false;
      }
      String key = getPropertyName();
      if (isInclude(key)) {
        including = getPropertyValue();
      } else {
        note(key, file + ":" + getLineNumber());
      }
      return true;
    }

    private void note(String key, String where) {
      String first = seen.putIfAbsent(key, where);
      if (first == null) {
        into.put(key, getPropertyValue().strip(), where);
      } else {
        into.duplicate(key, where, first);
      }
    }

    private boolean isInclude(String key) {
      return PropertiesConfiguration.getInclude().equalsIgnoreCase(key)
          || PropertiesConfiguration.getIncludeOptional().equalsIgnoreCase(key);
    }
  }
}
