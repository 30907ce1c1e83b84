package io.synod.sharedmemory;

import static io.synod.sharedmemory.World.N1;
import static io.synod.sharedmemory.World.N2;
import static io.synod.sharedmemory.World.N3;
import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.message.MemoryMessage.Complete;
import io.synod.api.message.MemoryMessage.Read;
import io.synod.api.message.MemoryMessage.ReadAck;
import io.synod.api.message.MemoryMessage.Write;
import io.synod.api.message.MemoryMessage.WriteAck;
import io.synod.api.message.Message;
import io.synod.api.plugin.Settings;
import io.synod.sharedmemory.World.Sent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What operations over three replicas send, one message delay after the other, compared with texts
 * that people can read. {@code -Drewrite=true} records the texts anew.
 */
class MemoryTranscriptTest {
  private static final Path TEXTS = Path.of("src", "test", "resources", "transcripts");

  private final List<String> lines = new ArrayList<>();

  /** All messages under way arrive together: one delay. */
  private void rounds(World world) {
    while (!world.network().isEmpty()) {
      List<Sent> round = List.copyOf(world.network());
      for (Sent sent : round) {
        lines.add(sent.from() + " -> " + sent.to() + "  " + text(sent.message()));
        world.deliver(sent);
      }
      lines.add("--");
    }
  }

  private void operation(World world, String what, Runnable start) {
    lines.add("# " + what);
    start.run();
    rounds(world);
  }

  private static String text(Message message) {
    if (message instanceof Read m) {
      return "read " + m.name();
    } else if (message instanceof ReadAck m) {
      return "read-ack " + m.tag() + " complete " + m.complete();
    } else if (message instanceof Write m) {
      return "write " + m.name() + " " + m.tag();
    } else if (message instanceof WriteAck) {
      return "write-ack";
    }
    return "complete " + ((Complete) message).tags();
  }

  private void same(String name) throws IOException {
    Path text = TEXTS.resolve(name);
    if (Boolean.getBoolean("rewrite")) {
      Files.createDirectories(TEXTS);
      Files.write(text, lines);
    }
    assertThat(lines).isEqualTo(Files.readAllLines(text));
  }

  @Test
  void severalWriters() throws IOException {
    World world = World.three();
    operation(world, "n1 writes", () -> world.node(N1).write("x", "a"));
    operation(world, "n2 reads: all agree", () -> world.node(N2).read("x"));
    world.node(N3).crash();
    operation(world, "n3 is away, n1 writes", () -> world.node(N1).write("x", "b"));
    world.node(N3).start();
    operation(world, "n3 reads: its own copy is old, but n1 knows that the new one is complete",
        () -> world.node(N3).read("x"));
    same("several-writers.txt");
  }

  @Test
  void oneWriter() throws IOException {
    World world = new World(3, Settings.DEFAULTS.with(MemorySettings.WRITER, "n1")
        .with(MemorySettings.COMPLETION, "off"));
    operation(world, "n1 writes", () -> world.node(N1).write("x", "a"));
    operation(world, "n2 reads, without the optimisation", () -> world.node(N2).read("x"));
    same("one-writer.txt");
  }
}
