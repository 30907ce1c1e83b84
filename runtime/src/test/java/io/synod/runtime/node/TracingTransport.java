package io.synod.runtime.node;

import io.synod.api.message.AdmissionMessage;
import io.synod.api.message.Message;
import io.synod.api.model.NodeId;
import io.synod.api.transport.ClientReceiver;
import io.synod.api.transport.PeerAddress;
import io.synod.api.transport.Transport;
import java.util.List;
import java.util.Map;

/** Writes down what it is asked to do. */
final class TracingTransport implements Transport {
  private final List<String> trace;

  TracingTransport(List<String> trace) {
    this.trace = trace;
  }

  @Override
  public void start(PeerReceiver peers, ClientReceiver clients) {}

  @Override
  public void peers(Map<NodeId, PeerAddress> addresses) {}

  @Override
  public void send(NodeId to, Message message) {
    trace.add("send " + to + " " + ((AdmissionMessage.Introduce) message).incarnation().number());
  }

  @Override
  public void flush() {
    trace.add("flush");
  }

  @Override
  public PeerAddress listening() {
    return new PeerAddress("localhost", 1);
  }

  @Override
  public void close() {}
}
