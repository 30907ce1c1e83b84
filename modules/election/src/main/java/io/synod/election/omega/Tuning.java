package io.synod.election.omega;

import io.synod.api.plugin.Settings;

/**
 * The settings in nanoseconds.
 *
 * @param byMajority whether a leader must be confirmed by a majority
 */
record Tuning(long heartbeat, long timeout, long cap, long calm, boolean byMajority) {
  static final String MAJORITY = "majority";
  static final String SELF = "self";

  /** Silence is looked at this often per heartbeat, which bounds how late it is noticed. */
  static final int TICKS_PER_HEARTBEAT = 4;

  static Tuning of(Settings settings) {
    return new Tuning(
        settings.nanos(OmegaPlugin.HEARTBEAT),
        settings.nanos(OmegaPlugin.TIMEOUT),
        settings.nanos(OmegaPlugin.CAP),
        settings.nanos(OmegaPlugin.CALM),
        settings.get(OmegaPlugin.CONFIRM).equals(MAJORITY));
  }

  long tick() {
    return heartbeat / TICKS_PER_HEARTBEAT;
  }

  /** How long a process trusts itself without being confirmed before it gives way. */
  long vain() {
    return 2 * timeout;
  }
}
