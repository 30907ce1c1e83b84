package io.synod.runtime.node;

import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Eras;
import io.synod.api.model.NodeId;
import io.synod.api.storage.StorageException;
import io.synod.api.transport.ClientReceiver;
import io.synod.api.transport.PeerAddress;
import io.synod.api.transport.Transport;
import io.synod.api.transport.TransportException;
import io.synod.replication.NodeCore;
import io.synod.runtime.compose.Parts;
import io.synod.runtime.config.NodeConfig;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first task of a loop: replays the journal, listens, then lets the core take part. */
final class Boot implements LoopTask {
  /** Where the transport puts what arrives. */
  record Doors(Transport.PeerReceiver peers, ClientReceiver clients) {}

  /** Carries the transport's checked exception through the loop. */
  static final class NotListening extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotListening(TransportException why) {
      super(why.getMessage(), why);
    }

    TransportException why() {
      return (TransportException) getCause();
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(Boot.class);

  private final NodeConfig config;
  private final Parts parts;
  private final NodeCore core;
  private final DurableEffects effects;
  private final Doors doors;
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  Boot(NodeConfig config, Parts parts, NodeCore core, DurableEffects effects, Doors doors) {
    this.config = config;
    this.parts = parts;
    this.core = core;
    this.effects = effects;
    this.doors = doors;
  }

  CompletableFuture<Void> done() {
    return done;
  }

  @Override
  public void run() throws StorageException {
    new Replay(config, effects, core::recover).run(parts.storage().journal());
    sayWhatIsInForce();
    try {
      parts.transport().start(doors.peers(), doors.clients());
    } catch (TransportException e) {
      throw new NotListening(e);
    }
    core.addressBook(this::reach);
    reach(Map.of());
    core.start(parts.storage().fresh());
    LOG.info("[{}] listens on {}, store {}{}", config.node(), parts.transport().listening(),
        parts.storage().identity().incarnation(), parts.storage().fresh() ? " (new)" : "");
    done.complete(null);
  }

  /** Members, quorums and mode of the file are those of the founders. */
  private void sayWhatIsInForce() {
    Eras eras = core.reconfiguration().eras();
    Configuration inForce = eras.configurations().get(eras.active());
    if (!eras.active().equals(Era.ZERO) && inForce != null) {
      LOG.info("[{}] era {} is in force, by the log: members {}, quorum {}{}; what the file says of"
          + " them is ignored", config.node(), eras.active(), inForce.ids(), inForce.quorum(),
          inForce.mode().map(mode -> ", mode " + mode.label()).orElse(""));
    }
  }

  /** The members of the file are a seed: what the log says of a node takes its place. */
  private void reach(Map<NodeId, PeerAddress> known) {
    Map<NodeId, PeerAddress> all = new TreeMap<>(config.members());
    all.putAll(known);
    parts.transport().peers(all);
  }
}
