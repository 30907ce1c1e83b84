package io.synod.client;

import io.synod.api.message.ClientMessage;
import io.synod.api.model.InstanceId;
import io.synod.api.replication.ReadMode;
import io.synod.api.replication.ReadOutcome;

/** A read on its way. */
final class PendingRead extends Pending<ReadOutcome> {
  private final ReadMode mode;
  private final InstanceId minIndex;
  private final byte[] query;
  private boolean onItsWay;
  private long sentAt;

  PendingRead(ReadMode mode, InstanceId minIndex, byte[] query, long deadline) {
    super(deadline);
    this.mode = mode;
    this.minIndex = minIndex;
    this.query = query;
  }

  @Override
  void deliver(ClientCore core, long now) {
    core.read(this);
  }

  @Override
  void refuseAsClosed(ClientCore core) {
    core.settle(this, new ReadOutcome.Unavailable(ClientCore.CLOSED));
  }

  int size() {
    return query.length;
  }

  boolean onItsWay() {
    return onItsWay;
  }

  long sentAt() {
    return sentAt;
  }

  void sendAgain() {
    onItsWay = false;
  }

  ClientMessage.Query send(long request, long now) {
    onItsWay = true;
    sentAt = now;
    return new ClientMessage.Query(request, mode, minIndex, query);
  }
}
