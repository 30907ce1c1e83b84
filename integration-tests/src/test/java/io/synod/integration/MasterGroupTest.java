package io.synod.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** Vertical Paxos with processes: three keep configurations, and two keep the data. */
class MasterGroupTest {
  private static final int FIRST = 0;
  private static final int SECOND = 1;

  @TempDir
  private Path directory;
  private Cluster masters;
  private Cluster data;

  @BeforeEach
  void start() throws IOException {
    masters = Cluster.started(Files.createDirectory(directory.resolve("masters")), Map.of());
    String servers = IntStream.range(0, Cluster.SIZE)
        .mapToObj(i -> "127.0.0.1:" + masters.respPort(i)).collect(Collectors.joining(","));
    data = new Cluster(Files.createDirectory(directory.resolve("data-group")), Map.of(
        "synod.variant", "vertical", "synod.cluster", "data", "synod.master.servers", servers));
    String members = data.seat(FIRST) + "," + data.seat(SECOND);
    for (int i : new int[] {FIRST, SECOND}) {
      data.launch(i, Map.of("synod.members", members));
    }
    data.node(FIRST).awaitReady();
    data.node(SECOND).awaitReady();
  }

  @AfterEach
  void stop() {
    data.close();
    masters.close();
  }

  private long acceptors(int node) throws IOException {
    long count = 0;
    for (JsonNode member : data.get(node, "/members").path("members")) {
      count += member.path("role").asText().equals("acceptor") ? 1 : 0;
    }
    return count;
  }

  private String set(int node, String key, String value) {
    try (Jedis redis = data.redis(node)) {
      return redis.set(key, value);
    }
  }

  @Test
  void oneOfTwoIsKilledServiceGoesOnAndItComesBack() throws IOException {
    await().atMost(Child.PATIENCE).ignoreExceptions()
        .until(() -> "OK".equals(set(FIRST, "before", "1")));
    data.kill(SECOND);
    await().atMost(Child.PATIENCE).ignoreExceptions()
        .until(() -> "OK".equals(set(FIRST, "after", "2")));
    assertThat(data.status(FIRST).path("era").asLong()).isPositive();
    assertThat(acceptors(FIRST)).isEqualTo(1);
    try (Jedis redis = data.redis(FIRST)) {
      assertThat(redis.mget("before", "after")).containsExactly("1", "2");
    }

    data.launch(SECOND, Map.of(
        "synod.members", data.seat(FIRST) + "," + data.seat(SECOND)));
    data.node(SECOND).awaitReady();
    await().atMost(Child.PATIENCE).until(() -> acceptors(FIRST) == 2);
    await().atMost(Child.PATIENCE).ignoreExceptions()
        .until(() -> "2".equals(data.heldBy(SECOND).get("after")));
  }

  @Test
  void withoutTheMasterServiceGoesOnUntilSomebodyFails() {
    await().atMost(Child.PATIENCE).ignoreExceptions()
        .until(() -> "OK".equals(set(FIRST, "with", "1")));
    masters.kill(0, 1, 2);
    assertThat(set(FIRST, "without", "2")).isEqualTo("OK");
    data.kill(SECOND);
    masters.startMissing();
    await().atMost(Child.PATIENCE).ignoreExceptions()
        .until(() -> "OK".equals(set(FIRST, "again", "3")));
  }
}
