package io.synod.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;

/**
 * The nodes of {@code examples/cluster} as processes, with free ports and a temporary directory:
 * the first three, and the others if they are started one by one. Closing it ends them all.
 */
final class Cluster implements AutoCloseable {
  /** How many nodes found the cluster; as many can be started besides. */
  static final int SIZE = 3;

  private static final int ALL = 2 * SIZE;
  private static final String HOST = "127.0.0.1";
  private static final JedisClientConfig CLIENT = DefaultJedisClientConfig.builder()
      .socketTimeoutMillis(30_000).connectionTimeoutMillis(30_000)
      .autoNegotiateProtocol(false).build();

  private final Path directory;
  private final Map<String, String> keys;
  private final List<Path> plugins;
  private final List<Integer> ports = Ports.free(3 * ALL);
  private final Child[] nodes = new Child[ALL];
  private final HttpClient http = HttpClient.newHttpClient();
  private volatile List<Integer> members = IntStream.range(0, SIZE).boxed().toList();

  /** Not yet started; {@code keys} go to every node. */
  Cluster(Path directory, Map<String, String> keys) {
    this(directory, keys, List.of());
  }

  /** The same with the jars of other people's plugins. */
  Cluster(Path directory, Map<String, String> keys, List<Path> plugins) {
    this.directory = directory;
    this.keys = keys;
    this.plugins = plugins;
  }

  static Cluster started(Path directory, Map<String, String> keys) {
    Cluster cluster = new Cluster(directory, keys);
    try {
      cluster.startMissing();
      return cluster;
    } catch (RuntimeException | AssertionError e) {
      cluster.close();
      throw e;
    }
  }

  /** Starts whatever does not run, at once, and waits until one leads and all know it. */
  void startMissing() {
    List<Integer> missing =
        IntStream.range(0, SIZE).filter(i -> !isAlive(i)).boxed().toList();
    missing.forEach(i -> launch(i, Map.of()));
    missing.forEach(i -> nodes[i].awaitReady());
    awaitLeader();
  }

  /** Starts one and waits until it listens. */
  Child start(int index) {
    launch(index, Map.of());
    nodes[index].awaitReady();
    return nodes[index];
  }

  /** Starts one, with keys of its own, and waits for nothing. */
  Child launch(int index, Map<String, String> own) {
    if (nodes[index] != null) {
      nodes[index].close();
    }
    nodes[index] = Child.start(directory, plugins, arguments(index, own));
    return nodes[index];
  }

  private String[] arguments(int index, Map<String, String> own) {
    Map<String, String> all = new TreeMap<>(keys);
    all.put("synod.listen", replication(index));
    all.put("synod.members", IntStream.range(0, SIZE)
        .mapToObj(this::seat).collect(Collectors.joining(",")));
    all.put("synod.data", data(index).toString());
    all.put("synod.resp.listen", HOST + ":" + respPort(index));
    all.put("synod.admin.listen", admin(index));
    all.putAll(own);
    List<String> arguments = new ArrayList<>(List.of("server", "--config",
        Examples.root().resolve("examples/cluster/" + id(index) + ".properties").toString()));
    all.forEach((key, value) -> arguments.addAll(List.of("-D", key + "=" + value)));
    return arguments.toArray(String[]::new);
  }

  /** Who takes part from now on, after a change of members. */
  void members(List<Integer> now) {
    members = List.copyOf(now);
  }

  List<Integer> members() {
    return members;
  }

  /** What a change of members calls a node. */
  String seat(int index) {
    return id(index) + "@" + replication(index);
  }

  /** All processes in that role, as a change of members names them. */
  Stream<String> processes(String role) {
    return IntStream.range(0, SIZE).mapToObj(i -> seat(i) + "=" + role);
  }

  /** Changes the members as an operator does it; waits until it is done. */
  void set(String quorum, Stream<String> some, Stream<String> others) throws IOException {
    String seats = Stream.concat(some, others).collect(Collectors.joining(","));
    Child.Result result = Child.run(
        directory, "members", "--server", admin(0), "--json", "set", seats, "--quorum", quorum);
    assertThat(result.exit()).as(result.out() + result.err()).isZero();
    JsonNode done = new ObjectMapper().readTree(result.lastLine());
    assertThat(done.path("safeToStop").isArray()).as(result.out()).isTrue();
  }

