package io.synod.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedTimersTest {
  private final World world = new World(1);
  private final SimulatedClock clock = new SimulatedClock(world, 12_345);
  private final List<Long> fired = new ArrayList<>();
  private boolean alive = true;
  private final SimulatedTimers timers =
      new SimulatedTimers(world, clock, () -> alive, Runnable::run);

  @Test
  void aTimerGoesByTheClockOfItsNode() {
    clock.rate(2.0);
    timers.after(World.SECOND, () -> fired.add(world.now()));
    world.runUntil(World.SECOND);
    assertThat(fired).hasSize(1);
    assertThat(fired.get(0)).isBetween(World.SECOND / 2, World.SECOND / 2 + 2);
  }

  @Test
  void aTimerIsNotEarlyWhenTheClockSlowsDownMeanwhile() {
    long due = clock.nanos() + World.SECOND;
    clock.rate(2.0);
    timers.after(World.SECOND, () -> fired.add(clock.nanos()));
    clock.rate(0.5);
    world.runUntil(World.SECOND);
    assertThat(fired).isEmpty();
    world.runUntil(3 * World.SECOND);
    assertThat(fired).hasSize(1);
    assertThat(fired.get(0)).isGreaterThanOrEqualTo(due);
  }

  @Test
  void aTimerOfAnEarlierLifeOrACancelledOneIsSilent() {
    timers.after(World.SECOND, () -> fired.add(1L)).cancel();
    timers.after(World.SECOND, () -> fired.add(2L));
    alive = false;
    world.runUntil(3 * World.SECOND);
    assertThat(fired).isEmpty();
  }
}
