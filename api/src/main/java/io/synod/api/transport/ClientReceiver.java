package io.synod.api.transport;

import io.synod.api.message.ClientMessage;

/** Takes what clients send to this node; called on threads of the transport. */
public interface ClientReceiver {
  /** A message of a client; must not block. Answers go to {@code client}, from any thread. */
  void onClientMessage(ClientLink client, ClientMessage message);

  /** The client is gone; nothing more will come from it. */
  void onClientClosed(ClientLink client);

  /** The node's end, or the client's end, of one client connection. */
  interface ClientLink {
    /** Sends in order; dropped when the connection is closed. Never blocks, any thread. */
    void send(ClientMessage message);

    /** Closes this connection only. */
    void close();
  }
}
