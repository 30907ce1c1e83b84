package io.synod.server.resp;

import io.synod.api.plugin.Settings;
import io.synod.server.ServerSettings;
import java.nio.charset.StandardCharsets;

/** The limits of the RESP port, read once. */
record RespConfig(
    int threads, int maxConnections, long maxRequest, int maxOutstanding, long maxOutput,
    long timeoutNanos, long stallNanos, long idleNanos, byte[] password) {
  static RespConfig of(Settings settings) {
    return new RespConfig(
        settings.get(ServerSettings.RESP_THREADS),
        settings.get(ServerSettings.RESP_MAX_CONNECTIONS),
        settings.get(ServerSettings.RESP_MAX_REQUEST),
        settings.get(ServerSettings.RESP_MAX_OUTSTANDING),
        settings.get(ServerSettings.RESP_MAX_OUTPUT),
        settings.nanos(ServerSettings.RESP_TIMEOUT),
        settings.nanos(ServerSettings.RESP_STALL_TIMEOUT),
        settings.nanos(ServerSettings.RESP_IDLE_TIMEOUT),
        settings.get(ServerSettings.RESP_PASSWORD).getBytes(StandardCharsets.UTF_8));
  }
}
