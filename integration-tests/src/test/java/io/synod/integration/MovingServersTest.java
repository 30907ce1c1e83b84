package io.synod.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Six processes as in {@code examples/cluster}: the service moves from three to the others. */
class MovingServersTest {
  private static final int CLIENTS = 6;
  private static final int SOME = 50;
  private static final List<Integer> OLD = List.of(0, 1, 2);
  private static final List<Integer> NEW = List.of(3, 4, 5);

  @TempDir
  private Path directory;
  private Cluster cluster;

  @BeforeEach
  void start() {
    cluster = Cluster.started(directory, Map.of());
    NEW.forEach(i -> cluster.launch(i, Map.of()));
    NEW.forEach(i -> cluster.node(i).awaitReady());
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void allMembersAreExchangedInOneStepUnderLoadAndTheOldOnesStopped() throws IOException {
    try (Incrementers load = new Incrementers(cluster, "move", CLIENTS)) {
      load.awaitMore(SOME);
      JsonNode moved = set(0, NEW.stream().map(cluster::seat).toList());
      assertThat(texts(moved.path("safeToStop"))).containsExactlyInAnyOrder("n1", "n2", "n3");

      cluster.members(NEW);
      for (int i : OLD) {
        Child.Result ended = cluster.node(i).terminate();
        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(ended.sentences()).isEmpty();
      }
      load.awaitMore(SOME);
      load.endAndCheck();
    }
    assertThat(cluster.status(cluster.awaitLeader()).path("era").asLong()).isEqualTo(1);
  }

  @Test
  void redisBenchmarkRunsCleanAgainstANewNodeMeanwhile() throws IOException {
    set(1, Stream.concat(OLD.stream().map(cluster::seat),
        NEW.stream().map(i -> cluster.seat(i) + "=learner")).toList());
    try (RedisBenchmark benchmark =
        RedisBenchmark.start(directory, cluster.respPort(3), 100_000)) {
      set(1, NEW.stream().map(cluster::seat).toList());
      assertThat(benchmark.isRunning()).as("the change came while it ran").isTrue();
      cluster.members(NEW);
      OLD.forEach(i -> cluster.node(i).terminate());

      assertThat(benchmark.result()).contains("SET: ", "GET: ", "INCR: ")
          .doesNotContainIgnoringCase("error");
    }
    assertThat(cluster.awaitAgreement())
        .containsEntry("counter:__rand_int__", "100000");
  }

  /** As an operator does it; waits until it is done. */
  private JsonNode set(int at, List<String> seats) throws IOException {
    Child.Result result = Child.run(directory, "members", "--server", cluster.admin(at), "--json",
        "set", String.join(",", seats));
    assertThat(result.exit()).as(result.out() + result.err()).isZero();
    return new ObjectMapper().readTree(result.lastLine());
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
