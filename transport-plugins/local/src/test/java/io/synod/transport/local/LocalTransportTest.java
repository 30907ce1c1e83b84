package io.synod.transport.local;

import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.testkit.contract.TransportContract;

class LocalTransportTest extends TransportContract {
  @Override
  protected Plugins.TransportPlugin plugin() {
    return new LocalTransportPlugin();
  }

  @Override
  protected Settings smallQueue(int messages, int bytes) {
    return Settings.DEFAULTS.with(LocalTransportPlugin.QUEUE, messages - 1);
  }
}
