package io.synod.transport.local;

import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Setting;
import io.synod.api.plugin.Settings;
import io.synod.api.transport.ClientTransport;
import io.synod.api.transport.MessageCodec;
import io.synod.api.transport.Transport;
import java.util.List;
import java.util.function.Supplier;

/** The transport {@code local}: nodes and clients of one process. Uses no codec. */
public final class LocalTransportPlugin implements Plugins.TransportPlugin {
  static final Setting<Integer> QUEUE = Setting.integer(
      "synod.transport.local.queue", 65_536, 1, 100_000_000,
      "messages queued for one peer within a turn of the loop before more are dropped");
  static final Setting<Integer> CLIENT_QUEUE = Setting.integer(
      "synod.transport.local.client-queue", 1_048_576, 1, 100_000_000,
      "answers waiting for one client that does not take them before it is cut off");

  @Override
  public String name() {
    return "local";
  }

  @Override
  public String meaning() {
    return "messages between nodes of one process, handed over as objects";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(QUEUE, CLIENT_QUEUE);
  }

  @Override
  public Transport node(
      Plugins.Local local, Supplier<MessageCodec> codecs, Settings settings, Plugins.Log log) {
    return new LocalTransport(local, settings, log, Hub.OF_THIS_PROCESS);
  }

  @Override
  public ClientTransport client(
      String cluster, Supplier<MessageCodec> codecs, Settings settings) {
    return new LocalClientTransport(cluster, settings, Hub.OF_THIS_PROCESS);
  }
}
