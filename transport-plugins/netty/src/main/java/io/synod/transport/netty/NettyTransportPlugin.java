package io.synod.transport.netty;

import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Setting;
import io.synod.api.plugin.Settings;
import io.synod.api.transport.ClientTransport;
import io.synod.api.transport.MessageCodec;
import io.synod.api.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The transport {@code netty}: TCP between nodes and from clients, over one port. */
public final class NettyTransportPlugin implements Plugins.TransportPlugin {
  @Override
  public String name() {
    return "netty";
  }

  @Override
  public String meaning() {
    return "TCP, one connection per direction, clients and peers over one port";
  }

  @Override
  public List<Setting<?>> settings() {
    return Keys.all();
  }

  @Override
  public List<String> contradictions(Settings settings) {
    List<String> found = new ArrayList<>();
    notAbove(settings, Keys.RECONNECT_MIN, Keys.RECONNECT_MAX, 1, found);
    notAbove(settings, Keys.PING_INTERVAL, Keys.IDLE_TIMEOUT, 2, found);
    return found;
  }

  private static void notAbove(
      Settings settings, Setting<Duration> low, Setting<Duration> high, int times,
      List<String> found) {
    long least = settings.get(low).toMillis() * times;
    long most = settings.get(high).toMillis();
    if (least > most) {
      found.add(high.key() + " = " + most + "ms must be at least " + least + "ms, which is "
          + (times == 1 ? "" : times + " times ") + low.key());
    }
  }

  @Override
  public Transport node(
      Plugins.Local local, Supplier<MessageCodec> codecs, Settings settings, Plugins.Log log) {
    return new NettyTransport(local, codecs, settings, log);
  }

  @Override
  public ClientTransport client(
      String cluster, Supplier<MessageCodec> codecs, Settings settings) {
    return new NettyClientTransport(cluster, codecs, settings);
  }
}
