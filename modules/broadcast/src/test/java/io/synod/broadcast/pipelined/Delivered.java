package io.synod.broadcast.pipelined;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.broadcast.TotalOrderBroadcast;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Takes deliveries; refuses gaps and copies. */
final class Delivered implements TotalOrderBroadcast.Delivery {
  private final List<Value> values = new ArrayList<>();
  private final List<InstanceId> installed = new ArrayList<>();
  private final Map<Era, Configuration> activated = new TreeMap<>();
  private InstanceId last;

  Delivered(InstanceId last) {
    this.last = last;
  }

  List<Value> values() {
    return values;
  }

  Map<Era, Configuration> activated() {
    return activated;
  }

  List<InstanceId> installed() {
    return installed;
  }

  @Override
  public void deliver(InstanceId instance, Value value) {
    assertThat(instance).as("in order, without gaps, once").isEqualTo(last.next());
    last = instance;
    values.add(value);
  }

  @Override
  public void eraActive(Era era, Configuration configuration) {
    activated.put(era, configuration);
  }

  @Override
  public void asks(Configuration configuration) {}

  @Override
  public void install(InstanceId upTo) {
    last = upTo;
    installed.add(upTo);
  }
}
