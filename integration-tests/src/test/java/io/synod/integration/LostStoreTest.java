package io.synod.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * One of three nodes finds its files damaged or gone. It says so and does not vote with what is
 * left; the other two go on and hold all that was acknowledged.
 */
class LostStoreTest {
  private static final int VICTIM = 2;
  private static final int KEYS = 200;
  private static final Pattern OFFSET = Pattern.compile("at offset ([0-9]+)");

  @TempDir
  private static Path directory;
  private static Cluster cluster;
  private static int round;
  private Path store;
  private Path backup;

  @BeforeAll
  static void start() {
    cluster = Cluster.started(directory, Map.of("synod.storage.file.segment", "1M"));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @BeforeEach
  void fillThenStopOne() throws IOException {
    cluster.startMissing();
    round++;
    try (Jedis redis = cluster.redis(0)) {
      for (int i = 0; i < KEYS; i++) {
        redis.set("key:" + i, value(i));
      }
    }
    assertThat(cluster.awaitAgreement()).hasSize(KEYS);
    cluster.node(VICTIM).terminate();
    store = cluster.data(VICTIM);
    backup = directory.resolve("backup-" + round);
    Cluster.copy(store, backup);
  }

  @AfterEach
  void withItsOldFilesTheNodeIsAMemberAgain() throws IOException {
    cluster.node(VICTIM).close();
    Cluster.delete(store);
    Cluster.copy(backup, store);
    cluster.startMissing();
    Map<String, String> held = cluster.awaitAgreement();
    for (int i = 0; i < KEYS; i++) {
      assertThat(held).containsEntry("key:" + i, value(i));
    }
    assertThat(cluster.status(VICTIM).path("speaking").asBoolean()).isTrue();
  }

  private static String value(int i) {
    return "value-" + round + "-" + i + ".";
  }

  private record Place(Path file, byte[] content, int offset) {}

  /** Where the record of a value lies in the journal, in the middle of many. */
  private Place find(String value) throws IOException {
    byte[] wanted = value.getBytes(StandardCharsets.US_ASCII);
    try (Stream<Path> files = Files.list(store)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".seg")).sorted().toList()) {
        byte[] content = Files.readAllBytes(file);
        for (int at = 0; at + wanted.length <= content.length; at++) {
          if (Arrays.equals(content, at, at + wanted.length, wanted, 0, wanted.length)) {
            return new Place(file, content, at);
          }
        }
      }
    }
    throw new AssertionError(value + " is nowhere in the journal in " + store);
  }

  @Test
  void aTruncatedJournalIsRefusedWithFileAndOffset() throws IOException {
    Place place = find(value(KEYS / 2));
    Files.write(place.file(), Arrays.copyOf(place.content(), place.offset() + 1));

    isRefused(place);
  }

  @Test
  void aFlippedBitInTheMiddleIsRefusedWithFileAndOffset() throws IOException {
    Place place = find(value(KEYS / 2));
    place.content()[place.offset()] ^= 0x10;
    Files.write(place.file(), place.content());

    isRefused(place);
  }

  private void isRefused(Place place) throws IOException {
    Child.Result result = cluster.launch(VICTIM, Map.of()).result();
    assertThat(result.exit()).as(result.err()).isEqualTo(1);
    assertThat(result.sentences()).as(result.err()).singleElement().asString()
        .contains(place.file().toString(), "damaged at offset ");
    long offset = offset(result.sentences().get(0));
    assertThat(offset).isLessThanOrEqualTo(place.offset())
        .isGreaterThan(place.offset() - 10_000L);
    theOthersServe();

    Child.Result verified = Child.run(directory, "log", "verify", store.toString(), "--json");
    assertThat(verified.exit()).isEqualTo(1);
    JsonNode json = new ObjectMapper().readTree(verified.lastLine());
    assertThat(json.path("damaged").asLong()).isPositive();
    assertThat(json.path("firstDamaged").asText()).contains(place.file().toString());
    assertThat(offset(json.path("firstDamaged").asText())).isEqualTo(offset);
  }

  private static long offset(String sentence) {
    Matcher matcher = OFFSET.matcher(sentence);
    assertThat(matcher.find()).as(sentence).isTrue();
    return Long.parseLong(matcher.group(1));
  }

  private static void theOthersServe() {
    try (Jedis one = cluster.redis(0); Jedis other = cluster.redis(1)) {
      assertThat(one.set("key:0", value(0))).isEqualTo("OK");
      assertThat(other.get("key:0")).isEqualTo(value(0));
      assertThat(other.get("key:1")).isEqualTo(value(1));
    }
  }

  @Test
  void anEmptyDirectoryOfAFormerMemberIsRefusedByName() throws IOException {
    Cluster.delete(store);

    Child.Result result = cluster.launch(VICTIM, Map.of()).result();

    assertThat(result.exit()).as(result.err()).isEqualTo(1);
    assertThat(result.sentences()).as(result.err()).singleElement().asString()
        .contains("n3 was a member with store ", "this store", "is new and empty",
            "put the old directory back", "synod.storage.new-incarnation");
    theOthersServe();
  }

  @Test
  void aNewIncarnationLearnsButDoesNotVote() throws IOException {
    Cluster.delete(store);

    cluster.launch(VICTIM, Map.of("synod.storage.new-incarnation", "true")).awaitReady();
    await().atMost(Child.PATIENCE).untilAsserted(() ->
        assertThat(cluster.heldBy(VICTIM)).isEqualTo(cluster.heldBy(0)));
    assertThat(cluster.status(VICTIM).path("speaking").asBoolean()).isFalse();
    await().atMost(Child.PATIENCE).untilAsserted(() ->
        assertThat(cluster.node(VICTIM).log()).contains("n3 was a member with store "));
    theOthersServe();

    cluster.kill(1);
    try (Jedis redis = cluster.redis(0)) {
      assertThatThrownBy(() -> redis.set("key:0", "by one vote of three"))
          .isInstanceOf(JedisDataException.class)
          .hasMessageMatching("(TIMEOUT outcome unknown|UNAVAILABLE nothing was done).*");
    }
    cluster.start(1);
    cluster.awaitLeader();
    try (Jedis redis = cluster.redis(0)) {
      assertThat(redis.set("key:0", value(0))).isEqualTo("OK");
    }
  }
}
