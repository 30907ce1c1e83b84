package io.synod.testkit.linearizability;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
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
 * Histories as JSON lines, one operation a line:
 *
 * <pre>
 * {"client":3,"key":"c0","op":"add","arg":1,"result":17,"invoked":100,"returned":120}
 * </pre>
 *
 * <p>{@code op} is read, write, cas (from {@code expected} to {@code arg}), add, append or delete,
 * or what key-value stores call them: get, set, incr (by 1 unless {@code arg} says else), del.
 * {@code returned} is left out, or null, if the outcome is unknown: the operation may take effect
 * at any later time, or never. Times are whole numbers of one clock.
 */
public final class HistoryFile {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final List<String> FIELDS = List.of(
      "client", "key", "op", "arg", "expected", "result", "invoked", "returned");

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
      line.fieldNames().forEachRemaining(HistoryFile::known);
      String op = line.required("op").asText();
      Operation.Kind kind = kind(op);
      Object argument = value(line, "arg");
      boolean open = line.path("returned").isMissingNode() || line.path("returned").isNull();
      return new Operation((int) number(line.path("client"), "client", 0),
          line.required("key").asText(), kind,
          argument == null && op.equals("incr") ? Long.valueOf(1) : argument,
          value(line, "expected"), value(line, "result"),
          number(line.required("invoked"), "invoked", null),
          open ? Operation.NEVER : number(line.path("returned"), "returned", null));
    } catch (JsonProcessingException e) {
      throw new IOException(where + " is not JSON: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new IOException(where + " is not an operation of a history: " + e.getMessage(), e);
    }
  }

  /** A misspelt "returned" would make an operation open, and so hide what it shows. */
  private static void known(String field) {
    if (!FIELDS.contains(field)) {
      throw new IllegalArgumentException(
          "no field is named '" + field + "'; known are " + String.join(", ", FIELDS));
    }
  }

  private static Operation.Kind kind(String op) {
    return switch (op) {
      case "read", "get" -> Operation.Kind.READ;
      case "write", "set" -> Operation.Kind.WRITE;
      case "cas" -> Operation.Kind.CAS;
      case "add", "incr" -> Operation.Kind.ADD;
      case "append" -> Operation.Kind.APPEND;
      case "delete", "del" -> Operation.Kind.DELETE;
      default -> throw new IllegalArgumentException("no operation is named '" + op
          + "'; known are read or get, write or set, cas, add or incr, append, delete or del");
    };
  }

  private static long number(JsonNode value, String field, Integer missing) {
    if (value.isMissingNode() && missing != null) {
      return missing;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new IllegalArgumentException(field + " is not a whole number of 64 bits");
    }
    return value.asLong();
  }

  private static Object value(JsonNode line, String field) {
    JsonNode value = line.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    } else if (value.isTextual()) {
      return value.asText();
    } else if (value.isBoolean()) {
      return value.asBoolean();
    }
    return number(value, field, null);
  }
}
