package io.synod.transport.local;

import io.synod.api.message.Message;
import io.synod.api.model.NodeId;
import io.synod.api.transport.PeerAddress;
import java.util.ArrayList;
import java.util.List;

/** What the loop has queued for one peer in this turn. */
final class Outbox {
  private final NodeId peer;
  private final int limit;
  private final List<Message> queued = new ArrayList<>();
  private PeerAddress address;
  private String lastRefusal = "";

  Outbox(NodeId peer, PeerAddress address, int limit) {
    this.peer = peer;
    this.address = address;
    this.limit = limit;
  }

  NodeId peer() {
    return peer;
  }

  PeerAddress address() {
    return address;
  }

  void moved(PeerAddress to) {
    address = to;
  }

  /** Whether this is the first message of the turn; the newest is dropped when full. */
  boolean add(Message message) {
    if (queued.size() < limit) {
      queued.add(message);
    }
    return queued.size() == 1;
  }

  List<Message> queued() {
    return queued;
  }

  /** Whether this refusal is news; an empty one means that the peer takes messages. */
  boolean isNews(String refusal) {
    boolean news = !refusal.equals(lastRefusal);
    lastRefusal = refusal;
    return news && !refusal.isEmpty();
  }
}
