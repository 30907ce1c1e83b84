package io.synod.runtime.node;

import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Eras;
import io.synod.api.model.NodeId;
import io.synod.api.storage.DurableRecord;
import io.synod.api.storage.StorageException;
import io.synod.api.transport.ClientReceiver;
import io.synod.api.transport.MessageCodec;
import io.synod.api.transport.PeerAddress;
import io.synod.api.transport.Transport;
import io.synod.api.transport.TransportException;
import io.synod.codec.KryoCodec;
import io.synod.replication.NodeCore;
import io.synod.runtime.compose.Parts;
import io.synod.runtime.config.NodeConfig;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
  private final MessageCodec codec = new KryoCodec();
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private long records;

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
    replay();
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

  private void replay() throws StorageException {
    long start = System.nanoTime();
    parts.storage().journal().replay(this::recover);
    long micros = Math.max(1, TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start));
    if (records > 0) {
      LOG.info("[{}] replayed {} records in {} ms ({} records/s)", config.node(), records,
          micros / 1_000, records * 1_000_000 / micros);
    }
  }

  private void recover(long position, ByteBuffer bytes) throws StorageException {
    DurableRecord record;
    try {
      record = codec.decodeRecord(bytes);
    } catch (MessageCodec.MalformedException e) {
      throw new StorageException("the record at position " + position + " of the journal in "
          + config.data() + " has a right checksum but no legal content (" + e.getMessage()
          + "): was it written by a newer version?", e);
    }
    effects.recovered(record, position);
    core.recover(record);
    records++;
  }
}
