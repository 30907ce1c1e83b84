package io.synod.runtime.node;

import io.synod.api.message.Message;
import io.synod.api.model.NodeId;
import io.synod.api.transport.ClientReceiver;
import io.synod.api.transport.PeerAddress;
import io.synod.api.transport.Transport;
import io.synod.api.transport.TransportException;
import java.util.Map;

/** The transport for nodes, and the stand-ins for acceptors that are none. */
final class Routes implements Transport {
  private final Transport nodes;
  private PassiveStores passives;

  Routes(Transport nodes) {
    this.nodes = nodes;
  }

  /** Once these are there. */
  void passives(PassiveStores those) {
    passives = those;
  }

  @Override
  public void start(PeerReceiver peers, ClientReceiver clients) throws TransportException {
    nodes.start(peers, clients);
  }

  @Override
  public void peers(Map<NodeId, PeerAddress> addresses) {
    nodes.peers(addresses);
  }

  @Override
  public void send(NodeId to, Message message) {
    if (passives == null || !passives.take(to, message)) {
      nodes.send(to, message);
    }
  }

  @Override
  public void flush() {
    nodes.flush();
  }

  @Override
  public PeerAddress listening() {
    return nodes.listening();
  }

  @Override
  public void close() {
    nodes.close();
  }
}
