package io.synod.transport.netty;

import io.synod.api.plugin.Plugins;
import io.synod.testkit.contract.ClientTransportContract;

class NettyClientTransportTest extends ClientTransportContract {
  @Override
  protected Plugins.TransportPlugin plugin() {
    return new NettyTransportPlugin();
  }
}
