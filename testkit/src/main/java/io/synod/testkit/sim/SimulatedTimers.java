package io.synod.testkit.sim;

import io.synod.api.effect.Timers;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The timers of one life of a node, by its own clock. A clock that slows down meanwhile is waited
 * for: as in a real system, a timer is never early.
 */
final class SimulatedTimers implements Timers {
  private final World world;
  private final SimulatedClock clock;
  private final BooleanSupplier alive;
  private final Consumer<Runnable> turns;

  /** Those that fire while {@code alive} become turns. */
  SimulatedTimers(
      World world, SimulatedClock clock, BooleanSupplier alive, Consumer<Runnable> turns) {
    this.world = world;
    this.clock = clock;
    this.alive = alive;
    this.turns = turns;
  }

  @Override
  public Timer after(long delayNanos, Runnable task) {
    OneTimer timer = new OneTimer(task, clock.nanos() + delayNanos);
    schedule(timer, delayNanos);
    return timer;
  }

  private void schedule(OneTimer timer, long localDelay) {
    world.after(clock.worldDelay(localDelay), () -> fire(timer));
  }

  private void fire(OneTimer timer) {
    if (timer.task == null || !alive.getAsBoolean()) {
      return;
    }
    long early = timer.due - clock.nanos();
    if (early > 0) {
      schedule(timer, early);
    } else {
      turns.accept(timer);
    }
  }

  private static final class OneTimer implements Timer, Runnable {
    private final long due;
    private Runnable task;

    OneTimer(Runnable task, long due) {
      this.task = task;
      this.due = due;
    }

    @Override
    public void run() {
      if (task != null) {
        Runnable once = task;
        task = null;
        once.run();
      }
    }

    @Override
    public void cancel() {
      task = null;
    }
  }
}