  static String id(int index) {
    return "n" + (index + 1);
  }

  Path data(int index) {
    return directory.resolve("data").resolve(id(index));
  }

  private String replication(int index) {
    return HOST + ":" + replicationPort(index);
  }

  int replicationPort(int index) {
    return ports.get(3 * index);
  }

  int respPort(int index) {
    return ports.get(3 * index + 1);
  }

  int adminPort(int index) {
    return ports.get(3 * index + 2);
  }

  /** Where the command line finds a node. */
  String admin(int index) {
    return HOST + ":" + adminPort(index);
  }

  Child node(int index) {
    return nodes[index];
  }

  boolean isAlive(int index) {
    return nodes[index] != null && nodes[index].isAlive();
  }

  /** Ends these at once as {@code kill -9} does, and waits until they are gone. */
  void kill(int... indexes) {
    for (int index : indexes) {
      nodes[index].signalKill();
    }
    for (int index : indexes) {
      nodes[index].result();
    }
  }

  /** A connection of a Redis client. */
  Jedis redis(int index) {
    return new Jedis(new HostAndPort(HOST, respPort(index)), CLIENT);
  }

  /** What the admin port says of the node. */
  JsonNode status(int index) throws IOException {
    return get(index, "/status");
  }

  JsonNode get(int index, String path) throws IOException {
    HttpRequest request = HttpRequest.newBuilder(
        URI.create("http://" + admin(index) + path))
        .timeout(Child.PATIENCE).build();
    try {
      return new ObjectMapper().readTree(
          http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** The node that leads, once all members that run name the same. */
  int awaitLeader() {
    await().atMost(Child.PATIENCE).until(() -> leader().isPresent());
    return leader().orElseGet(this::awaitLeader);
  }

  /** Some member that runs and does not lead. */
  int awaitFollower() {
    int leader = awaitLeader();
    return members.stream().filter(i -> i != leader && isAlive(i)).findFirst().orElseThrow();
  }

  private OptionalInt leader() {
    List<String> named = new ArrayList<>();
    int leading = -1;
    for (int i : members) {
      if (isAlive(i)) {
        try {
          JsonNode status = status(i);
          named.add(status.path("leader").asText());
          leading = status.path("leading").asBoolean() ? i : leading;
        } catch (IOException e) {
          return OptionalInt.empty();
        }
      }
    }
    String leader = leading < 0 ? "" : id(leading);
    return named.stream().allMatch(leader::equals) ? OptionalInt.of(leading)
        : OptionalInt.empty();
  }

  /** Every key and value that a node itself holds, without asking the others. */
  Map<String, String> heldBy(int index) {
    try (Jedis redis = redis(index)) {
      redis.sendCommand(Once.command("READMODE"), "stale");
      Map<String, String> held = new TreeMap<>();
      List<String> names = List.copyOf(redis.keys("*"));
      if (!names.isEmpty()) {
        List<String> values = redis.mget(names.toArray(String[]::new));
        IntStream.range(0, names.size()).forEach(i -> held.put(names.get(i), values.get(i)));
      }
      return held;
    }
  }

  /** Waits until every member holds the same as the first; returns it. */
  Map<String, String> awaitAgreement() {
    await().atMost(Child.PATIENCE).ignoreExceptions().until(() ->
        members.stream().map(this::heldBy).distinct().count() == 1);
    return heldBy(members.get(0));
  }

  /** A copy of a file or directory tree of the cluster, to be put back by {@link #restore}. */
  static void copy(Path from, Path to) throws IOException {
    try (var paths = Files.walk(from)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }

  static void delete(Path directory) throws IOException {
    try (var paths = Files.walk(directory)) {
      for (Path path : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(path);
      }
    }
  }

  @Override
  public void close() {
    for (Child node : nodes) {
      if (node != null) {
        node.close();
      }
    }
  }
}
