package io.synod.testkit.sim;

import io.synod.election.omega.OmegaPlugin;
import io.synod.link.Learning;
import io.synod.quorum.WinterPlugin;
import io.synod.register.lease.LeaseSettings;
import io.synod.register.set.RegisterSettings;
import io.synod.replication.ReplicationSettings;
import java.time.Duration;

/**
 * Draws small limits, so that what is rare in production happens all the time: snapshots every
 * few kilobytes, logs that keep next to nothing, catch-up in small pieces, leases that lapse.
 */
final class SeededSettings {
  private SeededSettings() {}

  static Variant drawn(Variant variant, int nodes, SeededRandom random) {
    Variant drawn = variant;
    if (random.nextBoolean()) {
      drawn = drawn.with(ReplicationSettings.SNAPSHOT_EVERY_BYTES, 4096L << random.nextInt(6));
    }
    if (random.nextBoolean()) {
      drawn = drawn.with("synod.broadcast.retain-bytes", 1024L * random.nextInt(64));
    }
    if (random.nextBoolean()) {
      drawn = drawn.with("synod.broadcast.catch-up-bytes", 1024L << random.nextInt(5));
    }
    if (random.nextBoolean()) {
      drawn = drawn.with("synod.broadcast.batch-bytes", 256L << random.nextInt(6));
    }
    if (random.nextBoolean()) {
      Duration lease = Duration.ofMillis(20L << random.nextInt(7));
      drawn = drawn.settings().has(LeaseSettings.DURATION)
          ? drawn : drawn.with(LeaseSettings.DURATION, lease);
    }
    int crashes = (nodes - 1) / 2;
    if (variant.countsCrashes() && crashes > 0 && !drawn.settings().has(WinterPlugin.CRASHES)) {
      drawn = drawn.with(WinterPlugin.CRASHES, 1 + random.nextInt(crashes));
    }
    return drawn;
  }

  /** Half of the seeds let all learners count votes. */
  static Variant forLearners(Variant variant, SeededRandom random) {
    return random.nextBoolean() || variant.settings().has(Learning.LEARN)
        ? variant : variant.with(Learning.LEARN, Learning.ALL);
  }

  /**
   * How wrong clocks may be, leases that outlast an election, and new leaders that come soon after
   * they have ended.
   */
  static Variant forLeases(Variant variant, SeededRandom random) {
    Duration lease = Duration.ofMillis(500 + random.nextInt(1500));
    Variant drawn = variant.with(LeaseSettings.DRIFT, 1 + random.nextInt(20));
    if (!variant.settings().has(LeaseSettings.DURATION)) {
      drawn = drawn.with(LeaseSettings.DURATION, lease);
    }
    drawn = drawn.with(RegisterSettings.RESEND, Duration.ofMillis(20))
        .with(RegisterSettings.RESEND_MOST, Duration.ofMillis(20L << random.nextInt(5)));
    // A leader that goes by its own opinion alone leads on until it hears of another ballot.
    return random.nextBoolean() ? drawn.with(OmegaPlugin.CONFIRM, "self") : drawn;
  }
}
