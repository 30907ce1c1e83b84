package io.synod.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Transaction;
import redis.clients.jedis.params.SetParams;

/** Three processes as in {@code examples/cluster}, a real Redis client, and {@code kill -9}. */
class ServerClusterTest {
  private static final int CLIENTS = 4;
  private static final int SOME = 100;

  @TempDir
  private static Path directory;
  private static Cluster cluster;

  @BeforeAll
  static void start() {
    cluster = Cluster.started(directory, Map.of());
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @BeforeEach
  void allRun() {
    cluster.startMissing();
  }

  @Test
  void everyNodeTakesEveryCommandAndShowsWhatTheOthersTook() {
    for (int i = 0; i < Cluster.SIZE; i++) {
      try (Jedis here = cluster.redis(i); Jedis there = cluster.redis((i + 1) % Cluster.SIZE)) {
        assertThat(here.ping()).isEqualTo("PONG");
        assertThat(here.set("any:" + i, "value")).isEqualTo("OK");
        assertThat(there.get("any:" + i)).isEqualTo("value");
        assertThat(there.set("any:" + i, "other", SetParams.setParams().nx())).isNull();
        assertThat(here.incrBy("any:n", 5)).isEqualTo(5L * (i + 1));
        assertThat(there.expire("any:" + i, 1000)).isEqualTo(1);
        assertThat(here.ttl("any:" + i)).isBetween(1L, 1000L);

        Transaction both = there.multi();
        both.append("any:" + i, "!");
        both.get("any:" + i);
        assertThat(both.exec()).containsExactly(6L, "value!");
        assertThat(here.mget("any:" + i, "any:none")).containsExactly("value!", null);
        assertThat(here.del("any:" + i)).isEqualTo(1);
        assertThat(there.exists("any:" + i)).isFalse();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lease", "follower"})
  void readsAtEveryNodeShowWhatAnyNodeTook(String mode) {
    for (int i = 0; i < Cluster.SIZE; i++) {
      try (Jedis here = cluster.redis(i); Jedis there = cluster.redis((i + 1) % Cluster.SIZE)) {
        here.sendCommand(() -> "READMODE".getBytes(StandardCharsets.US_ASCII), mode);
        for (int n = 0; n < SOME; n++) {
          there.set("read:n", i + "/" + n);
          assertThat(here.get("read:n")).isEqualTo(i + "/" + n);
        }
        there.del("read:n");
      }
    }
  }

  @Test
  void redisBenchmarkRunsCleanAgainstAFollower() {
    RedisBenchmark benchmark = RedisBenchmark.start(
        directory, cluster.respPort(cluster.awaitFollower()), 20_000);
    assertThat(benchmark.result()).contains("SET: ", "GET: ", "INCR: ")
        .doesNotContainIgnoringCase("error");
    try (Jedis redis = cluster.redis(0)) {
      assertThat(redis.get("counter:__rand_int__")).isEqualTo("20000");
      redis.del("counter:__rand_int__", "key:__rand_int__");
    }
  }

  @Test
  void aLeaderKilledUnderLoadLosesNothingAndRejoinsFromItsFiles() throws IOException {
    killedUnderLoad(cluster.awaitLeader(), "leader");
  }

  @Test
  void aFollowerKilledUnderLoadLosesNothingAndRejoinsFromItsFiles() throws IOException {
    killedUnderLoad(cluster.awaitFollower(), "follower");
  }

  private static void killedUnderLoad(int victim, String name) throws IOException {
    try (Incrementers load = new Incrementers(cluster, name, CLIENTS)) {
      load.awaitMore(SOME);
      cluster.kill(victim);
      load.awaitMore(SOME);
      Child again = cluster.start(victim);
      load.awaitMore(SOME);

      load.endAndCheck();
      assertThat(again.log()).containsPattern(
          Pattern.compile("replayed [1-9][0-9]* records")).doesNotContain("(new)");
      int follower = cluster.awaitFollower();
      await().atMost(Child.PATIENCE).until(() -> cluster.status(victim).path("applied").asLong()
          >= cluster.status(follower).path("applied").asLong());
      assertThat(cluster.status(victim).path("speaking").asBoolean()).isTrue();
    }
  }

  @Test
  void allKilledAtOnceLoseNothing() {
    try (Incrementers load = new Incrementers(cluster, "all", CLIENTS)) {
      load.awaitMore(SOME);
      cluster.kill(0, 1, 2);
      cluster.startMissing();
      load.awaitMore(SOME);
      load.endAndCheck();
    }
  }

  @Test
  void theModeGoesFromFastToClassicAndBackUnderLoad() throws IOException {
    try (Incrementers load = new Incrementers(cluster, "mode", CLIENTS)) {
      load.awaitMore(SOME);
      mode("classic");
      String before = ballot();
      load.awaitMore(SOME);
      assertThat(ballot()).as("every round reads in a ballot of its own").isNotEqualTo(before);
      mode("fast");
      load.awaitMore(SOME);
      load.endAndCheck();
    }
  }

  /** As an operator does it; waits until all know. */
  private static void mode(String name) {
    Child.Result result = Child.run(
        directory, "members", "--server", cluster.admin(0), "--json", "mode", name);
    assertThat(result.exit()).as(result.out() + result.err()).isZero();
    for (int i = 0; i < Cluster.SIZE; i++) {
      int node = i;
      await().atMost(Child.PATIENCE)
          .until(() -> cluster.status(node).path("mode").asText().equals(name));
    }
  }

  private static String ballot() throws IOException {
    return cluster.status(cluster.awaitLeader()).path("ballot").asText();
  }

  @Test
  void theStopSignalEndsANodeCleanly() {
    int follower = cluster.awaitFollower();
    try (Jedis redis = cluster.redis(follower)) {
      redis.set("stop:before", "kept");
      Child.Result ended = cluster.node(follower).terminate();
      assertThat(ended.exit()).as(ended.err()).isZero();
      assertThat(ended.sentences()).isEmpty();
    }
    cluster.start(follower);
    assertThat(cluster.awaitAgreement()).containsEntry("stop:before", "kept");
  }
}
