package io.synod.testkit.trace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads a trace back and refuses one that is not: an unknown kind or field, a first line that is
 * not the run's, time that runs backwards, a node or a message that nobody has introduced.
 */
public final class TraceReader {
  private static final ObjectReader JSON = new ObjectMapper().readerFor(TraceEvent.class);

  private final Set<String> nodes = new TreeSet<>();
  private final List<TraceEvent> events = new ArrayList<>();
  private long now;
  private long sent;

  private TraceReader() {}

  /** All events of a file; an exception names the file, the line and what is wrong with it. */
  public static List<TraceEvent> read(Path file) throws IOException {
    TraceReader reader = new TraceReader();
    try (BufferedReader in = Files.newBufferedReader(file)) {
      int number = 0;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        number++;
        reader.line(line, file + " line " + number);
      }
    }
    if (reader.events.isEmpty()) {
      throw new IOException(file + " is empty; a trace begins with its run");
    }
    return List.copyOf(reader.events);
  }

  private void line(String line, String where) throws IOException {
    try {
      TraceEvent event = JSON.readValue(line);
      check(event);
      events.add(event);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new IOException(where + " is not an event of a trace: " + e.getMessage(), e);
    }
  }

  private void check(TraceEvent event) {
    refuseIf(events.isEmpty() != event instanceof TraceEvent.Run, "the run is the first line");
    refuseIf(event.at() < now, "time runs backwards");
    now = event.at();
    if (event instanceof TraceEvent.Run run) {
      refuseIf(run.format() != TraceEvent.Run.FORMAT, "it has format " + run.format());
      nodes.addAll(run.nodes());
    } else if (event instanceof TraceEvent.Started started) {
      nodes.add(started.node());
    } else if (event instanceof TraceEvent.OfNode of) {
      refuseIf(!nodes.contains(of.node()), "nobody knows node " + of.node());
    }
    checkMessage(event);
  }

  private void checkMessage(TraceEvent event) {
    if (event instanceof TraceEvent.Sent message) {
      refuseIf(message.id() != ++sent, "messages are numbered as they are sent");
    } else if (event instanceof TraceEvent.Received message) {
      refuseIf(message.id() < 1 || message.id() > sent, "this message was never sent");
    } else if (event instanceof TraceEvent.Lost message) {
      refuseIf(message.id() < 1 || message.id() > sent, "this message was never sent");
    }
  }

  private static void refuseIf(boolean wrong, String why) {
    if (wrong) {
      throw new IllegalArgumentException(why);
    }
  }
}
