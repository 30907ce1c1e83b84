package io.synod.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.synod.api.node.Node;
import io.synod.api.replication.Outcome;
import io.synod.api.replication.ReadOutcome;
import io.synod.api.storage.StorageException;
import io.synod.runtime.config.BadConfiguration;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of one, over the local transport and real files. */
class NodeTest {
  @TempDir Path directory;

  private final List<Node> started = new ArrayList<>();
  private final CountingMachine machine = new CountingMachine();

  @AfterEach
  void closeAll() {
    machine.release.countDown();
    started.forEach(Node::close);
  }

  @Test
  void commandsAreAppliedOnTheLoopAndStagesCompletedElsewhere() throws Exception {
    Node node = start(builder());
    List<Thread> completedBy = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      node.submit(bytes("add")).thenAccept(o -> completedBy.add(Thread.currentThread()))
          .toCompletableFuture().get();
    }

    assertThat(machine.appliedBy.getName()).isEqualTo("synod-n1");
    assertThat(completedBy).extracting(Thread::getName)
        .doesNotContain("synod-n1").contains("synod-n1-callbacks");
    assertThat(read(node)).isEqualTo(20);
  }

  @Test
  void stagesOfATurnAreHandedToTheGivenExecutorAsOneTask() throws Exception {
    AtomicInteger tasks = new AtomicInteger();
    Executor counting = task -> {
      tasks.incrementAndGet();
      CompletableFuture.runAsync(task);
    };
    Node node = start(builder().executor(counting));
    awaitLeader(node);
    CompletableFuture<Outcome> held = submit(node, "hold");
    machine.holding.await();
    int before = tasks.get();
    List<CompletableFuture<Outcome>> waiting = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      waiting.add(submit(node, "add"));
    }
    machine.release.countDown();

    held.get();
    CompletableFuture.allOf(waiting.toArray(CompletableFuture<?>[]::new)).get();
    assertThat(tasks.get() - before).isBetween(1, 100);
  }

  @Test
  void whatWasAcknowledgedIsThereAfterAKill() throws Exception {
    Node node = start(builder());
    for (int i = 0; i < 30; i++) {
      assertThat(submit(node, "add").get()).isInstanceOf(Outcome.Applied.class);
    }
    node.kill();
    assertThat(node.stopped().toCompletableFuture().get()).isNull();

    assertThat(read(start(builder().stateMachine(new CountingMachine())))).isEqualTo(30);
  }

  @Test
  void aSnapshotIsTakenAndRestoredFrom() throws Exception {
    Node node = start(builder());
    for (int i = 0; i < 10; i++) {
      submit(node, "add").get();
    }
    long last = node.snapshot().toCompletableFuture().get().last().number();
    submit(node, "add").get();
    node.close();

    Node again = start(builder().stateMachine(new CountingMachine()));
    assertThat(read(again)).isEqualTo(11);
    assertThat(again.status().toCompletableFuture().get().snapshot().number()).isEqualTo(last);
  }

  @Test
  void aStateMachineThatThrowsStopsTheNodeAndItsCommandIsNotAcknowledged() throws Exception {
    Node node = start(builder());
    awaitLeader(node);

    assertThat(submit(node, "throw").get()).isInstanceOf(Outcome.Indeterminate.class);
    assertThatThrownBy(() -> node.stopped().toCompletableFuture().get())
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("node n1 stopped").hasMessageContaining("the machine broke");
    assertThat(submit(node, "add").get()).isEqualTo(new Outcome.Rejected(
        Outcome.Rejected.Reason.CLOSED, "the node is stopped"));
  }

  @Test
  void aForceThatFailsStopsTheNodeAndItsCommandIsNotAcknowledged() throws Exception {
    Node node = start(builder().set("synod.storage", "breakable"));
    assertThat(submit(node, "add").get()).isInstanceOf(Outcome.Applied.class);
    Files.createFile(directory.resolve("break"));

    assertThat(submit(node, "add").get()).isInstanceOf(Outcome.Indeterminate.class);
    assertThatThrownBy(() -> node.stopped().toCompletableFuture().get())
        .hasMessageContaining("force of").hasRootCauseInstanceOf(StorageException.class);
  }

  @Test
  void afterTheEndEveryRequestIsAnswered() throws Exception {
    Node node = start(builder());
    node.close();
    node.close();

    assertThat(submit(node, "add").get()).isInstanceOf(Outcome.Rejected.class);
    assertThat(node.read(bytes("")).toCompletableFuture().get())
        .isInstanceOf(ReadOutcome.Unavailable.class);
    assertThatThrownBy(() -> node.status().toCompletableFuture().get())
        .hasMessageContaining("node n1 is stopped");
  }

  @Test
  void tooMuchAndTooLargeAreRefusedAtOnce() throws Exception {
    Node node = start(builder()
        .set("synod.runtime.queue-bytes", "64K").set("synod.replication.max-command", "16K"));
    awaitLeader(node);
    assertThat(((Outcome.Rejected) node.submit(new byte[16_385]).toCompletableFuture().get())
        .reason()).isEqualTo(Outcome.Rejected.Reason.TOO_LARGE);
    submit(node, "hold");
    machine.holding.await();

    List<CompletableFuture<Outcome>> stages = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      stages.add(node.submit(new byte[16_000]).toCompletableFuture());
    }
    assertThat(stages.get(3)).isCompletedWithValueMatching(outcome ->
        ((Outcome.Rejected) outcome).reason() == Outcome.Rejected.Reason.OVERLOADED);
    assertThat(stages.get(0)).isNotDone();
    machine.release.countDown();
    assertThat(stages.get(0).get()).isInstanceOf(Outcome.Applied.class);
  }

  @Test
  void aDirectoryInUseIsRefusedAndTheFirstNodeGoesOn() throws Exception {
    Node node = start(builder());

    assertThatThrownBy(() -> builder().start())
        .isInstanceOf(StorageException.class).hasMessageContaining(directory.toString());
    assertThat(submit(node, "add").get()).isInstanceOf(Outcome.Applied.class);
  }

  @Test
  void aBadConfigurationStartsNothing() {
    assertThatThrownBy(() -> builder().set("synod.quorum", "majorty").start())
        .isInstanceOf(BadConfiguration.class).hasMessageContaining("did you mean majority?");
    assertThat(directory.resolve("n1")).doesNotExist();
  }

  private NodeBuilder builder() {
    return Synod.node().set("synod.node", "n1").set("synod.members", "n1@localhost:9911")
        .set("synod.transport", "local").set("synod.data", directory.resolve("n1").toString())
        .stateMachine(machine);
  }

  private Node start(NodeBuilder builder) throws Exception {
    Node node = builder.start();
    started.add(node);
    return node;
  }

  private static void awaitLeader(Node node) {
    await().until(() -> node.status().toCompletableFuture().get().leading());
  }

  private static long read(Node node) throws Exception {
    awaitLeader(node);
    ReadOutcome read = node.read(bytes("")).toCompletableFuture().get();
    return ByteBuffer.wrap(((ReadOutcome.Answer) read).result()).getLong();
  }

  private static CompletableFuture<Outcome> submit(Node node, String command) {
    return node.submit(bytes(command)).toCompletableFuture();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
