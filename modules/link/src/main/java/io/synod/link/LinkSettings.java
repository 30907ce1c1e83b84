package io.synod.link;

import io.synod.api.plugin.Setting;
import java.time.Duration;

/** The paces of {@link Retransmission}, for whoever sends requests. */
public final class LinkSettings {
  /** How long to wait for an answer before asking again. */
  public static final Setting<Duration> RESEND = Setting.duration(
      "synod.link.resend", Duration.ofMillis(150), Duration.ofMillis(1), Duration.ofMinutes(1),
      "silence after which a request is sent again; doubles while nothing comes back");

  /** The longest wait between two resends. */
  public static final Setting<Duration> RESEND_MOST = Setting.duration(
      "synod.link.resend-most", Duration.ofSeconds(2), Duration.ofMillis(1),
      Duration.ofMinutes(10), "longest time between two resends of a request");

  private LinkSettings() {}
}
