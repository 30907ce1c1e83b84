package io.synod.runtime.node;

import io.synod.api.effect.Clock;
import io.synod.api.memory.MemoryNode;
import io.synod.api.message.ClientMessage;
import io.synod.api.message.Message;
import io.synod.api.model.Configuration;
import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Quorums;
import io.synod.api.plugin.Slot;
import io.synod.api.storage.Storage;
import io.synod.api.storage.StorageException;
import io.synod.api.transport.ClientReceiver;
import io.synod.api.transport.Transport;
import io.synod.api.transport.TransportException;
import io.synod.codec.KryoCodec;
import io.synod.runtime.config.NodeConfig;
import io.synod.runtime.config.RuntimeSettings;
import io.synod.sharedmemory.AtomicRegisters;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a node of atomic registers from its configuration to running: the same loop, stores and
 * transports as those of a node with a log, without its layers.
 */
public final class MemoryStarter {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryStarter.class);

  private final NodeConfig config;
  private final NodeId self;
  private final Clock clock = new SystemClock();
  private final SecureRandom random = new SecureRandom();
  private final LoopTimers timers = new LoopTimers(clock);
  private final EventLoop loop;
  private final Callbacks callbacks;
  private final Completions completions;

  private MemoryStarter(NodeConfig config, Optional<Executor> callers) {
    this.config = config;
    this.self = config.node();
    this.loop = new EventLoop(
        "synod-" + self, timers, config.get(RuntimeSettings.SPIN).toNanos());
    this.callbacks = Callbacks.of(self, callers);
    this.completions = new Completions(callbacks.executor());
  }

  /**
   * Blocks until the node has replayed its journal and listens.
   *
   * @param callers completes the stages of the node; without one it is a thread of its own
   */
  public static MemoryNode start(NodeConfig config, Optional<Executor> callers)
      throws StorageException, TransportException {
    config.warnings().forEach(LOG::warn);
    return new MemoryStarter(config, callers).start();
  }

  private MemoryNode start() throws StorageException, TransportException {
    Storage storage;
    try {
      storage = config.module(Slot.STORAGE, Plugins.StoragePlugin.class).open(
          config.data(), config.cluster(), self, LocalRim.newIncarnation(random),
          config.settings());
    } catch (StorageException | RuntimeException e) {
      callbacks.end().run();
      throw e;
    }
    try {
      return launch(storage, transport(storage));
    } catch (RuntimeException e) {
      storage.close();
      callbacks.end().run();
      throw e;
    }
  }

  private Transport transport(Storage storage) {
    return config.module(Slot.TRANSPORT, Plugins.TransportPlugin.class).node(
        new Plugins.Local(
            config.cluster(), self, storage.identity().incarnation(), config.listen()),
        KryoCodec::new, config.settings(), line -> LOG.warn("[{}] {}", self, line));
  }

  private MemoryNode launch(Storage storage, Transport transport)
      throws StorageException, TransportException {
    DurableEffects effects = new DurableEffects(
        self, storage.journal(), storage.durable(), transport, new KryoCodec(), loop::post);
    AtomicRegisters registers = new AtomicRegisters(context(storage, effects), quorums());
    long queueBytes = config.get(RuntimeSettings.QUEUE_BYTES);
    CallerRequests requests = new CallerRequests(
        loop, null, completions, callbacks.executor(),
        new CallerRequests.Limits(queueBytes / 2, queueBytes));
    Ending ending = new Ending(self, loop, completions, new Ending.Resources(
        transport::close, storage.journal(), storage::close, requests.waiting()::giveUpAll,
        callbacks.end()));
    Core core = core(registers);
    CompletableFuture<Void> booted = new CompletableFuture<>();
    LoopTask boot = () -> {
      new Replay(config, effects, registers::recover).run(storage.journal());
      listen(transport, new PeerInbox(self, loop, core, queueBytes));
      registers.start();
      LOG.info("[{}] keeps registers, listens on {}", self, transport.listening());
      booted.complete(null);
    };
    loop.start(turn(core, effects), boot, ending::ended);
    NodeStarter.await(booted, ending);
    return new RunningMemory(self, loop, registers, requests, ending);
  }

  private QuorumSystem quorums() {
    Configuration members = config.founders();
    return new Quorums(config::quorum, config.settings()).apply(members);
  }

  private LayerContext context(Storage storage, DurableEffects effects) {
    return new LayerContext(
        self, storage.identity().incarnation(), config.founders(), effects, clock, timers,
        random, line -> LOG.info("[{}] {}", self, line), config.settings());
  }

  private void listen(Transport transport, Transport.PeerReceiver peers) {
    try {
      transport.start(peers, new NoClients());
    } catch (TransportException e) {
      throw new Boot.NotListening(e);
    }
    transport.peers(config.members());
  }

  private static Core core(AtomicRegisters registers) {
    return new Core() {
      @Override
      public void onMessage(NodeId from, Message message) {
        registers.onMessage(from, message);
      }

      @Override
      public void endOfTurn() {
        registers.endOfTurn();
      }
    };
  }

  private EventLoop.Turn turn(Core core, DurableEffects effects) {
    return new EventLoop.Turn() {
      @Override
      public boolean pending() {
        return effects.pending();
      }

      @Override
      public void end() throws StorageException {
        effects.settle(core);
        effects.flush();
        completions.handOver();
      }
    };
  }

  /** Registers have no protocol for clients: those of a log are turned away. */
  private static final class NoClients implements ClientReceiver {
    @Override
    public void onClientMessage(ClientLink client, ClientMessage message) {
      client.close();
    }

    @Override
    public void onClientClosed(ClientLink client) {}
  }
}
