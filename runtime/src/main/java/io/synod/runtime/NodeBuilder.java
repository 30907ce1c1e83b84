package io.synod.runtime;

import io.synod.api.memory.MemoryNode;
import io.synod.api.node.Node;
import io.synod.api.plugin.Setting;
import io.synod.api.replication.StateMachine;
import io.synod.api.storage.StorageException;
import io.synod.api.transport.TransportException;
import io.synod.runtime.config.BadConfiguration;
import io.synod.runtime.config.Inputs;
import io.synod.runtime.config.NodeConfig;
import io.synod.runtime.config.Variant;
import io.synod.runtime.node.MemoryStarter;
import io.synod.runtime.node.NodeStarter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Gathers what a node needs and starts it. One thread at a time; may start several nodes one after
 * the other.
 */
public final class NodeBuilder {
  private final Map<String, String> overrides = new LinkedHashMap<>();
  private final List<Setting<?>> more = new ArrayList<>();
  private Optional<Path> file = Optional.empty();
  private Optional<NodeConfig> resolved = Optional.empty();
  private Optional<Executor> executor = Optional.empty();
  private StateMachine machine;

  NodeBuilder() {}

  /** A file ending in .properties, .yaml, .yml or .json; without one all comes from elsewhere. */
  public NodeBuilder configuration(Path path) {
    file = Optional.of(path);
    return this;
  }

  /** A configuration resolved before; file, overrides and further keys are then not looked at. */
  public NodeBuilder configuration(NodeConfig config) {
    resolved = Optional.of(config);
    return this;
  }

  /** Stronger than file and environment. */
  public NodeBuilder set(String key, String value) {
    overrides.put(key, value);
    return this;
  }

  /** Keys of the program around the node, which may then stand in the same file. */
  public NodeBuilder settings(List<Setting<?>> keys) {
    more.addAll(keys);
    return this;
  }

  /** What is replicated; required. It belongs to the node's loop from {@link #start} on. */
  public NodeBuilder stateMachine(StateMachine replicated) {
    machine = Objects.requireNonNull(replicated, "stateMachine");
    return this;
  }

  /**
   * Completes the stages that the node returns, and so runs what was chained to them; one task for
   * all stages of a turn. Without one it is a single thread of the node's own, which completes
   * stages in order; whoever blocks it delays only further callbacks, never the node.
   */
  public NodeBuilder executor(Executor callers) {
    executor = Optional.of(callers);
    return this;
  }

  /**
   * Starts the node; blocks until it has replayed its journal and listens. It may not know a
   * leader yet: commands submitted meanwhile wait, or are rejected as unavailable.
   *
   * @throws BadConfiguration with every error found
   * @throws StorageException when the store cannot be opened or read
   * @throws TransportException when the address is in use or cannot be bound
   */
  public Node start() throws BadConfiguration, StorageException, TransportException {
    Objects.requireNonNull(machine, "give a stateMachine to the node before it is started");
    NodeConfig config = config();
    if (config.variant().name().equals(Variant.ABD)) {
      throw new BadConfiguration(List.of("synod.variant = abd keeps registers and replicates no"
          + " state machine: choose another variant; registers are started by startMemory()"));
    }
    return NodeStarter.start(config, machine, executor);
  }

  /**
   * Starts a node of atomic registers ({@code synod.variant = abd}); the state machine is not
   * looked at. Blocks until the node has replayed its journal and listens; reads and writes wait
   * until quorums answer.
   *
   * @throws BadConfiguration with every error found
   * @throws StorageException when the store cannot be opened or read
   * @throws TransportException when the address is in use or cannot be bound
   */
  public MemoryNode startMemory() throws BadConfiguration, StorageException, TransportException {
    NodeConfig config = config();
    if (!config.variant().name().equals(Variant.ABD)) {
      throw new BadConfiguration(List.of("synod.variant = " + config.variant().name()
          + " replicates a state machine and keeps no registers: choose abd"));
    }
    return MemoryStarter.start(config, executor);
  }

  private NodeConfig config() throws BadConfiguration {
    return resolved.isPresent() ? resolved.get() : NodeConfig.resolve(
        Synod.catalog(more), new Inputs(file, overrides, System.getenv()));
  }
}
