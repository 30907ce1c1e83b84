package io.synod.testkit.sim;

import io.synod.api.effect.Clock;

/** One node's clock: its own origin and rate, and a wall clock that may be wrong and jump. */
final class SimulatedClock implements Clock {
  private static final long EPOCH_MILLIS = 1_700_000_000_000L;

  private final World world;
  private double rate = 1.0;
  private long baseWorld;
  private long baseLocal;
  private long wallOffsetMillis;

  SimulatedClock(World world, long origin) {
    this.world = world;
    this.baseLocal = origin;
  }

  @Override
  public long nanos() {
    return baseLocal + (long) ((world.now() - baseWorld) * rate);
  }

  @Override
  public long wallMillis() {
    return EPOCH_MILLIS + world.now() / World.MILLI + wallOffsetMillis;
  }

  /** From now on a second of the world takes {@code newRate} seconds here. */
  void rate(double newRate) {
    baseLocal = nanos();
    baseWorld = world.now();
    rate = newRate;
  }

  void jumpWall(long millis) {
    wallOffsetMillis += millis;
  }

  /** How long the world takes for a delay of this clock; rounded up, a timer is never early. */
  long worldDelay(long localNanos) {
    return rate == 1.0 ? localNanos : (long) Math.ceil(localNanos / rate) + 1;
  }
}
