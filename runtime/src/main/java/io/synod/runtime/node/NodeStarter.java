package io.synod.runtime.node;

import io.synod.api.effect.Clock;
import io.synod.api.message.Message;
import io.synod.api.model.NodeId;
import io.synod.api.node.Node;
import io.synod.api.replication.StateMachine;
import io.synod.api.storage.Storage;
import io.synod.api.storage.StorageException;
import io.synod.api.transport.Transport;
import io.synod.api.transport.TransportException;
import io.synod.replication.NodeCore;
import io.synod.replication.ReplicationSettings;
import io.synod.runtime.compose.Composition;
import io.synod.runtime.compose.Parts;
import io.synod.runtime.config.NodeConfig;
import io.synod.runtime.config.RuntimeSettings;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a node from its configuration to running. */
public final class NodeStarter {
  private static final Logger LOG = LoggerFactory.getLogger(NodeStarter.class);

  private final NodeConfig config;
  private final NodeId self;
  private final LoopTimers timers;
  private final EventLoop loop;
  private final LocalRim rim;
  private final Executor executor;
  private final Runnable executorEnd;
  private final Completions completions;

  private NodeStarter(NodeConfig config, StateMachine machine, Optional<Executor> callers) {
    this.config = config;
    this.self = config.node();
    Clock clock = new SystemClock();
    this.timers = new LoopTimers(clock);
    this.loop = new EventLoop(
        "synod-" + self, timers, config.get(RuntimeSettings.SPIN).toNanos());
    this.rim = new LocalRim(self, machine, loop, timers, clock);
    Callbacks callbacks = Callbacks.of(self, callers);
    this.executor = callbacks.executor();
    this.executorEnd = callbacks.end();
    this.completions = new Completions(executor);
  }

  /**
   * Blocks until the node has replayed its journal and listens.
   *
   * @param callers completes the stages of the node; without one it is a thread of its own
   */
  public static Node start(NodeConfig config, StateMachine machine, Optional<Executor> callers)
      throws StorageException, TransportException {
    config.warnings().forEach(LOG::warn);
    return new NodeStarter(config, machine, callers).start();
  }

  private Node start() throws StorageException, TransportException {
    Parts parts;
    NodeCore core;
    try {
      parts = Composition.compose(config, rim);
      core = coreOf(parts);
    } catch (StorageException | RuntimeException | Error e) {
      closeSnapshots();
      executorEnd.run();
      throw e;
    }
    return launch(parts, core);
  }

  private NodeCore coreOf(Parts parts) {
    try {
      return new NodeCore(parts.layers());
    } catch (RuntimeException | Error e) {
      parts.storage().close();
      throw e;
    }
  }

  private Node launch(Parts parts, NodeCore core) throws StorageException, TransportException {
    long queueBytes = config.get(RuntimeSettings.QUEUE_BYTES);
    long requestBytes = config.get(ReplicationSettings.MAX_COMMAND);
    CallerRequests requests = new CallerRequests(
        loop, core.machine(), completions, executor,
        new CallerRequests.Limits(queueBytes / 2, requestBytes));
    Core driven = driven(core);
    PeerInbox inbox = new PeerInbox(self, loop, driven, queueBytes);
    PassiveStores passives = new PassiveStores(config, parts.layers().context(), inbox);
    rim.routes().passives(passives);
    core.passives(passives);
    Ending ending = new Ending(self, loop, completions, new Ending.Resources(
        () -> closeNetwork(parts.transport(), passives), parts.storage().journal(),
        () -> closeStore(parts.storage()),
        requests.waiting()::giveUpAll, executorEnd));
    ClientGateway clients = new ClientGateway(self, loop, core.machine(),
        new ClientGateway.Limits(
            queueBytes / 2, requestBytes, config.get(ReplicationSettings.MAX_WAITING)));
    Boot boot = new Boot(config, parts, core, rim.effects(),
        new Boot.Doors(inbox, clients));
    loop.start(new NodeTurn(driven, rim.effects(), clients, completions), boot, ending::ended);
    await(boot.done(), ending);
    return new RunningNode(self, loop, core, requests, ending, new NodeMembership.Parts(
        timers, rim.clock(), completions, parts.layers().quorums()));
  }

  /** Blocks until the node takes part, or has ended before. */
  static void await(CompletableFuture<Void> booted, Ending ending)
      throws StorageException, TransportException {
    CompletableFuture.anyOf(booted, ending.done()).join();
    if (booted.isDone()) {
      return;
    }
    Throwable failure = ending.done().join().orElseThrow();
    if (failure instanceof StorageException storage) {
      throw storage;
    } else if (failure instanceof Boot.NotListening notListening) {
      throw notListening.why();
    }
    throw new IllegalStateException("the node could not start: " + failure, failure);
  }

  private static void closeNetwork(Transport transport, PassiveStores passives) {
    transport.close();
    passives.close();
  }

  private void closeStore(Storage storage) {
    closeSnapshots();
    storage.close();
  }

  private void closeSnapshots() {
    rim.closeGate();
    if (rim.snapshots() != null && !rim.snapshots().close()) {
      LOG.warn("[{}] a snapshot is still being written while the store is closed", self);
    }
  }

  private static Core driven(NodeCore core) {
    return new Core() {
      @Override
      public void onMessage(NodeId from, Message message) {
        core.onMessage(from, message);
      }

      @Override
      public void endOfTurn() {
        core.endOfTurn();
      }
    };
  }
}
