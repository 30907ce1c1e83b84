package io.synod.testkit.forward;

import io.synod.api.broadcast.TotalOrderBroadcast;
import io.synod.api.message.BroadcastMessage;
import io.synod.api.model.Ballot;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.Reconfigure;
import io.synod.api.storage.DurableRecord;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/** Passes every call to total order broadcast on; to be overridden in part. */
public abstract class ForwardingBroadcast implements TotalOrderBroadcast {
  protected final TotalOrderBroadcast inner;

  /** In front of {@code inner}. */
  protected ForwardingBroadcast(TotalOrderBroadcast inner) {
    this.inner = inner;
  }

  @Override
  public Admission broadcast(byte[] message) {
    return inner.broadcast(message);
  }

  @Override
  public void onDeliver(Delivery delivery) {
    inner.onDeliver(delivery);
  }

  @Override
  public void onDeposed(Runnable listener) {
    inner.onDeposed(listener);
  }

  @Override
  public void lead(boolean leading) {
    inner.lead(leading);
  }

  @Override
  public boolean leading() {
    return inner.leading();
  }

  @Override
  public InstanceId decided() {
    return inner.decided();
  }

  @Override
  public InstanceId delivered() {
    return inner.delivered();
  }

  @Override
  public InstanceId retained() {
    return inner.retained();
  }

  @Override
  public void recover(DurableRecord record) {
    inner.recover(record);
  }

  @Override
  public void start(InstanceId snapshot) {
    inner.start(snapshot);
  }

  @Override
  public void markDecided() {
    inner.markDecided();
  }

  @Override
  public void snapshotTaken(InstanceId last) {
    inner.snapshotTaken(last);
  }

  @Override
  public void onMessage(NodeId from, BroadcastMessage message) {
    inner.onMessage(from, message);
  }

  @Override
  public void onDecisions(NodeId from, Ballot ballot, InstanceId decided) {
    inner.onDecisions(from, ballot, decided);
  }

  @Override
  public void readIndex(LongConsumer then) {
    inner.readIndex(then);
  }

  @Override
  public void endOfTurn() {
    inner.endOfTurn();
  }

  @Override
  public Admission reconfigure(Reconfigure change) {
    return inner.reconfigure(change);
  }

  @Override
  public void reportTo(NodeId node) {
    inner.reportTo(node);
  }

  @Override
  public void report() {
    inner.report();
  }

  @Override
  public Optional<BroadcastMessage.Progress> standing(NodeId peer) {
    return inner.standing(peer);
  }

  @Override
  public OptionalLong silence(NodeId peer) {
    return inner.silence(peer);
  }

  @Override
  public void invite(NodeId node, boolean invited) {
    inner.invite(node, invited);
  }

  @Override
  public Ballot decidedIn() {
    return inner.decidedIn();
  }

  @Override
  public void leaseIndex(LongConsumer then) {
    inner.leaseIndex(then);
  }
}
