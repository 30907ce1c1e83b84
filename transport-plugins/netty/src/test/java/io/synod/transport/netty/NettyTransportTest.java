package io.synod.transport.netty;

import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.testkit.contract.TransportContract;

class NettyTransportTest extends TransportContract {
  @Override
  protected Plugins.TransportPlugin plugin() {
    return new NettyTransportPlugin();
  }

  @Override
  protected Settings smallQueue(int messages, int bytes) {
    return Settings.DEFAULTS.with(Keys.PEER_QUEUE, (long) messages * bytes);
  }
}
