package io.synod.register.lease;

import io.synod.api.plugin.Setting;
import io.synod.api.plugin.Settings;
import io.synod.link.Drift;
import java.time.Duration;
import java.util.List;

/** Keys of read leases. */
public final class LeaseSettings {
  /** How long an acceptor keeps others out. */
  public static final Setting<Duration> DURATION = Setting.duration(
      "synod.lease.duration", Duration.ofMillis(500), Duration.ZERO, Duration.ofMinutes(1),
      "how long a read lease keeps other leaders out; an acceptor that restarts waits as long."
          + " The same on all nodes, lowered only while none serves LEASE reads; 0s: no leases");

  /** How wrong the rate of a clock may be. */
  public static final Setting<Integer> DRIFT = Drift.BOUND;

  private LeaseSettings() {}

  /** All of them. */
  public static List<Setting<?>> all() {
    return List.of(DURATION, DRIFT);
  }

  /** How long a leader may rely on a grant, from the sending of its request: see the package. */
  public static long usableNanos(Settings settings) {
    return Drift.usable(settings.nanos(DURATION), settings);
  }
}
