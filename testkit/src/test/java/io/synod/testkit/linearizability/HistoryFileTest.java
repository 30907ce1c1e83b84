package io.synod.testkit.linearizability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {
  @TempDir
  private Path directory;

  @Test
  void whatIsWrittenIsRead() throws IOException {
    List<Operation> history = Histories.arbitrary(new Random(3), 200);
    history.add(Operation.write(1, "y", "text", 1, 2));
    history.add(Operation.read(1, "y", null, 1, 2));
    Path file = directory.resolve("h.jsonl");
    HistoryFile.write(file, history);
    assertThat(HistoryFile.read(file)).isEqualTo(history);
    assertThat(Files.readAllLines(file).get(200))
        .isEqualTo("{\"client\":1,\"key\":\"y\",\"op\":\"write\",\"arg\":\"text\","
            + "\"invoked\":1,\"returned\":2}");
  }

  @Test
  void aBadLineIsNamed() throws IOException {
    for (String bad : List.of("{\"op\":\"read\"", "{\"op\":\"jump\",\"key\":\"x\",\"invoked\":1}",
        "{\"op\":\"read\",\"invoked\":1}", "{\"op\":\"read\",\"key\":\"x\",\"invoked\":\"now\"}",
        "{\"op\":\"read\",\"key\":\"x\",\"invoked\":3,\"returned\":2}", "7",
        "{\"op\":\"read\",\"key\":\"x\",\"invoked\":1,\"retured\":2}",
        "{\"op\":\"add\",\"key\":\"x\",\"arg\":\"one\",\"invoked\":1}",
        "{\"op\":\"read\",\"key\":\"x\",\"invoked\":1} {}")) {
      Path file = directory.resolve("bad.jsonl");
      HistoryFile.write(file, List.of(Operation.read(1, "x", null, 1, 2)));
      Files.writeString(file, Files.readString(file) + bad + "\n");
      assertThatThrownBy(() -> HistoryFile.read(file)).as(bad).isInstanceOf(IOException.class)
          .hasMessageContaining("bad.jsonl line 2");
    }
  }

  @Test
  void namesOfKeyValueStoresAreUnderstood() throws IOException {
    Path file = directory.resolve("kv.jsonl");
    Files.write(file, List.of(
        "{\"op\":\"set\",\"key\":\"x\",\"arg\":\"a\",\"invoked\":1,\"returned\":2}",
        "{\"op\":\"get\",\"key\":\"x\",\"result\":\"a\",\"invoked\":3,\"returned\":4}",
        "",
        "{\"op\":\"del\",\"key\":\"x\",\"result\":true,\"invoked\":5,\"returned\":6}",
        "{\"op\":\"incr\",\"key\":\"x\",\"invoked\":7,\"returned\":null}"));
    assertThat(HistoryFile.read(file)).containsExactly(
        Operation.write(0, "x", "a", 1, 2), Operation.read(0, "x", "a", 3, 4),
        new Operation(0, "x", Operation.Kind.DELETE, null, null, true, 5, 6),
        Operation.increment(0, "x", null, 7, Operation.NEVER));
  }
}
