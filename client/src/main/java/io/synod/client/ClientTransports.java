package io.synod.client;

import io.synod.api.plugin.Plugin;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.api.transport.ClientTransport;
import io.synod.codec.KryoCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Opens transports by name, for programs whose clients share one and its threads. */
public final class ClientTransports {
  private ClientTransports() {}

  /** The client's end of a transport plugin of the class path; an unknown name is refused. */
  public static ClientTransport open(String name, String cluster, Settings settings) {
    List<String> known = new ArrayList<>();
    for (Plugin plugin : ServiceLoader.load(Plugin.class)) {
      if (plugin instanceof Plugins.TransportPlugin transport) {
        if (transport.name().equals(name)) {
          return transport.client(cluster, KryoCodec::new, settings);
        }
        known.add(transport.name());
      }
    }
    throw new IllegalArgumentException(
        "no transport '" + name + "' on the class path; there are " + known);
  }
}
