package io.synod.testkit.sim;

/** How slow and how unreliable the disks are at the moment; shared by all disks of a world. */
final class DiskFaults {
  private static final long FASTEST = World.MILLI / 10;
  private static final long USUAL = World.MILLI;
  private static final long HANGING = 4 * World.SECOND;

  private final FaultCounts counts;
  private double slowChance;
  private long slowMean;
  private double failure;
  private double hanging;
  private boolean scattered;
  private boolean torn;

  DiskFaults() {
    this(new FaultCounts());
  }

  DiskFaults(FaultCounts counts) {
    this.counts = counts;
  }

  FaultCounts counts() {
    return counts;
  }

  void slow(double chance, long mean) {
    slowChance = chance;
    slowMean = mean;
  }

  void failing(double chance) {
    failure = chance;
  }

  /** Some forces take many seconds. */
  void hanging(double chance) {
    hanging = chance;
  }

  /** A crash keeps any subset of the unforced records, as a loss of power does. */
  void scattered() {
    scattered = true;
  }

  boolean isScattered() {
    return scattered;
  }

  /** A crash may keep a part of an unforced record. */
  void torn() {
    torn = true;
  }

  boolean isTorn() {
    return torn;
  }

  void heal() {
    slowChance = 0;
    failure = 0;
    hanging = 0;
  }

  /** Whether the next force fails. */
  boolean fails(SeededRandom random) {
    return happens(FaultKind.FAILING_DISK, failure, random);
  }

  /** How long the next force takes. */
  long force(SeededRandom random) {
    if (happens(FaultKind.HANGING_DISK, hanging, random)) {
      return World.SECOND + random.exponential(HANGING);
    }
    return latency(random);
  }

  /** How long something in the background takes. */
  long latency(SeededRandom random) {
    long usual = FASTEST + random.nextLong(USUAL);
    return happens(FaultKind.SLOW_DISK, slowChance, random)
        ? usual + random.exponential(slowMean) : usual;
  }

  private boolean happens(FaultKind kind, double chance, SeededRandom random) {
    if (!random.chance(chance)) {
      return false;
    }
    counts.add(kind);
    return true;
  }
}
