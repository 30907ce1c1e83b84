package io.synod.testkit.linearizability;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Histories as JSON lines, one operation a line; {@code returned} is left out if it is open:
 *
 * <pre>
 * {"client":3,"key":"c0","op":"add","arg":1,"result":17,"invoked":100,"returned":120}
 * </pre>
 */
public final class HistoryFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private HistoryFile() {}

  /** Writes a history, replacing the file. */
  public static void write(Path file, List<Operation> history) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (Operation operation : history) {
        out.write(line(operation));
        out.newLine();
      }
    }
  }

  /** Reads a history; an exception names the file and the line at fault. */
  public static List<Operation> read(Path file) throws IOException {
    List<Operation> history = new ArrayList<>();
    try (BufferedReader in = Files.newBufferedReader(file)) {
      int number = 0;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        number++;
        if (!line.isBlank()) {
          history.add(operation(line, file + " line " + number));
        }
      }
    }
    return history;
  }

  private static String line(Operation operation) throws JsonProcessingException {
    ObjectNode line = JSON.createObjectNode();
    line.put("client", operation.client());
    line.put("key", operation.key());
    line.put("op", operation.kind().name().toLowerCase(Locale.ROOT));
    value(line, "arg", operation.argument());
    value(line, "expected", operation.expected());
    value(line, "result", operation.result());
    line.put("invoked", operation.invoked());
    if (!operation.open()) {
      line.put("returned", operation.returned());
    }
    return JSON.writeValueAsString(line);
  }

  private static void value(ObjectNode line, String field, Object value) {
    if (value != null) {
      line.set(field, JSON.valueToTree(value));
    }
  }

  private static Operation operation(String text, String where) throws IOException {
    try {
      JsonNode line = JSON.readTree(text);
      Operation.Kind kind =
          Operation.Kind.valueOf(line.required("op").asText().toUpperCase(Locale.ROOT));
      return new Operation(line.path("client").asInt(), line.required("key").asText(), kind,
          value(line, "arg"), value(line, "expected"), value(line, "result"),
          time(line, "invoked"), line.has("returned") ? time(line, "returned") : Operation.NEVER);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new IOException(where + " is not an operation of a history: " + e.getMessage(), e);
    }
  }

  private static long time(JsonNode line, String field) {
    JsonNode value = line.required(field);
    if (!value.isIntegralNumber()) {
      throw new IllegalArgumentException(field + " is not a whole number");
    }
    return value.asLong();
  }

  private static Object value(JsonNode line, String field) {
    JsonNode value = line.path(field);
    if (value.isIntegralNumber()) {
      return value.asLong();
    } else if (value.isBoolean()) {
      return value.asBoolean();
    }
    return value.isMissingNode() || value.isNull() ? null : value.asText();
  }
}
