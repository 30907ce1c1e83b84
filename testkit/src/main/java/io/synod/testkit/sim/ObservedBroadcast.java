package io.synod.testkit.sim;

import io.synod.api.broadcast.TotalOrderBroadcast;
import io.synod.api.message.BroadcastMessage;
import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.Reconfigure;
import io.synod.api.model.Value;
import io.synod.api.storage.DurableRecord;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Shows every delivery to the oracles; otherwise the broadcast underneath. */
record ObservedBroadcast(TotalOrderBroadcast inner, NodeWorld world)
    implements TotalOrderBroadcast {
  @Override
  public Admission broadcast(byte[] message) {
    return inner.broadcast(message);
  }

  @Override
  public void onDeliver(Delivery delivery) {
    inner.onDeliver(new Delivery() {
      @Override
      public void deliver(InstanceId instance, Value value) {
        world.observer().delivered(world.life(), instance, value);
        delivery.deliver(instance, value);
      }

      @Override
      public void install(InstanceId last) {
        world.observer().installed(world.life(), last);
        delivery.install(last);
      }

      @Override
      public void eraActive(Era era, Configuration configuration) {
        delivery.eraActive(era, configuration);
      }
    });
  }

  @Override
  public Admission reconfigure(Reconfigure change) {
    return inner.reconfigure(change);
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
  public void invite(NodeId node, boolean invited) {
    inner.invite(node, invited);
  }

  @Override
  public Ballot decidedIn() {
    return inner.decidedIn();
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
    world.observer().restored(world.life(), snapshot);
    inner.start(snapshot);
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
  public void onDeposed(Runnable listener) {
    inner.onDeposed(listener);
  }

  @Override
  public void markDecided() {
    inner.markDecided();
  }

  @Override
  public void readIndex(LongConsumer then) {
    inner.readIndex(then);
  }

  @Override
  public void leaseIndex(LongConsumer then) {
    inner.leaseIndex(then);
  }

  @Override
  public void endOfTurn() {
    inner.endOfTurn();
  }
}
