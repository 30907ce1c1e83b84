package io.synod.transport.netty;

import io.synod.api.plugin.Settings;

/** The settings of a transport as plain numbers. */
record Limits(
    int maxConnections, int maxFrame, long peerQueue, int clientQueue, int connectMillis,
    long handshakeMillis, long reconnectMinMillis, long reconnectMaxMillis, long pingMillis,
    int silentPings) {
  static Limits of(Settings settings) {
    long ping = settings.get(Keys.PING_INTERVAL).toMillis();
    long idle = settings.get(Keys.IDLE_TIMEOUT).toMillis();
    return new Limits(
        settings.get(Keys.MAX_CONNECTIONS), (int) (long) settings.get(Keys.MAX_FRAME),
        settings.get(Keys.PEER_QUEUE), (int) (long) settings.get(Keys.CLIENT_QUEUE),
        (int) settings.get(Keys.CONNECT_TIMEOUT).toMillis(),
        settings.get(Keys.HANDSHAKE_TIMEOUT).toMillis(),
        settings.get(Keys.RECONNECT_MIN).toMillis(), settings.get(Keys.RECONNECT_MAX).toMillis(),
        ping, (int) Math.max(1, idle / ping));
  }
}
