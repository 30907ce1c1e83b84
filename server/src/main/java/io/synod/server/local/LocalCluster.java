package io.synod.server.local;

import io.synod.api.membership.Seat;
import io.synod.api.model.NodeId;
import io.synod.api.model.Role;
import io.synod.api.node.Node;
import io.synod.api.node.NodeStatus;
import io.synod.api.replication.StateMachine;
import io.synod.api.transport.PeerAddress;
import io.synod.server.cli.CommandFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Nodes n1, n2, … of one cluster in this process, each with its own sockets, files, threads and
 * state machine. The first ones found it; those after them start empty and wait to be added. One
 * thread at a time.
 */
public final class LocalCluster implements AutoCloseable {
  private static final long STATUS_SECONDS = 5;
  private static final long LEADER_SECONDS = 20;
  private static final long TICK_MILLIS = 1;

  private final String name;
  private final Path directory;
  private final Map<String, String> keys;
  private final Supplier<StateMachine> machines;
  private final NodeStarter starter;
  private final int founders;
  private final Layout layout;
  private final List<PeerAddress> addresses;
  private final Node[] nodes;

  /**
   * Not yet started.
   *
   * @param founders how many members the first configuration has
   * @param others how many nodes there are besides
   * @param keys common to all nodes
   */
  public LocalCluster(
      String name, int founders, int others, Path directory, Map<String, String> keys,
      Supplier<StateMachine> machines, NodeStarter starter) {
    this.name = name;
    this.founders = founders;
    this.layout = Layout.of(keys.getOrDefault("synod.variant", ""), founders);
    this.directory = directory;
    this.keys = new LinkedHashMap<>(keys);
    this.machines = machines;
    this.starter = starter;
    this.addresses = FreePorts.find(founders + others).stream()
        .map(port -> new PeerAddress("127.0.0.1", port)).toList();
    this.nodes = new Node[founders + others];
  }

  /** Starts the founders. */
  public void start() {
    passive().forEach(seat -> makePlace(place(seat.id().name())));
    for (int i = 0; i < founders; i++) {
      start(i);
    }
  }

  private static void makePlace(Path place) {
    try {
      Files.createDirectories(place);
    } catch (IOException e) {
      throw CommandFailed.failed("cannot make the directory " + place + ": " + e.getMessage());
    }
  }

  /** Starts one node, under the same id and address and with the same files as before. */
  public void start(int index) {
    Map<String, String> own = new LinkedHashMap<>(keys);
    own.put("synod.node", id(index));
    own.put("synod.cluster", name);
    own.put("synod.listen", addresses.get(index).toString());
    own.put("synod.members", Stream.concat(
        IntStream.range(0, founders).mapToObj(this::seat), passive().stream())
        .map(Seat::toString).collect(Collectors.joining(",")));
    own.put("synod.data", directory.resolve(id(index)).toString());
    nodes[index] = starter.start(own, machines.get());
  }

  /** Ends one node without warning. */
  public void kill(int index) {
    Node node = nodes[index];
    nodes[index] = null;
    node.kill();
  }

  /** Stops one node in order. */
  public void stop(int index) {
    Node node = nodes[index];
    nodes[index] = null;
    node.close();
  }

  /** The node's name. */
  public static String id(int index) {
    return "n" + (index + 1);
  }

  /** What a change of members calls a node. */
  public Seat seat(int index) {
    return Seat.of(NodeId.of(id(index)), addresses.get(index)).as(layout.role(index));
  }

  /** The acceptors that are no processes: where there are any, they alone vote. */
  public List<Seat> passive() {
    return layout.passive(id -> place(id).toString());
  }

  private Path place(String id) {
    return directory.resolve("acceptors").resolve(id).toAbsolutePath();
  }

  /** Whether it keeps no state: under cheap quorums the smaller half of the founders. */
  public boolean isAuxiliary(int index) {
    return layout.role(index) == Role.AUXILIARY;
  }

  /** Where the nodes listen, or will. */
  public List<PeerAddress> addresses() {
    return addresses;
  }

  /** A running node, or null. */
  public Node node(int index) {
    return nodes[index];
  }

  /** The running node that leads, if one says so. */
  public Optional<Integer> leader() {
    for (int i = 0; i < nodes.length; i++) {
      if (nodes[i] != null && status(i).map(NodeStatus::leading).orElse(false)) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  /** Waits for a node that leads. */
  public int awaitLeader() throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LEADER_SECONDS);
    CountDownLatch never = new CountDownLatch(1);
    Optional<Integer> leader = leader();
    while (leader.isEmpty()) {
      if (until - System.nanoTime() < 0 || never.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
        throw CommandFailed.failed("no leader within " + LEADER_SECONDS
            + " s: the nodes run but none of them can lead");
      }
      leader = leader();
    }
    return leader.get();
  }

  /** How a node stands; nothing if it runs no more or does not answer. */
  public Optional<NodeStatus> status(int index) {
    if (nodes[index] == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(nodes[index].status().toCompletableFuture()
          .get(STATUS_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException | TimeoutException e) {
      return Optional.empty();
    }
  }

  /** Stops every node that runs. */
  @Override
  public void close() {
    List<Node> running = new ArrayList<>();
    for (int i = 0; i < nodes.length; i++) {
      if (nodes[i] != null) {
        running.add(nodes[i]);
        nodes[i] = null;
      }
    }
    running.forEach(Node::close);
  }
}
