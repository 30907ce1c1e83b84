package io.synod.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.exceptions.JedisDataException;

/** More than a node takes: too large, too much, and too few nodes to decide anything. */
class OverloadTest {
  private static final int BURST = 3_000;

  @TempDir
  private static Path directory;
  private static Cluster cluster;

  @BeforeAll
  static void start() {
    cluster = Cluster.started(directory, Map.of("synod.resp.max-request", "64K",
        "synod.replication.max-command", "16K", "synod.replication.max-waiting", "8",
        "synod.resp.timeout", "3s", "synod.replication.request-timeout", "2s"));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @BeforeEach
  void allRun() {
    cluster.startMissing();
    worksAgain();
  }

  private static void worksAgain() {
    for (int i = 0; i < Cluster.SIZE; i++) {
      int node = i;
      await().atMost(Child.PATIENCE).ignoreExceptions().until(() -> {
        try (Jedis redis = cluster.redis(node)) {
          return redis.set("works", "yes").equals("OK") && redis.get("works").equals("yes");
        }
      });
    }
  }

  @Test
  void aCommandAboveALimitIsRefusedWithItAndTheConnectionGoesOn() {
    try (Jedis redis = cluster.redis(cluster.awaitFollower())) {
      for (int bytes : List.of(20_000, 100_000, 5_000_000)) {
        String limit = bytes < 64 << 10 ? "synod.replication.max-command = 16384"
            : "65536 bytes (synod.resp.max-request)";
        assertThatThrownBy(() -> redis.set("large", "x".repeat(bytes)))
            .isInstanceOf(JedisDataException.class)
            .hasMessageStartingWith("ERR request too large").hasMessageContaining(limit);
        assertThat(redis.ping()).isEqualTo("PONG");
      }
      assertThat(redis.exists("large")).isFalse();
      await().atMost(Child.PATIENCE).ignoreExceptions().until(() ->
          redis.set("large", "x".repeat(10_000)).equals("OK"));
    }
  }

  @Test
  void moreThanMayWaitIsRefusedAsBusyAndNothingElseIsLost() {
    int node = cluster.awaitFollower();
    long before = counter();
    List<Object> answers;
    try (Jedis redis = cluster.redis(node)) {
      Pipeline burst = redis.pipelined();
      for (int i = 0; i < BURST; i++) {
        burst.incr("burst");
      }
      answers = burst.syncAndReturnAll();
    }
    long done = answers.stream().filter(Long.class::isInstance).count();
    List<String> refusals = answers.stream().filter(Exception.class::isInstance)
        .map(answer -> ((Exception) answer).getMessage()).toList();
    // On a machine that is busy otherwise: these alone may or may not have been done.
    long unknown = refusals.stream().filter(r -> r.startsWith("TIMEOUT")).count();

    assertThat(answers).hasSize(BURST);
    assertThat(refusals).filteredOn(r -> !r.startsWith("TIMEOUT")).isNotEmpty()
        .allSatisfy(refusal -> assertThat(refusal)
            .startsWith("BUSY nothing was done, try again")
            .contains("synod.replication.max-waiting"));
    worksAgain();
    assertThat(counter()).isBetween(before + done, before + done + unknown);
  }

  private static long counter() {
    try (Jedis redis = cluster.redis(0)) {
      String value = redis.get("burst");
      return value == null ? 0 : Long.parseLong(value);
    }
  }

  @Test
  void withoutAQuorumRequestsAreAnsweredAndWithItTheyWorkAgain() {
    int alone = cluster.awaitFollower();
    cluster.kill((alone + 1) % Cluster.SIZE, (alone + 2) % Cluster.SIZE);
    try (Jedis redis = cluster.redis(alone)) {
      assertThatThrownBy(() -> redis.set("works", "no"))
          .isInstanceOf(JedisDataException.class)
          .hasMessageMatching("(TIMEOUT outcome unknown|UNAVAILABLE nothing was done).*");
      assertThatThrownBy(() -> redis.get("works"))
          .isInstanceOf(JedisDataException.class)
          .hasMessageStartingWith("UNAVAILABLE nothing was done");
      redis.sendCommand(Once.command("READMODE"), "stale");
      assertThat(redis.get("works")).isEqualTo("yes");
    }
    cluster.startMissing();
    worksAgain();
  }
}
