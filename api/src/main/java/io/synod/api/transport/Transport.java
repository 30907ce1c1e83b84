package io.synod.api.transport;

import io.synod.api.message.Message;
import io.synod.api.model.NodeId;
import java.util.Map;

/**
 * Best effort, message oriented: may lose, duplicate and reorder; never blocks, never throws for
 * a peer's sake. Queues per peer are bounded and drop when full. Reliability belongs to the link
 * module above it. {@code send}, {@code flush} and {@code peers} are called on the loop only.
 */
public interface Transport extends AutoCloseable {
  /**
   * Binds and starts to receive; blocks until bound. Throws with a sentence that names the
   * address, for example when the port is in use.
   */
  void start(PeerReceiver peers, ClientReceiver clients) throws TransportException;

  /** Where peers are reached; addresses are resolved anew at each connect. */
  void peers(Map<NodeId, PeerAddress> addresses);

  /** Queues a message; dropped when the peer is unknown, its queue is full or it is away. */
  void send(NodeId to, Message message);

  /** Hands everything queued since the last call to the network; once per loop turn. */
  void flush();

  /** Where this transport listens, with the real port when 0 was asked for. */
  PeerAddress listening();

  /** Closes all connections and threads; returns when nothing more will be delivered. */
  @Override
  void close();

  /** Takes messages of peers; called on threads of the transport, in order per connection. */
  interface PeerReceiver {
    /** Must not block: it only enqueues for the loop. */
    void onMessage(NodeId from, Message message);
  }
}
