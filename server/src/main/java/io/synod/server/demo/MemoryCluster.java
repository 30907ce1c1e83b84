package io.synod.server.demo;

import io.synod.api.memory.Counts;
import io.synod.api.memory.MemoryNode;
import io.synod.api.storage.StorageException;
import io.synod.api.transport.TransportException;
import io.synod.runtime.NodeBuilder;
import io.synod.runtime.Synod;
import io.synod.runtime.config.BadConfiguration;
import io.synod.server.cli.CommandFailed;
import io.synod.server.local.FreePorts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Nodes n1, n2, … of atomic registers in this process, each with its own sockets, files and
 * threads. One thread at a time starts and ends nodes; any thread may look at them.
 */
final class MemoryCluster implements AutoCloseable {
  private final DemoPlan plan;
  private final List<Integer> ports;
  private final AtomicReferenceArray<MemoryNode> nodes;
  private Counts ended = Counts.NONE;

  /** Not yet started. */
  MemoryCluster(DemoPlan plan) {
    this.plan = plan;
    this.ports = FreePorts.find(plan.nodes());
    this.nodes = new AtomicReferenceArray<>(plan.nodes());
  }

  int size() {
    return plan.nodes();
  }

  static String id(int index) {
    return "n" + (index + 1);
  }

  /** A running node, or null. */
  MemoryNode node(int index) {
    return nodes.get(index);
  }

  /** Starts one node, with the same files as before. */
  void start(int index) {
    Map<String, String> keys = new LinkedHashMap<>(plan.keys());
    keys.put("synod.node", id(index));
    keys.put("synod.cluster", DemoPlan.CLUSTER);
    keys.put("synod.members", IntStream.range(0, size())
        .mapToObj(i -> id(i) + "@127.0.0.1:" + ports.get(i)).collect(Collectors.joining(",")));
    keys.put("synod.data", plan.directory().resolve(id(index)).toString());
    NodeBuilder builder = Synod.node();
    keys.forEach(builder::set);
    try {
      nodes.set(index, builder.startMemory());
    } catch (BadConfiguration e) {
      throw CommandFailed.usage(e.getMessage(), e);
    } catch (StorageException | TransportException e) {
      throw CommandFailed.failed(e.getMessage(), e);
    }
  }

  void startAll() {
    IntStream.range(0, size()).forEach(this::start);
  }

  /** Ends one node without warning. */
  void kill(int index) {
    MemoryNode node = nodes.getAndSet(index, null);
    ended = ended.plus(node.counts().toCompletableFuture().join());
    node.kill();
  }

  /** What the operations of all lives so far have cost. */
  Counts counts() {
    Counts all = ended;
    for (int i = 0; i < size(); i++) {
      MemoryNode node = nodes.get(i);
      all = node == null ? all : all.plus(node.counts().toCompletableFuture().join());
    }
    return all;
  }

  @Override
  public void close() {
    for (int i = 0; i < size(); i++) {
      MemoryNode node = nodes.getAndSet(i, null);
      if (node != null) {
        node.close();
      }
    }
  }
}
