package io.synod.client;

import io.synod.api.plugin.Settings;

/** The settings in the form in which the client's thread uses them; times in nanoseconds. */
record Limits(
    long attempt, long connect, long ping, long silence, long backoffLeast, long backoffMost,
    long batchBytes) {
  static Limits of(Settings settings) {
    return new Limits(
        settings.nanos(ClientSettings.ATTEMPT_TIMEOUT),
        settings.nanos(ClientSettings.CONNECT_TIMEOUT),
        settings.nanos(ClientSettings.PING_INTERVAL),
        settings.nanos(ClientSettings.SILENCE_TIMEOUT),
        settings.nanos(ClientSettings.BACKOFF_LEAST),
        settings.nanos(ClientSettings.BACKOFF_MOST),
        settings.get(ClientSettings.BATCH_BYTES));
  }
}
