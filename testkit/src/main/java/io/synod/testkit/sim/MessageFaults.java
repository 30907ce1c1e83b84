package io.synod.testkit.sim;

/** What happens to single messages: loss, copies, order, delay. */
final class MessageFaults implements FaultFamily {
  private static final DelayShape[] SHAPES =
      {DelayShape.CONSTANT, DelayShape.UNIFORM, DelayShape.HEAVY_TAIL};

  private final Chaos chaos;
  private final NetworkFaults network;
  private final SeededRandom random;

  MessageFaults(Chaos chaos, NetworkFaults network) {
    this.chaos = chaos;
    this.network = network;
    this.random = chaos.random();
  }

  @Override
  public void start(FaultKind kind) {
    switch (kind) {
      case LOSS -> network.loss(0.3 * random.nextDouble() * random.nextDouble());
      case DUPLICATION -> network.duplication(0.3 * random.nextDouble());
      case REORDERING -> network.reordering(0.5 * random.nextDouble());
      case STALE_ANSWERS -> network.stale(0.05 + 0.2 * random.nextDouble());
      case HELD_COPIES -> network.held(0.01 + 0.05 * random.nextDouble());
      case DELAYS -> chaos.every(3 * World.SECOND, this::reshape);
      case BURSTS -> chaos.every(3 * World.SECOND, this::burst);
      default -> { }
    }
  }

  private void reshape() {
    chaos.count(FaultKind.DELAYS);
    network.shape(SHAPES[random.nextInt(SHAPES.length)]);
  }

  private void burst() {
    chaos.count(FaultKind.BURSTS);
    network.burst(5 + random.nextInt(50));
    chaos.later(random.exponential(300 * World.MILLI), () -> network.burst(1));
  }
}
