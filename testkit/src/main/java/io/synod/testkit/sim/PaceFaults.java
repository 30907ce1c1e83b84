package io.synod.testkit.sim;

/** Nodes that stand still or are slow, and clocks that are wrong. */
final class PaceFaults implements FaultFamily {
  private final Chaos chaos;
  private final SeededRandom random;
  private final int bound;

  /** Clocks drift by up to {@code bound} percent, unless they go beyond it on purpose. */
  PaceFaults(Chaos chaos, int bound) {
    this.chaos = chaos;
    this.bound = bound;
    this.random = chaos.random();
  }

  @Override
  public void start(FaultKind kind) {
    switch (kind) {
      case PAUSE -> chaos.every(3 * World.SECOND,
          () -> pause(kind, random.exponential(500 * World.MILLI)));
      case LONG_PAUSE -> chaos.every(6 * World.SECOND,
          () -> pause(kind, 2 * World.SECOND + random.nextLong(6 * World.SECOND)));
      case SLOW_LOOP -> slowLoops();
      case CLOCK_DRIFT -> chaos.every(2 * World.SECOND,
          () -> drift(kind, (100 - bound) / 100.0 + 2 * bound / 100.0 * random.nextDouble()));
      case CLOCK_BEYOND -> chaos.every(3 * World.SECOND,
          () -> drift(kind, StrictMath.pow(2, 2 * random.nextDouble() - 1)));
      default -> { }
    }
  }

  private void pause(FaultKind kind, long nanos) {
    chaos.count(kind);
    chaos.any().pause(nanos);
  }

  private void slowLoops() {
    for (SimulatedNode node : chaos.nodes()) {
      chaos.count(FaultKind.SLOW_LOOP);
      node.turnCost(random.nextLong(2 * World.MILLI) + 1);
    }
  }

  private void drift(FaultKind kind, double rate) {
    chaos.count(kind);
    SimulatedClock clock = chaos.any().clock();
    clock.rate(rate);
    clock.jumpWall(random.nextLong(-3_600_000, 3_600_000));
    if (kind == FaultKind.CLOCK_BEYOND) {
      chaos.world().clocksBeyondBound();
    }
  }
}
