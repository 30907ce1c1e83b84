package io.synod.api.transport;

import io.synod.api.message.ClientMessage;
import java.util.concurrent.CompletionStage;

/** The client's side of a transport: connects to nodes. Any thread; never blocks. */
public interface ClientTransport extends AutoCloseable {
  /**
   * Connects to a node; fails when it cannot be reached or refuses (wrong cluster id, version).
   * The listener is called on threads of the transport.
   */
  CompletionStage<ClientReceiver.ClientLink> connect(PeerAddress node, Listener listener);

  @Override
  void close();

  /** Takes the node's answers. */
  interface Listener {
    /** An answer, in order. */
    void onMessage(ClientMessage message);

    /** The connection is gone; nothing more will come over it. */
    void onClosed();
  }
}
