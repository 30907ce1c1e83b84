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
        "{\"op\":\"read\",\"key\":\"x\",\"invoked\":3,\"returned\":2}", "7")) {
      Path file = directory.resolve("bad.jsonl");
      HistoryFile.write(file, List.of(Operation.read(1, "x", null, 1, 2)));
      Files.writeString(file, Files.readString(file) + bad + "\n");
      assertThatThrownBy(() -> HistoryFile.read(file)).as(bad).isInstanceOf(IOException.class)
          .hasMessageContaining("bad.jsonl line 2");
    }
  }
}
