package io.synod.transport.shm;

import io.synod.api.message.Message;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.api.transport.ClientReceiver;
import io.synod.api.transport.MessageCodec;
import io.synod.api.transport.PeerAddress;
import io.synod.api.transport.Transport;
import io.synod.api.transport.TransportException;
import io.synod.transport.netty.Keys;
import io.synod.transport.netty.LimitedLog;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * A node's end: one channel for each peer, and a thread that reads from all of them. {@link #close}
 * may be called on any thread but that one; calls after it do nothing.
 */
final class ShmTransport implements Transport {
  private final Plugins.Local local;
  private final Rim rim;
  private final Settings settings;
  private final Supplier<MessageCodec> codecs;
  private final MessageCodec encoder;
  /** Takes the port, and clients; it knows no peers. */
  private final Transport clientSide;
  private final List<Outgoing> dirty = new ArrayList<>();
  private volatile Map<NodeId, Outgoing> channels = Map.of();
  private volatile boolean closed;
  private Reader reader;
  private Message last;
  private byte[] encoded;

  ShmTransport(
      Plugins.Local local, Supplier<MessageCodec> codecs, Settings settings, Plugins.Log log,
      Transport clientSide) {
    this.local = local;
    this.settings = settings;
    this.codecs = codecs;
    this.encoder = codecs.get();
    this.clientSide = clientSide;
    Header.Life life = new Header.Life(
        local, ThreadLocalRandom.current().nextLong(), System.currentTimeMillis());
    this.rim = Rim.of(life, settings, new LimitedLog(log));
  }

  @Override
  public void start(PeerReceiver peers, ClientReceiver clients) throws TransportException {
    if (local.cluster().getBytes(StandardCharsets.UTF_8).length > Header.LONGEST_NAME) {
      throw new TransportException("the cluster's name is longer than " + Header.LONGEST_NAME
          + " bytes, which does not fit into the headers of files: choose a shorter one", null);
    }
    clientSide.start((from, message) -> { }, clients);
    try {
      Mailbox mailbox = Mailbox.open(rim.shared(), listening(), rim.life());
      Inbox inbox = new Inbox(rim, mailbox, codecs.get(), peers);
      reader = new Reader(
          rim, mailbox, inbox, () -> channels, settings.get(ShmTransportPlugin.SLEEP));
      reader.start(listening());
    } catch (TransportException | RuntimeException e) {
      clientSide.close();
      throw e;
    }
  }

  @Override
  public void peers(Map<NodeId, PeerAddress> addresses) {
    if (closed) {
      return;
    }
    Map<NodeId, Outgoing> before = channels;
    Map<NodeId, Outgoing> now = new LinkedHashMap<>();
    addresses.forEach((id, address) -> {
      if (!id.equals(local.self())) {
        Outgoing kept = before.get(id);
        Outgoing channel = kept == null ? new Outgoing(rim, id, address) : kept;
        channel.moved(address);
        now.put(id, channel);
      }
    });
    before.values().stream().filter(channel -> !now.containsValue(channel))
        .forEach(Outgoing::close);
    channels = now;
  }

  @Override
  public void send(NodeId to, Message message) {
    Outgoing channel = channels.get(to);
    if (channel == null || closed) {
      return;
    }
    if (message != last) {
      ByteBuffer bytes = encoder.encode(message);
      encoded = new byte[bytes.remaining()];
      bytes.duplicate().get(encoded);
      last = message;
    }
    if (encoded.length > rim.maxFrame()) {
      rim.log().warn("large", to, rim.name() + " dropped a message of " + encoded.length
          + " bytes for " + to + ": " + Keys.MAX_FRAME.key() + " = " + rim.maxFrame());
    } else if (channel.add(encoded)) {
      dirty.add(channel);
    }
  }

  @Override
  public void flush() {
    last = null;
    encoded = null;
    for (int i = 0; i < dirty.size(); i++) {
      dirty.get(i).flush();
    }
    dirty.clear();
  }

  @Override
  public PeerAddress listening() {
    return clientSide.listening();
  }

  @Override
  public void close() {
    closed = true;
    channels.values().forEach(Outgoing::close);
    if (reader != null) {
      reader.close();
    }
    clientSide.close();
  }
}
