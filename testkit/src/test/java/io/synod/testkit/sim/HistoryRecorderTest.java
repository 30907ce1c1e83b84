package io.synod.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.testkit.linearizability.Operation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryRecorderTest {
  private final World world = new World(1);
  private final HistoryRecorder recorder = new HistoryRecorder(world, new KeyValueHistory());

  private static byte[] request(Operation.Kind kind, Object argument) {
    return new KeyValueRequest(kind, 3, argument, null).bytes(0);
  }

  private List<String> findings() {
    List<String> found = new ArrayList<>();
    recorder.check((property, first, second) -> found.add(property + ": " + second));
    return found;
  }

  private void pass() {
    world.runUntil(world.now() + 10);
  }

  @Test
  void whatNobodyAnsweredStaysOpenAndWhatWasRejectedIsLeftOut() {
    recorder.command(1, request(Operation.Kind.WRITE, 5L));
    recorder.command(2, request(Operation.Kind.WRITE, 6L)).rejected();
    recorder.query(3, request(Operation.Kind.READ, null));
    assertThat(recorder.history())
        .containsExactly(Operation.write(1, "k3", 5L, 0, Operation.NEVER));
  }

  @Test
  void aStaleReadOfAClientIsFound() {
    recorder.command(1, request(Operation.Kind.WRITE, 5L)).answered(KeyValueRequest.encoded(null));
    pass();
    HistoryRecorder.Recorded read = recorder.query(2, request(Operation.Kind.READ, null));
    pass();
    read.answered(KeyValueRequest.encoded(5L));
    assertThat(findings()).isEmpty();
    HistoryRecorder.Recorded stale = recorder.query(2, request(Operation.Kind.READ, null));
    pass();
    stale.answered(KeyValueRequest.encoded(null));
    assertThat(findings()).singleElement().asString()
        .startsWith("LinearizableHistory").contains("k3.read() = null");
  }
}
