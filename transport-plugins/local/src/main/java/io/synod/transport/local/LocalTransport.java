package io.synod.transport.local;

import io.synod.api.message.ClientMessage;
import io.synod.api.message.Message;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.api.transport.ClientReceiver;
import io.synod.api.transport.PeerAddress;
import io.synod.api.transport.Transport;
import io.synod.api.transport.TransportException;
import java.net.BindException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A node's end. {@link #flush} calls the receivers of the peers directly, on the sender's loop:
 * they only enqueue. The gate is shared by those who deliver and taken whole by {@link #close},
 * so that nothing is delivered after it; a receiver must therefore not call close from inside.
 */
final class LocalTransport implements Transport {
  private final Plugins.Local local;
  private final Plugins.Log log;
  private final Hub hub;
  private final int queueLimit;
  private final ReadWriteLock gate = new ReentrantReadWriteLock();
  private final Set<LocalConnection> connections = ConcurrentHashMap.newKeySet();
  private final Map<NodeId, Outbox> outboxes = new LinkedHashMap<>();
  private final List<Outbox> dirty = new ArrayList<>();
  private volatile Set<NodeId> known = Set.of();
  private volatile PeerAddress listening;
  private volatile boolean open;
  private PeerReceiver peers;
  private ClientReceiver clients;

  LocalTransport(Plugins.Local local, Settings settings, Plugins.Log log, Hub hub) {
    this.local = local;
    this.log = log;
    this.hub = hub;
    this.queueLimit = settings.get(LocalTransportPlugin.QUEUE);
    this.listening = local.listen();
  }

  @Override
  public void start(PeerReceiver peers, ClientReceiver clients) throws TransportException {
    this.peers = peers;
    this.clients = clients;
    listening = hub.bind(local.listen(), this).orElseThrow(() -> new TransportException(
        "node " + local.self() + " cannot listen at " + local.listen()
            + ": another node of this process does; give it another address",
        new BindException("address taken within this process")));
    open = true;
  }

  @Override
  public void peers(Map<NodeId, PeerAddress> addresses) {
    outboxes.keySet().retainAll(addresses.keySet());
    addresses.forEach((id, address) -> {
      if (!id.equals(local.self())) {
        outboxes.computeIfAbsent(id, i -> new Outbox(i, address, queueLimit)).moved(address);
      }
    });
    known = Set.copyOf(outboxes.keySet());
  }

  @Override
  public void send(NodeId to, Message message) {
    Outbox outbox = outboxes.get(to);
    if (outbox != null && outbox.add(message)) {
      dirty.add(outbox);
    }
  }

  @Override
  public void flush() {
    for (Outbox outbox : dirty) {
      deliver(outbox);
      outbox.queued().clear();
    }
    dirty.clear();
  }

  private void deliver(Outbox outbox) {
    LocalTransport target = hub.at(outbox.address());
    if (target == null || !open || !outboxes.containsKey(outbox.peer())) {
      return;
    }
    String refusal = refusal(outbox, target);
    if (refusal.isEmpty()) {
      target.take(local.self(), outbox.queued());
    }
    if (outbox.isNews(refusal)) {
      log.warn("node " + local.self() + " is refused at " + outbox.address() + ": " + refusal);
      target.log.warn("node " + target.local.self() + " refuses "
          + local.self() + ": " + refusal);
    }
  }

  private String refusal(Outbox outbox, LocalTransport target) {
    if (!target.local.cluster().equals(local.cluster())) {
      return otherCluster(target.local.cluster(), local.cluster());
    }
    if (!target.local.self().equals(outbox.peer())) {
      return target.local.self() + " listens there, not " + outbox.peer();
    }
    if (!target.known.contains(local.self())) {
      return local.self() + " is not a peer of " + target.local.self();
    }
    return "";
  }

  private static String otherCluster(String here, String there) {
    return "it belongs to cluster '" + here + "', the caller to cluster '" + there + "'";
  }

  private void take(NodeId from, List<Message> messages) {
    gate.readLock().lock();
    try {
      for (int i = 0; open && i < messages.size(); i++) {
        peers.onMessage(from, messages.get(i));
      }
    } finally {
      gate.readLock().unlock();
    }
  }

  /** Why a client of that cluster is not taken; empty when it is. */
  String refusesClient(String cluster) {
    if (cluster.equals(local.cluster())) {
      return "";
    }
    String refusal = otherCluster(local.cluster(), cluster);
    log.warn("node " + local.self() + " refuses a client: " + refusal);
    return refusal;
  }

  void joined(LocalConnection connection) {
    connections.add(connection);
    if (!open) {
      connection.close();
    }
  }

  void take(ClientReceiver.ClientLink client, ClientMessage message) {
    gate.readLock().lock();
    try {
      if (open) {
        clients.onClientMessage(client, message);
      }
    } finally {
      gate.readLock().unlock();
    }
  }

  void left(LocalConnection connection) {
    connections.remove(connection);
    gate.readLock().lock();
    try {
      if (open) {
        clients.onClientClosed(connection.nodeEnd());
      }
    } finally {
      gate.readLock().unlock();
    }
  }

  @Override
  public PeerAddress listening() {
    return listening;
  }

  @Override
  public void close() {
    hub.release(listening, this);
    connections.forEach(LocalConnection::close);
    gate.writeLock().lock();
    try {
      open = false;
    } finally {
      gate.writeLock().unlock();
    }
    // One that joined meanwhile either saw the closed door itself or is closed here.
    connections.forEach(LocalConnection::close);
  }
}
