package io.synod.register.set;

import io.synod.api.plugin.Setting;
import io.synod.link.Learning;
import io.synod.link.LinkSettings;
import java.time.Duration;
import java.util.List;

/** Keys of the link and the register. */
public final class RegisterSettings {
  /** How long to wait for an answer before asking again. */
  public static final Setting<Duration> RESEND = LinkSettings.RESEND;

  /** The longest wait between two resends. */
  public static final Setting<Duration> RESEND_MOST = LinkSettings.RESEND_MOST;

  /** Bytes of votes on their way to one acceptor. */
  public static final Setting<Long> STREAM_BYTES = Setting.bytes(
      "synod.link.stream-bytes", 32L << 20, 1L << 10, 1L << 32,
      "unacknowledged bytes to one acceptor beyond which it waits for catch-up");

  private RegisterSettings() {}

  /** All of them. */
  public static List<Setting<?>> all() {
    return List.of(RESEND, RESEND_MOST, STREAM_BYTES, Learning.LEARN);
  }
}
