package io.synod.testkit.contract;

import io.synod.api.broadcast.TotalOrderBroadcast.Admission;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Broadcasting among faults: changing leaders, often two at once, restarts, lost messages. */
final class BroadcastRun {
  private static final int STEPS = 2_000;

  private final LayerWorld<BroadcastNode> world;
  private final Random dice;
  private final List<Integer> taken = new ArrayList<>();
  private int next;

  private BroadcastRun(LayerWorld<BroadcastNode> world, Random dice) {
    this.world = world;
    this.dice = dice;
  }

  /** The numbers that some leader took. */
  static List<Integer> trouble(LayerWorld<BroadcastNode> world, Random dice) {
    BroadcastRun run = new BroadcastRun(world, dice);
    for (int i = 0; i < STEPS; i++) {
      run.step(world.all().get(dice.nextInt(3)));
    }
    return run.taken;
  }

  private void step(BroadcastNode node) {
    int what = dice.nextInt(200);
    if (what < 3) {
      node.lead(true);
    } else if (what < 5) {
      node.lead(false);
    } else if (what < 6) {
      node.restart();
    } else if (what < 30) {
      if (node.broadcast(++next) == Admission.TAKEN) {
        taken.add(next);
      }
    } else {
      world.adversary(dice);
    }
  }
}
