package io.synod.examples.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.testkit.sim.SimulatedCluster;
import java.util.HashSet;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RaffleTest {
  @Test
  void survivesFaults() {
    SimulatedCluster.of(Raffle::new)
        .commands(RaffleTest::command)
        .queries(random -> new byte[0])
        .variant("fall").seconds(3).seeds(1, 20).check();
  }

  private static byte[] command(RandomGenerator random) {
    return random.nextBoolean() ? Raffle.enter("name " + random.nextInt(50)) : Raffle.draw();
  }

  /** The order of a hash set of objects without a hash code of their own is that of addresses. */
  @Test
  void anOrderOfHashesIsFound() {
    finds(() -> new Raffle(new HashSet<>()));
  }

  /** Each replica applies a command at another time. */
  @Test
  void aReadOfTheClockIsFound() {
    finds(() -> new Raffle() {
      @Override
      long now(Context context) {
        return System.currentTimeMillis();
      }
    });
  }

  private static void finds(Supplier<Raffle> planted) {
    assertThatThrownBy(() ->
        SimulatedCluster.of(planted).commands(RaffleTest::command).seeds(1, 5).check())
        .isInstanceOf(AssertionError.class)
        .hasMessageMatching("(?s)(SameResult|StateByInstance|SnapshotEquivalence) does not hold"
            + ".*replay: run this test with -Dseed=.*");
  }
}
