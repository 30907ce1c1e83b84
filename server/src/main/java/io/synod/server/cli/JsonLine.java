package io.synod.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The one JSON object that a command prints as the last line of stdout under {@code --json}.
 * Fields keep their order; values are whatever Jackson writes (numbers, text, lists, maps, null).
 */
public final class JsonLine {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Map<String, Object> fields = new LinkedHashMap<>();

  /** Adds a field; {@code null} is printed as null. Returns this line. */
  public JsonLine put(String name, Object value) {
    fields.put(name, value);
    return this;
  }

  /** The object on one line, without a line end. */
  @Override
  public String toString() {
    try {
      return MAPPER.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a field cannot be written as JSON", e);
    }
  }

  /** Prints the line and flushes. */
  public void print(PrintWriter out) {
    out.println(this);
    out.flush();
  }
}
