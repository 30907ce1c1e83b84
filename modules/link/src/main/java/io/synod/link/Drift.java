package io.synod.link;

import io.synod.api.plugin.Setting;
import io.synod.api.plugin.Settings;

/** How wrong clocks may be, and what that leaves of a lease. Pure. */
public final class Drift {
  /** How wrong the rate of a clock may be. */
  public static final Setting<Integer> BOUND = Setting.integer(
      "synod.lease.drift", 5, 0, 50,
      "percent by which any node's monotonic clock may run too fast or too slow; beyond it LEASE"
          + " reads may be stale, and two nodes may hold the lease of an election");

  private static final int PERCENT = 100;

  private Drift() {}

  /**
   * How long the holder may rely on a lease that was granted for {@code nanos}, on its own clock
   * and from the sending of its request: nanos (1 - d) / (1 + d), so that it stops first though
   * its clock is slow and the granter's fast.
   */
  public static long usable(long nanos, Settings settings) {
    int drift = settings.get(BOUND);
    // Divided first: rounding down is on the safe side, and nothing overflows.
    return nanos / (PERCENT + drift) * (PERCENT - drift);
  }
}
