package io.synod.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** Two of three are lost for good: {@code members force} founds a new cluster from the third. */
class LostMajorityTest {
  private static final int SURVIVOR = 2;
  private static final int NEWCOMER = 3;
  private static final int KEYS = 100;
  private static final String CLUSTER = "after-the-fire";

  @TempDir
  private Path directory;
  private Cluster cluster;
  private Path anew;

  @BeforeEach
  void start() {
    cluster = Cluster.started(directory, Map.of());
    anew = directory.resolve("data").resolve("n3-anew");
    try (Jedis redis = cluster.redis(0)) {
      for (int i = 0; i < KEYS; i++) {
        redis.set("key:" + i, "value " + i);
      }
    }
    cluster.awaitAgreement();
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  private Child.Result force(String... more) {
    return forceInto(CLUSTER, more);
  }

  private Child.Result forceInto(String name, String... more) {
    List<String> arguments = new ArrayList<>(List.of("members", "force", "--config",
        Examples.root().resolve("examples/cluster/n3.properties").toString(),
        "-D", "synod.data=" + cluster.data(SURVIVOR),
        "-D", "synod.members=" + String.join(",", cluster.seat(0), cluster.seat(1),
            cluster.seat(SURVIVOR)),
        "--cluster", name, "--data", anew.toString()));
    arguments.addAll(List.of(more));
    return Child.run(directory, arguments.toArray(String[]::new));
  }

  private Map<String, String> inTheNewCluster(Path data) {
    return Map.of("synod.cluster", CLUSTER, "synod.members", cluster.seat(SURVIVOR),
        "synod.data", data.toString());
  }

  @Test
  void theSurvivorServesWhatItHoldsAndGrowsAgainAndOldMembersAreRefused() throws IOException {
    cluster.kill(0, 1, SURVIVOR);

    Child.Result forced = force("--accept-data-loss", "--json");
    assertThat(forced.exit()).as(forced.out() + forced.err()).isZero();
    JsonNode json = new ObjectMapper().readTree(forced.lastLine());
    assertThat(json.path("members").path(0).asText()).isEqualTo("n3");
    assertThat(json.path("skipped").asLong()).isZero();

    cluster.launch(SURVIVOR, inTheNewCluster(anew)).awaitReady();
    cluster.members(List.of(SURVIVOR));
    cluster.awaitLeader();
    assertThat(cluster.status(SURVIVOR).path("era").asLong()).isEqualTo(json.path("era").asLong());
    servesAll();
    aNewMemberLearnsAll();
    anOldMemberStaysOut();
  }

  private void servesAll() {
    try (Jedis redis = cluster.redis(SURVIVOR)) {
      for (int i = 0; i < KEYS; i++) {
        assertThat(redis.get("key:" + i)).isEqualTo("value " + i);
      }
      assertThat(redis.set("later", "written")).isEqualTo("OK");
    }
  }

  private void aNewMemberLearnsAll() {
    cluster.launch(NEWCOMER, inTheNewCluster(cluster.data(NEWCOMER))).awaitReady();
    Child.Result added = Child.run(directory, "members", "--server", cluster.admin(SURVIVOR),
        "add", cluster.seat(NEWCOMER));
    assertThat(added.exit()).as(added.out() + added.err()).isZero();
    cluster.members(List.of(SURVIVOR, NEWCOMER));
    assertThat(cluster.awaitAgreement()).containsEntry("key:7", "value 7")
        .containsEntry("later", "written");
  }

  private void anOldMemberStaysOut() {
    cluster.launch(0, Map.of()).awaitReady();
    await().atMost(Child.PATIENCE).untilAsserted(() -> {
      assertThat(cluster.node(0).log()).contains("'" + CLUSTER + "'");
      assertThat(cluster.node(SURVIVOR).log()).contains("cluster 'example'");
    });
    try (Jedis redis = cluster.redis(SURVIVOR)) {
      assertThat(redis.set("later", "again")).isEqualTo("OK");
    }
  }

  @Test
  void withoutTheWordNothingIsWritten() throws IOException {
    cluster.kill(0, 1, SURVIVOR);
    Child.Result shown = force();
    assertThat(shown.exit()).as(shown.err()).isEqualTo(1);
    assertThat(shown.out()).contains("WHAT MAY BE LOST", "--accept-data-loss");
    assertThat(anew).doesNotExist();

    cluster.startMissing(); // the old files are as they were
    assertThat(cluster.awaitAgreement()).hasSize(KEYS);
  }

  @Test
  void whatCannotBeMeantIsRefused() throws IOException {
    Child.Result running = force("--accept-data-loss");
    assertThat(running.exit()).isEqualTo(1);
    assertThat(running.sentences()).singleElement().asString().contains("in use");

    cluster.kill(SURVIVOR);
    Child.Result sameName = forceInto("example", "--accept-data-loss");
    assertThat(sameName.sentences()).singleElement().asString().contains("a name of its own");
    Files.createDirectories(anew);
    Child.Result exists = force("--accept-data-loss");
    assertThat(exists.sentences()).singleElement().asString().contains(anew + " exists");
    Child.Result nowhere = force("-D", "synod.data=" + directory.resolve("nowhere"));
    assertThat(nowhere.sentences()).singleElement().asString().contains("there is no store in");
  }

  /** It is the survivor's vote that makes the value chosen: the third member is gone before. */
  @Test
  void whatTheSurvivorHasOnlyVotedForIsKept() throws IOException {
    int leader = cluster.awaitLeader();
    int other = leader == 0 ? 1 : 0;
    if (leader == SURVIVOR) {
      Child.Result moved = Child.run(directory, "leader", "--server", cluster.admin(0),
          "transfer", "n1");
      assertThat(moved.exit()).as(moved.err()).isZero();
      leader = 0;
      other = 1;
    }
    cluster.kill(other);
    try (Jedis redis = cluster.redis(leader)) {
      redis.set("last", "by two votes");
    } catch (JedisException e) {
      throw new AssertionError("two of three are a majority", e);
    }
    cluster.kill(leader, SURVIVOR);

    assertThat(force("--accept-data-loss").exit()).isZero();
    cluster.launch(SURVIVOR, inTheNewCluster(anew)).awaitReady();
    cluster.members(List.of(SURVIVOR));
    cluster.awaitLeader();
    try (Jedis redis = cluster.redis(SURVIVOR)) {
      assertThat(redis.get("last")).isEqualTo("by two votes");
    }
  }
}
