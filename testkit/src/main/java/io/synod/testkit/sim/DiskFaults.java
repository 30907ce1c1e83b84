package io.synod.testkit.sim;

/** How slow and how unreliable the disks are at the moment; shared by all disks of a world. */
final class DiskFaults {
  private static final long FASTEST = World.MILLI / 10;
  private static final long USUAL = World.MILLI;

  private double slowChance;
  private long slowMean;
  private double failure;

  void slow(double chance, long mean) {
    slowChance = chance;
    slowMean = mean;
  }

  void failing(double chance) {
    failure = chance;
  }

  double failure() {
    return failure;
  }

  void heal() {
    slowChance = 0;
    failure = 0;
  }

  /** How long the next force takes. */
  long latency(SeededRandom random) {
    long usual = FASTEST + random.nextLong(USUAL);
    return random.chance(slowChance) ? usual + random.exponential(slowMean) : usual;
  }
}
