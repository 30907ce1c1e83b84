package io.synod.testkit.sim;

import io.synod.api.model.NodeId;
import java.util.List;
import java.util.function.Consumer;

/** What happens to acceptors that are no processes, and on the way to them. */
final class PassiveFaults implements FaultFamily {
  private static final long ABSENT = World.SECOND;

  private final Chaos chaos;
  private final SimulatedPassives passives;
  private final SeededRandom random;

  PassiveFaults(Chaos chaos, SimulatedPassives passives) {
    this.chaos = chaos;
    this.passives = passives;
    this.random = chaos.random();
  }

  @Override
  public void start(FaultKind kind) {
    switch (kind) {
      case PASSIVE_FAILING -> passives.failing(0.1 * random.nextDouble());
      case PASSIVE_TORN -> passives.torn(0.1 * random.nextDouble());
      case PASSIVE_SLOW -> passives.slow(0.3 * random.nextDouble());
      case PASSIVE_HANGING -> passives.hanging(0.001 * random.nextDouble());
      case PASSIVE_AWAY -> chaos.every(3 * World.SECOND, () -> any(this::leave));
      case PASSIVE_CUT_OFF -> chaos.every(3 * World.SECOND, () -> any(this::cutOff));
      default -> { }
    }
  }

  private void any(Consumer<NodeId> fault) {
    List<NodeId> known = passives.known();
    if (!known.isEmpty()) {
      fault.accept(known.get(random.nextInt(known.size())));
    }
  }

  private void leave(NodeId id) {
    chaos.count(FaultKind.PASSIVE_AWAY);
    passives.away(id, true);
    chaos.later(random.exponential(ABSENT), () -> passives.away(id, false));
  }

  private void cutOff(NodeId id) {
    NodeId process = chaos.any().id();
    chaos.count(FaultKind.PASSIVE_CUT_OFF);
    passives.cut(id, process);
    chaos.later(random.exponential(ABSENT), () -> passives.join(id, process));
  }
}
