package io.synod.election.omega;

import io.synod.api.plugin.Setting;
import io.synod.api.plugin.Settings;
import java.time.Duration;
import java.util.List;

/**
 * The times in nanoseconds, and the rules.
 *
 * @param cap no time-out is lengthened beyond this
 * @param calm trust after which a lengthened time-out goes back by one step
 */
record Tuning(long heartbeat, long timeout, long cap, long calm, Rules rules) {
  static final String MAJORITY = "majority";
  static final String SELF = "self";

  /** Silence is looked at this often per heartbeat, which bounds how late it is noticed. */
  static final int TICKS_PER_HEARTBEAT = 4;

  private static final int BEATS_PER_TIMEOUT = 3;

  /** Time-outs that are lengthened up to a cap, and come back. */
  static Tuning bounded(Settings settings, Rules rules) {
    return new Tuning(
        settings.nanos(OmegaPlugin.HEARTBEAT), settings.nanos(OmegaPlugin.TIMEOUT),
        settings.nanos(OmegaPlugin.CAP), settings.nanos(OmegaPlugin.CALM), rules);
  }

  /** Time-outs that are lengthened each time they prove wrong, for ever (figure 28, line 19). */
  static Tuning growing(Settings settings, Rules rules) {
    return new Tuning(
        settings.nanos(OmegaPlugin.HEARTBEAT), settings.nanos(OmegaPlugin.TIMEOUT),
        Long.MAX_VALUE / 2, Long.MAX_VALUE, rules);
  }

  /** One time-out for all, never changed. */
  static Tuning constant(Settings settings, Setting<Duration> timeout, Rules rules) {
    long nanos = settings.nanos(timeout);
    return new Tuning(
        settings.nanos(OmegaPlugin.HEARTBEAT), nanos, nanos, Long.MAX_VALUE, rules);
  }

  /** Why signs of life would come too seldom for that time-out. */
  static List<String> contradictions(Settings settings, Setting<Duration> timeout) {
    Duration heartbeat = settings.get(OmegaPlugin.HEARTBEAT);
    Duration least = heartbeat.multipliedBy(BEATS_PER_TIMEOUT);
    return settings.get(timeout).compareTo(least) >= 0 ? List.of() : List.of(
        text(settings, timeout) + " is less than " + BEATS_PER_TIMEOUT + " times "
            + text(settings, OmegaPlugin.HEARTBEAT)
            + ": one lost message would depose a healthy leader");
  }

  static String text(Settings settings, Setting<Duration> setting) {
    return setting.key() + " = " + settings.get(setting).toMillis() + "ms";
  }

  long tick() {
    return heartbeat / TICKS_PER_HEARTBEAT;
  }

  /** How long a process trusts itself without being confirmed before it gives way. */
  long vain() {
    return 2 * timeout;
  }
}
