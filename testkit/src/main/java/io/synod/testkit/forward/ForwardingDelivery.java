package io.synod.testkit.forward;

import io.synod.api.broadcast.TotalOrderBroadcast.Delivery;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Value;

/** Passes every delivery on; to be overridden in part. */
public abstract class ForwardingDelivery implements Delivery {
  protected final Delivery inner;

  /** In front of {@code inner}. */
  protected ForwardingDelivery(Delivery inner) {
    this.inner = inner;
  }

  @Override
  public void deliver(InstanceId instance, Value value) {
    inner.deliver(instance, value);
  }

  @Override
  public void install(InstanceId last) {
    inner.install(last);
  }

  @Override
  public void eraActive(Era era, Configuration configuration) {
    inner.eraActive(era, configuration);
  }

  @Override
  public void asks(Configuration configuration) {
    inner.asks(configuration);
  }
}
