package io.synod.transport.netty;

import io.synod.api.plugin.Setting;
import java.time.Duration;
import java.util.List;

/** The configuration keys of this transport; some are those of any transport with frames. */
public final class Keys {
  private static final int KB = 1024;
  private static final int MB = 1024 * KB;
  private static final long GB = 1024L * MB;

  static final Setting<Integer> THREADS = Setting.integer(
      "synod.transport.netty.threads", 1, 1, 64, "threads for the sockets of one node");
  static final Setting<Integer> MAX_CONNECTIONS = Setting.integer(
      "synod.transport.max-connections", 4096, 1, 1_000_000,
      "client connections a node keeps open; as many again may be in their handshake");
  /** The longest message. */
  public static final Setting<Long> MAX_FRAME = Setting.bytes(
      "synod.transport.max-frame", 64L * MB, 4L * KB, GB,
      "largest message sent or taken; a connection that announces more is closed");
  /** The bound of what waits for a peer. */
  public static final Setting<Long> PEER_QUEUE = Setting.bytes(
      "synod.transport.peer-queue", 64L * MB, 4L * KB, 16 * GB,
      "bytes waiting to be sent to one peer before more are dropped");
  static final Setting<Long> CLIENT_QUEUE = Setting.bytes(
      "synod.transport.client-queue", 64L * MB, 4L * KB, GB,
      "bytes waiting for one client that does not read before it is cut off");
  static final Setting<Duration> CONNECT_TIMEOUT = Setting.duration(
      "synod.transport.connect-timeout", Duration.ofSeconds(2), Duration.ofMillis(10),
      Duration.ofMinutes(5), "how long a connection may take to be made");
  static final Setting<Duration> HANDSHAKE_TIMEOUT = Setting.duration(
      "synod.transport.handshake-timeout", Duration.ofSeconds(5), Duration.ofMillis(10),
      Duration.ofMinutes(5), "how long a new connection may take to say who it is");
  static final Setting<Duration> RECONNECT_MIN = Setting.duration(
      "synod.transport.reconnect-min", Duration.ofMillis(20), Duration.ofMillis(1),
      Duration.ofMinutes(1), "first pause before a lost peer is dialled again; it doubles");
  static final Setting<Duration> RECONNECT_MAX = Setting.duration(
      "synod.transport.reconnect-max", Duration.ofSeconds(1), Duration.ofMillis(1),
      Duration.ofMinutes(10), "longest pause before a lost peer is dialled again");
  static final Setting<Duration> PING_INTERVAL = Setting.duration(
      "synod.transport.ping-interval", Duration.ofMillis(500), Duration.ofMillis(10),
      Duration.ofMinutes(5), "how often each side of a connection shows that it is alive");
  static final Setting<Duration> IDLE_TIMEOUT = Setting.duration(
      "synod.transport.idle-timeout", Duration.ofSeconds(5), Duration.ofMillis(20),
      Duration.ofMinutes(30), "silence after which either side gives a connection up");

  private Keys() {}

  static List<Setting<?>> all() {
    return List.of(
        THREADS, MAX_CONNECTIONS, MAX_FRAME, PEER_QUEUE, CLIENT_QUEUE, CONNECT_TIMEOUT,
        HANDSHAKE_TIMEOUT, RECONNECT_MIN, RECONNECT_MAX, PING_INTERVAL, IDLE_TIMEOUT);
  }
}
