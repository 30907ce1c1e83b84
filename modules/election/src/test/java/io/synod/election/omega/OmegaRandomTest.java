package io.synod.election.omega;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.plugin.Settings;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Anything may happen for a while; then it stops, and there must be one leader for ever. */
class OmegaRandomTest {
  private static final int SEEDS = 300;

  @Test
  void afterTheFaultsEndThereIsOneLeader() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      ElectionWorld world = new ElectionWorld(2 + random.nextInt(4), seed, Settings.DEFAULTS);
      world.startAll();
      trouble(world, random);
      heal(world);
      assertThat(world.runUntil(10_000, ElectionWorld::agreed)).as("seed %d", seed)
          .isNotNegative();
      world.run(5_000);
      world.forgetHistory();
      world.run(60_000);
      assertThat(world.agreed()).as("seed %d", seed).isTrue();
      for (String id : world.ids()) {
        assertThat(world.history(id)).as("seed %d, %s", seed, id).isEmpty();
      }
    }
  }

  private static void trouble(ElectionWorld world, Random random) {
    for (int i = 0; i < 30; i++) {
      List<String> ids = world.ids();
      String one = ids.get(random.nextInt(ids.size()));
      String other = ids.get(random.nextInt(ids.size()));
      switch (random.nextInt(8)) {
        case 0 -> crash(world, one);
        case 1, 2 -> restart(world, one);
        case 3 -> world.cut(one, other);
        case 4 -> world.cutBoth(one, other);
        case 5 -> world.healLinks();
        case 6 -> world.lossy(random.nextDouble() * 0.6, 1 + random.nextInt(400));
        default -> world.stall(one, random.nextInt(1_500));
      }
      depose(world, random, other);
      world.run(random.nextInt(1_000));
    }
  }

  private static void crash(ElectionWorld world, String id) {
    if (world.isUp(id)) {
      world.crash(id);
    }
  }

  private static void restart(ElectionWorld world, String id) {
    crash(world, id);
    world.start(id);
  }

  private static void depose(ElectionWorld world, Random random, String id) {
    if (random.nextInt(5) == 0 && world.isUp(id)) {
      world.election(id).onDeposed();
    }
  }

  private static void heal(ElectionWorld world) {
    world.healLinks();
    world.lossy(0, 5);
    world.ids().stream().filter(id -> !world.isUp(id)).forEach(world::start);
  }
}
