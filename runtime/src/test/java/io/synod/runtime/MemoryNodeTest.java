package io.synod.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.memory.MemoryNode;
import io.synod.api.memory.NotTheWriterException;
import io.synod.runtime.config.BadConfiguration;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes of atomic registers, over the local transport and real files. */
class MemoryNodeTest {
  private static final int SECONDS = 20;

  @TempDir Path directory;

  private final Map<String, MemoryNode> nodes = new LinkedHashMap<>();

  @AfterEach
  void closeAll() {
    nodes.values().forEach(MemoryNode::close);
  }

  private NodeBuilder builder(String id) {
    return Synod.node()
        .set("synod.variant", "abd").set("synod.node", id)
        .set("synod.cluster", "memory-" + directory)
        .set("synod.members", "n1@localhost:1,n2@localhost:2,n3@localhost:3")
        .set("synod.transport", "local").set("synod.data", directory.resolve(id).toString());
  }

  private MemoryNode start(String id) throws Exception {
    MemoryNode node = builder(id).startMemory();
    nodes.put(id, node);
    return node;
  }

  private void kill(String id) {
    nodes.remove(id).kill();
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
  }

  private static Optional<String> read(MemoryNode node, String name) throws Exception {
    return get(node.read(name)).map(value -> new String(value, StandardCharsets.UTF_8));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void whatWasWrittenSurvivesTheDeathOfEveryNode() throws Exception {
    MemoryNode n1 = start("n1");
    start("n2");
    get(n1.write("x", bytes("a")));
    kill("n1");
    kill("n2");
    MemoryNode n2 = start("n2");
    MemoryNode n3 = start("n3");

    CompletableFuture<Optional<byte[]>> early = n3.read("x").toCompletableFuture();
    start("n1");
    assertThat(new String(get(early).orElseThrow(), StandardCharsets.UTF_8)).isEqualTo("a");
    assertThat(read(n2, "x")).contains("a");
    assertThat(read(n2, "never written")).isEmpty();
    assertThat(get(n2.counts()).reads()).isEqualTo(2);
  }

  @Test
  void whatWaitsFailsWhenTheNodeEnds() throws Exception {
    MemoryNode alone = start("n1");
    CompletableFuture<Void> waiting = alone.write("x", bytes("a")).toCompletableFuture();
    alone.close();
    assertThatThrownBy(waiting::get).isInstanceOf(ExecutionException.class)
        .hasMessageContaining("a write may or may not take effect");
    assertThatThrownBy(() -> get(alone.read("x"))).isInstanceOf(ExecutionException.class);
  }

  @Test
  void whatIsRefusedFailsItsStageOnly() throws Exception {
    MemoryNode n1 = builder("n1").set("synod.memory.writer", "n2").startMemory();
    nodes.put("n1", n1);
    start("n3");
    assertThatThrownBy(() -> get(n1.write("x", bytes("a"))))
        .hasCauseInstanceOf(NotTheWriterException.class).hasMessageContaining("ask n2");
    assertThatThrownBy(() -> get(n1.read(""))).hasCauseInstanceOf(IllegalArgumentException.class);
    assertThat(read(n1, "x")).isEmpty();
  }

  @Test
  void registersAndLogsAreNotMistakenForEachOther() {
    assertThatThrownBy(() -> builder("n1").stateMachine(new CountingMachine()).start())
        .isInstanceOf(BadConfiguration.class).hasMessageContaining("startMemory()");
    assertThatThrownBy(() -> builder("n1").set("synod.variant", "fall").startMemory())
        .isInstanceOf(BadConfiguration.class).hasMessageContaining("choose abd");
  }
}
