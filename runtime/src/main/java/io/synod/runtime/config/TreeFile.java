package io.synod.runtime.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.configuration2.FileBasedConfiguration;
import org.apache.commons.configuration2.JSONConfiguration;
import org.apache.commons.configuration2.YAMLConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.io.FileHandler;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * YAML and JSON: nested maps and dotted keys mean the same, a list is joined by commas. Commons
 * Configuration reads the values; a second look at the text finds lines and duplicate keys, which
 * it passes over in silence.
 */
final class TreeFile {
  private final Path file;
  private final FileEntries into;
  private final Map<String, String> lines = new LinkedHashMap<>();

  private TreeFile(Path file, FileEntries into) {
    this.file = file;
    this.into = into;
  }

  static void readYaml(Path file, FileEntries into) {
    TreeFile tree = new TreeFile(file, into);
    try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      tree.note("", new Yaml(new LoaderOptions()).compose(in));
      tree.values(new YAMLConfiguration());
    } catch (IOException | ConfigurationException | RuntimeException e) {
      into.unreadable(file, e);
    }
  }

  static void readJson(Path file, FileEntries into) {
    TreeFile tree = new TreeFile(file, into);
    try (JsonParser in = new JsonFactory().createParser(file.toFile())) {
      tree.note(in);
      tree.values(new JSONConfiguration());
    } catch (IOException | ConfigurationException | RuntimeException e) {
      into.unreadable(file, e);
    }
  }

  private void values(FileBasedConfiguration configuration) throws ConfigurationException {
    if (lines.isEmpty()) {
      return;
    }
    FileHandler handler = new FileHandler(configuration);
    handler.setEncoding("UTF-8");
    handler.load(file.toAbsolutePath().toFile());
    for (Iterator<String> keys = configuration.getKeys(); keys.hasNext();) {
      String escaped = keys.next();
      String key = escaped.replace("..", ".");
      String where = lines.getOrDefault(key, file.toString());
      into.put(key, text(configuration.getProperty(escaped)), where);
    }
  }

  private static String text(Object value) {
    if (value instanceof List<?> several) {
      return several.stream().map(TreeFile::text).collect(Collectors.joining(","));
    }
    return String.valueOf(value).strip();
  }

  private void note(String prefix, Node node) {
    if (!(node instanceof MappingNode map)) {
      return;
    }
    for (NodeTuple tuple : map.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode key) {
        String path = prefix + key.getValue();
        if (tuple.getValueNode() instanceof MappingNode) {
          note(path + ".", tuple.getValueNode());
        } else {
          note(path, key.getStartMark().getLine() + 1);
        }
      }
    }
  }

  private void note(JsonParser in) throws IOException {
    List<String> names = new ArrayList<>();
    for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
      if (token == JsonToken.START_OBJECT) {
        names.add("");
      } else if (token == JsonToken.END_OBJECT) {
        names.remove(names.size() - 1);
      } else if (token == JsonToken.START_ARRAY) {
        in.skipChildren();
      } else if (token == JsonToken.FIELD_NAME) {
        names.set(names.size() - 1, in.currentName());
        int line = in.currentTokenLocation().getLineNr();
        if (in.nextToken() == JsonToken.START_OBJECT) {
          names.add("");
        } else {
          note(String.join(".", names), line);
          in.skipChildren();
        }
      }
    }
  }

  private void note(String key, int line) {
    String where = file + ":" + line;
    String first = lines.putIfAbsent(key, where);
    if (first != null) {
      into.duplicate(key, where, first);
    }
  }
}
