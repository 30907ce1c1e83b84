package io.synod.transport.netty;

import io.netty.channel.Channel;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.Plugins;
import io.synod.api.transport.ClientReceiver;
import io.synod.api.transport.Transport;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Who may come in: the checks of the handshake and the limits on connections, shared by all
 * inbound connections of a node. Any thread.
 */
final class Door {
  private final Plugins.Local local;
  private final Limits limits;
  private final Transport.PeerReceiver peers;
  private final ClientReceiver clients;
  private final LimitedLog log;
  private final Map<String, Channel> peerChannels = new ConcurrentHashMap<>();
  private final AtomicInteger newcomers = new AtomicInteger();
  private final AtomicInteger clientCount = new AtomicInteger();
  private volatile Set<String> known;

  Door(
      Plugins.Local local, Limits limits, Transport.PeerReceiver peers, ClientReceiver clients,
      LimitedLog log, Set<String> known) {
    this.local = local;
    this.limits = limits;
    this.peers = peers;
    this.clients = clients;
    this.log = log;
    this.known = known;
  }

  Transport.PeerReceiver peers() {
    return peers;
  }

  ClientReceiver clients() {
    return clients;
  }

  Limits limits() {
    return limits;
  }

  LimitedLog log() {
    return log;
  }

  /** What the log calls this node. */
  String name() {
    return "node " + local.self();
  }

  /** From now on only these may send; connections of others are closed. */
  void known(Set<String> ids) {
    known = ids;
    peerChannels.forEach((id, channel) -> {
      if (!ids.contains(id)) {
        channel.close();
      }
    });
  }

  /** A connection without a name yet; false when there are too many of them. */
  boolean newcomer() {
    return take(newcomers);
  }

  void newcomerGone() {
    newcomers.decrementAndGet();
  }

  void clientGone() {
    clientCount.decrementAndGet();
  }

  private boolean take(AtomicInteger count) {
    if (count.incrementAndGet() <= limits.maxConnections()) {
      return true;
    }
    count.decrementAndGet();
    return false;
  }

  /** The answer to a handshake; a client that is welcome is counted. */
  Handshake.Answer answer(Handshake.Hello hello) {
    int version = Math.min(hello.maxVersion(), Handshake.MAX_VERSION);
    String refusal = refusal(hello, version);
    if (refusal.isEmpty() && hello.client() && !take(clientCount)) {
      refusal = Keys.MAX_CONNECTIONS.key() + " = " + limits.maxConnections()
          + " clients are connected already";
    }
    return new Handshake.Answer(
        version, local.incarnation().number(), local.self().name(), refusal);
  }

  private String refusal(Handshake.Hello hello, int version) {
    if (version < Math.max(hello.minVersion(), Handshake.MIN_VERSION)) {
      return "it speaks protocol versions " + Handshake.MIN_VERSION + " to "
          + Handshake.MAX_VERSION + ", the caller " + hello.minVersion() + " to "
          + hello.maxVersion();
    }
    if (!hello.cluster().equals(local.cluster())) {
      return "it belongs to cluster '" + local.cluster() + "', the caller to cluster '"
          + hello.cluster() + "'";
    }
    if (hello.client()) {
      return "";
    }
    if (hello.id().equals(local.self().name())) {
      return "it is itself named " + hello.id();
    }
    return known.contains(hello.id()) ? "" : "'" + hello.id() + "' is not a peer of "
        + local.self();
  }

  /** The newest connection of a peer counts: an older one is a leftover of a broken network. */
  void peerIn(NodeId id, Channel channel) {
    Channel older = peerChannels.put(id.name(), channel);
    if (older != null) {
      older.close();
    }
    // A change of the peers since the handshake was checked has not seen this channel.
    if (!known.contains(id.name())) {
      channel.close();
    }
  }

  void peerOut(NodeId id, Channel channel) {
    peerChannels.remove(id.name(), channel);
  }
}
