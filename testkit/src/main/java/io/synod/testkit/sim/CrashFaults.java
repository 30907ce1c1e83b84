package io.synod.testkit.sim;

/** Nodes that crash: at random, at a chosen point, again and again, all at once. */
final class CrashFaults implements FaultFamily {
  private static final int STEPS_OF_A_TURN = 40;

  private final Chaos chaos;
  private final SeededRandom random;

  CrashFaults(Chaos chaos) {
    this.chaos = chaos;
    this.random = chaos.random();
  }

  @Override
  public void start(FaultKind kind) {
    switch (kind) {
      case CRASH -> chaos.every(3 * World.SECOND, () -> crash(kind, chaos.any()));
      case CRASH_AT_EFFECT -> chaos.every(2 * World.SECOND, this::planAtEffect);
      case CRASH_AT_START -> chaos.every(3 * World.SECOND, this::planAtStart);
      case CRASH_AT_SNAPSHOT -> chaos.every(2 * World.SECOND, this::planAtSnapshot);
      case RESTART_STORM -> chaos.every(8 * World.SECOND, this::storm);
      case CRASH_ALL -> chaos.every(8 * World.SECOND, this::all);
      default -> { }
    }
  }

  private boolean crash(FaultKind kind, SimulatedNode node) {
    if (!node.up() || !chaos.atlas().mayCrash(node.id())) {
      return false;
    }
    chaos.count(kind);
    node.crash();
    return true;
  }

  /** Claims a crash that comes later. */
  private boolean mayPlan(SimulatedNode node) {
    if (!node.up() || !chaos.atlas().mayCrash(node.id())) {
      return false;
    }
    chaos.atlas().plans(node.id());
    return true;
  }

  private void planAtEffect() {
    SimulatedNode node = chaos.any();
    if (mayPlan(node)) {
      node.effects().crashAfter(random.nextInt(STEPS_OF_A_TURN));
    }
  }

  private void planAtSnapshot() {
    SimulatedNode node = chaos.any();
    if (mayPlan(node)) {
      node.crashAtSnapshot(random.nextInt(2));
    }
  }

  /** One crash now, and another one while the node starts again. */
  private void planAtStart() {
    SimulatedNode node = chaos.any();
    if (mayPlan(node)) {
      node.crashInStart(random.nextInt(1 + random.nextInt(STEPS_OF_A_TURN)));
      node.crash();
    }
  }

  private void storm() {
    long pause = 100 * World.MILLI + random.exponential(300 * World.MILLI);
    int first = chaos.anyIndex();
    for (int i = 0; i < chaos.size() * 2; i++) {
      SimulatedNode node = chaos.nodes().get((first + i) % chaos.size());
      chaos.later(pause * i, () -> crash(FaultKind.RESTART_STORM, node));
    }
  }

  private void all() {
    boolean any = false;
    for (SimulatedNode node : chaos.nodes()) {
      if (node.up() && chaos.atlas().mayCrash(node.id())) {
        any = true;
        node.crash();
      }
    }
    if (any) {
      chaos.count(FaultKind.CRASH_ALL);
    }
  }
}
