package io.synod.testkit.sim;

import io.synod.api.broadcast.TotalOrderBroadcast;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Value;
import io.synod.testkit.forward.ForwardingBroadcast;
import io.synod.testkit.forward.ForwardingDelivery;

/** Shows every delivery to the oracles; otherwise the broadcast underneath. */
final class ObservedBroadcast extends ForwardingBroadcast {
  private final NodeWorld world;

  ObservedBroadcast(TotalOrderBroadcast inner, NodeWorld world) {
    super(inner);
    this.world = world;
  }

  @Override
  public void onDeliver(Delivery delivery) {
    inner.onDeliver(new ForwardingDelivery(delivery) {
      @Override
      public void deliver(InstanceId instance, Value value) {
        world.observer().delivered(world.life(), instance, value);
        inner.deliver(instance, value);
      }

      @Override
      public void install(InstanceId last) {
        world.observer().installed(world.life(), last);
        inner.install(last);
      }
    });
  }

  @Override
  public void start(InstanceId snapshot) {
    world.observer().restored(world.life(), snapshot);
    inner.start(snapshot);
  }
}
