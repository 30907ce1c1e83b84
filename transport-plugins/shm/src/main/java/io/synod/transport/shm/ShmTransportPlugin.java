package io.synod.transport.shm;

import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Setting;
import io.synod.api.plugin.Settings;
import io.synod.api.transport.ClientTransport;
import io.synod.api.transport.MessageCodec;
import io.synod.api.transport.Transport;
import io.synod.transport.netty.NettyTransportPlugin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The transport {@code shm}: rings in mapped files between nodes, TCP for clients. */
public final class ShmTransportPlugin implements Plugins.TransportPlugin {
  /** Where the rings are; a file system in memory is best. */
  public static final Setting<String> DIRECTORY = Setting.text(
      "synod.transport.shm.directory", "",
      "directory that the nodes of this host share, best in memory; empty: /dev/shm/synod, or"
          + " synod below the directory for temporary files where there is no /dev/shm");

  /** Rounded up to a power of two. */
  public static final Setting<Long> RING = Setting.bytes(
      "synod.transport.shm.ring", 1L << 20, 64L << 10, 1L << 30,
      "bytes of messages under way to one peer; further ones wait in synod.transport.peer-queue");

  /** Trades processor time for latency. */
  public static final Setting<Duration> SLEEP = Setting.duration(
      "synod.transport.shm.sleep", Duration.ofMillis(1), Duration.ZERO, Duration.ofMillis(100),
      "longest pause of a reader that finds nothing; 0s: it never sleeps, which takes a core");

  private final Plugins.TransportPlugin clients = new NettyTransportPlugin();

  /** For the service loader. */
  public ShmTransportPlugin() {}

  @Override
  public String name() {
    return "shm";
  }

  @Override
  public String meaning() {
    return "shared memory between the processes of one host; clients over TCP";
  }

  @Override
  public List<Setting<?>> settings() {
    List<Setting<?>> all = new ArrayList<>(List.of(DIRECTORY, RING, SLEEP));
    all.addAll(clients.settings());
    return all;
  }

  @Override
  public List<String> contradictions(Settings settings) {
    return clients.contradictions(settings);
  }

  @Override
  public Transport node(
      Plugins.Local local, Supplier<MessageCodec> codecs, Settings settings, Plugins.Log log) {
    Transport inner = clients.node(local, codecs, settings, log);
    return new ShmTransport(local, codecs, settings, log, inner);
  }

  @Override
  public ClientTransport client(
      String cluster, Supplier<MessageCodec> codecs, Settings settings) {
    return clients.client(cluster, codecs, settings);
  }
}
