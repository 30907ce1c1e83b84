package io.synod.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

/**
 * A cluster of one serves, while others try to start with its ports, or with directories that are
 * not theirs. They say why they cannot, and what it holds stays as it is.
 */
class RefusedStartTest {
  private static final String HOST = "127.0.0.1:";

  @TempDir
  private static Path directory;
  private static final List<Integer> PORTS = Ports.free(6);
  private static Child node;

  @BeforeAll
  static void start() {
    node = Child.start(directory, arguments(Map.of()));
    node.awaitReady();
    try (Jedis redis = redis()) {
      assertThat(redis.set("acknowledged", "kept")).isEqualTo("OK");
    }
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @AfterEach
  void whatWasAcknowledgedIsStillThere() {
    try (Jedis redis = redis()) {
      assertThat(redis.get("acknowledged")).isEqualTo("kept");
    }
  }

  private static Jedis redis() {
    return new Jedis(HostAndPort.from(HOST + PORTS.get(1)), DefaultJedisClientConfig.builder()
        .socketTimeoutMillis(30_000).autoNegotiateProtocol(false).build());
  }

  private static String[] arguments(Map<String, String> different) {
    Map<String, String> keys = new TreeMap<>(Map.of(
        "synod.listen", HOST + PORTS.get(0), "synod.members", "n1@" + HOST + PORTS.get(0),
        "synod.resp.listen", HOST + PORTS.get(1), "synod.admin.listen", HOST + PORTS.get(2),
        "synod.data", directory.resolve("data").toString()));
    keys.putAll(different);
    List<String> arguments = new ArrayList<>(List.of("server", "--config",
        Examples.root().resolve("examples/cluster/n1.properties").toString()));
    keys.forEach((key, value) -> arguments.addAll(List.of("-D", key + "=" + value)));
    return arguments.toArray(String[]::new);
  }

  /** With ports of its own. */
  private static Child second(Map<String, String> different) {
    Map<String, String> keys = new TreeMap<>(Map.of(
        "synod.listen", HOST + PORTS.get(3), "synod.members", "n1@" + HOST + PORTS.get(3),
        "synod.resp.listen", HOST + PORTS.get(4), "synod.admin.listen", HOST + PORTS.get(5)));
    keys.putAll(different);
    return Child.start(directory, arguments(keys));
  }

  private static void isRefused(Child child, int exit, String... because) {
    try (child) {
      Child.Result result = child.result();
      assertThat(result.exit()).as(result.err()).isEqualTo(exit);
      assertThat(result.sentences()).as(result.err()).singleElement().asString()
          .contains(because);
      assertThat(result.out()).isEmpty();
    }
  }

  @Test
  void aPortInUseIsNamedWhicheverItIs() {
    portInUse(0, "synod.listen", 2);
    portInUse(1, "synod.resp.listen", 2);
    portInUse(2, "synod.admin.listen", 2);
  }

  private static void portInUse(int port, String key, int exit) {
    String taken = HOST + PORTS.get(port);
    Map<String, String> different =
        new TreeMap<>(Map.of("synod.data", directory.resolve("with-" + key).toString()));
    different.put(key, taken);
    isRefused(second(different), exit, taken, "in use");
  }

  @Test
  void aDirectoryInUseIsNamed() {
    isRefused(second(Map.of()), 1, directory.resolve("data").toString(),
        "in use by a running node");
  }

  @Test
  void aDirectoryOfSomethingElseIsLeftAlone() throws IOException {
    Path foreign = Files.createDirectory(directory.resolve("foreign"));
    Files.writeString(foreign.resolve("thesis.txt"), "not ours");

    isRefused(second(Map.of("synod.data", foreign.toString())), 1, foreign.toString(),
        "is not empty and holds no store");
    assertThat(foreign.toFile().list()).containsExactly("thesis.txt");
  }

  @Test
  void anotherNodesOrClustersDirectoryIsRefused() {
    Path others = directory.resolve("data");
    node.terminate();
    try {
      isRefused(second(Map.of("synod.node", "n2", "synod.members", "n2@" + HOST + PORTS.get(3))),
          1, others.toString(), "belongs to node n1", "not to node n2");
      isRefused(second(Map.of("synod.cluster", "another")), 1, others.toString(),
          "belongs to node n1 of cluster 'example'", "of cluster 'another'");
    } finally {
      node.close();
      node = Child.start(directory, arguments(Map.of()));
      node.awaitReady();
    }
  }

  @Test
  void aPlaceThatCannotBeADirectoryIsNamed() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "not a directory");
    isRefused(second(Map.of("synod.data", file.toString())), 1, file.toString(),
        "give the node a directory that it may write to");
  }

  @Test
  void aDirectoryThatMayNotBeWrittenIsNamed() throws IOException {
    Path locked = Files.createDirectory(directory.resolve("locked"));
    assertThat(locked.toFile().setWritable(false)).isTrue();
    assumeFalse(Files.isWritable(locked), "this user may write everywhere: nothing was tested");
    isRefused(second(Map.of("synod.data", locked.toString())), 1, locked.toString(),
        "give the node a directory that it may write to");
  }
}
