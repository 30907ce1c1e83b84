package io.synod.testkit.trace;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Writes a trace as JSON lines, one event a line, as it happens. For one thread. */
public final class TraceWriter implements Consumer<TraceEvent>, AutoCloseable {
  private static final ObjectWriter JSON = new ObjectMapper().writerFor(TraceEvent.class);

  private final SequenceWriter lines;
  private final OutputStream out;

  /** Replaces that file. */
  public TraceWriter(Path file) throws IOException {
    this(new BufferedOutputStream(Files.newOutputStream(file)));
  }

  /** To that stream, which is closed with the writer. */
  public TraceWriter(OutputStream out) throws IOException {
    this.out = out;
    this.lines = JSON.withRootValueSeparator("\n").writeValues(out);
  }

  @Override
  public void accept(TraceEvent event) {
    try {
      lines.write(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    lines.flush();
    out.write('\n');
    lines.close();
  }
}
