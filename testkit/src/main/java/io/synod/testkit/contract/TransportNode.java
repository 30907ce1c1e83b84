package io.synod.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.message.ClientMessage;
import io.synod.api.message.Message;
import io.synod.api.message.ReplicationMessage.ReadIndex;
import io.synod.api.model.Incarnation;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.api.transport.ClientReceiver;
import io.synod.api.transport.PeerAddress;
import io.synod.api.transport.Transport;
import io.synod.api.transport.TransportException;
import io.synod.codec.KryoCodec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A transport under test with recorders for everything that it reports. The thread of the test
 * plays the node's loop.
 */
public final class TransportNode implements AutoCloseable {
  /** How long anything may take before a test gives up. */
  public static final long PATIENCE_SECONDS = 20;

  private static final int RETRY_MILLIS = 20;

  private final NodeId id;
  private final Transport transport;
  private final Map<NodeId, PeerAddress> peers = new LinkedHashMap<>();
  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private final BlockingDeque<String> lines = new LinkedBlockingDeque<>();
  private final ClientRecorder clients = new ClientRecorder();

  /** A message and who sent it. */
  public record Received(NodeId from, Message message) {}

  /** What happened on a client connection; the message is null when it closed. */
  public record ClientEvent(ClientReceiver.ClientLink link, ClientMessage message) {}

  private TransportNode(
      Plugins.TransportPlugin plugin, String cluster, String name, PeerAddress listen,
      Settings settings) {
    id = NodeId.of(name);
    transport = plugin.node(
        new Plugins.Local(cluster, id, new Incarnation(name.hashCode()), listen),
        KryoCodec::new, settings, lines::add);
  }

  /** Starts a node's end; it has no peers yet. */
  public static TransportNode start(
      Plugins.TransportPlugin plugin, String cluster, String name, PeerAddress listen,
      Settings settings) throws TransportException {
    TransportNode node = new TransportNode(plugin, cluster, name, listen, settings);
    try {
      node.transport.start((from, m) -> node.received.add(new Received(from, m)), node.clients);
    } catch (TransportException e) {
      node.close();
      throw e;
    }
    return node;
  }

  /** Its id. */
  public NodeId id() {
    return id;
  }

  /** Where it listens. */
  public PeerAddress address() {
    return transport.listening();
  }

  /** Makes {@code other} a peer, where it listens now. */
  public void knows(TransportNode other) {
    knows(other.id(), other.address());
  }

  /** Makes {@code peer} a peer at {@code address}. */
  public void knows(NodeId peer, PeerAddress address) {
    peers.put(peer, address);
    transport.peers(peers);
  }

  /** Takes a peer away. */
  public void forgets(NodeId peer) {
    peers.remove(peer);
    transport.peers(peers);
  }

  /** Queues without flushing. */
  public void queue(NodeId to, Message message) {
    transport.send(to, message);
  }

  /** Ends the turn. */
  public void flush() {
    transport.flush();
  }

  /** A turn with one message. */
  public void send(NodeId to, Message message) {
    queue(to, message);
    flush();
  }

  /** Sends marked messages until one arrives, then takes all of that mark away again. */
  public void reaches(TransportNode other, long mark) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    Received arrived = null;
    while (arrived == null) {
      assertThat(System.nanoTime()).as("%s reaches %s; it says %s", id, other.id, lines)
          .isLessThan(deadline);
      send(other.id, new ReadIndex(mark));
      arrived = other.received.poll(RETRY_MILLIS, TimeUnit.MILLISECONDS);
      while (arrived != null && !arrived.equals(new Received(id, new ReadIndex(mark)))) {
        arrived = other.received.poll();
      }
    }
    // What was sent twice is told from what follows by a second mark, sent once.
    send(other.id, new ReadIndex(-mark));
    other.awaits(r -> r.equals(new Received(id, new ReadIndex(-mark))));
  }

  /** The next message; fails when none comes. */
  public Received next() throws InterruptedException {
    Received next = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(next).as("a message for %s; it says %s", id, lines).isNotNull();
    return next;
  }

  /** Takes messages until one fits; answers the others. */
  public List<Received> awaits(Predicate<Received> fits) throws InterruptedException {
    List<Received> before = new ArrayList<>();
    for (Received next = next(); !fits.test(next); next = next()) {
      before.add(next);
    }
    return before;
  }

  /** What has arrived so far and was not taken. */
  public List<Received> arrived() {
    return List.copyOf(received);
  }

  /** Waits for a log line that contains all parts. */
  public String says(String... parts) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    List<String> others = new ArrayList<>();
    while (true) {
      String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      assertThat(line).as("a line of %s with %s; it says %s", id, List.of(parts), others)
          .isNotNull();
      if (List.of(parts).stream().allMatch(line::contains)) {
        return line;
      }
      others.add(line);
    }
  }

  /** Sends until both have said something, which the caller then looks at. */
  public void sendsUntilBothSpeak(TransportNode other) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    boolean both = false;
    while (!both) {
      assertThat(System.nanoTime()).as("%s says %s, %s says %s", id, lines, other.id, other.lines)
          .isLessThan(deadline);
      send(other.id, new ReadIndex(1));
      both = speaks() && other.speaks();
    }
  }

  private boolean speaks() throws InterruptedException {
    String line = lines.poll(RETRY_MILLIS, TimeUnit.MILLISECONDS);
    if (line != null) {
      lines.addFirst(line);
    }
    return line != null;
  }

  /** The log lines so far that were not taken. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** The next event of any client. */
  public ClientEvent nextClientEvent() throws InterruptedException {
    ClientEvent next = clients.events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(next).as("a client's event at %s; it says %s", id, lines).isNotNull();
    return next;
  }

  @Override
  public void close() {
    transport.close();
  }

  private static final class ClientRecorder implements ClientReceiver {
    private final BlockingQueue<ClientEvent> events = new LinkedBlockingQueue<>();

    @Override
    public void onClientMessage(ClientLink client, ClientMessage message) {
      events.add(new ClientEvent(client, message));
    }

    @Override
    public void onClientClosed(ClientLink client) {
      events.add(new ClientEvent(client, null));
    }
  }
}
