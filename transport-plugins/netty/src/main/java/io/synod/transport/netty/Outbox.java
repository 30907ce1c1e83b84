package io.synod.transport.netty;

import io.synod.api.model.NodeId;

/** What the node's loop has queued for one peer in this turn. Loop thread only. */
final class Outbox {
  private final NodeId peer;
  private final PeerLine line;
  private Batch batch;

  Outbox(NodeId peer, PeerLine line) {
    this.peer = peer;
    this.line = line;
  }

  NodeId peer() {
    return peer;
  }

  PeerLine line() {
    return line;
  }

  /** A single message may exceed the bound of an empty queue: else it could never be sent. */
  boolean hasRoomFor(int size, long bound) {
    long waiting = line.waiting().get();
    return waiting == 0 || waiting + size + Integer.BYTES <= bound;
  }

  /** Adds the encoder's current message; whether it is the first of this turn. */
  boolean add(TurnEncoder encoder) {
    boolean first = batch == null;
    if (first) {
      batch = new Batch();
    }
    long before = batch.size();
    encoder.addTo(batch);
    line.waiting().addAndGet(batch.size() - before);
    return first;
  }

  Batch take() {
    Batch taken = batch;
    batch = null;
    return taken;
  }
}
