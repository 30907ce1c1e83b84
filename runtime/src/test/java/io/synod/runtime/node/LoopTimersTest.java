package io.synod.runtime.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.effect.Clock;
import io.synod.api.effect.Timers;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LoopTimersTest {
  private static final long MILLI = 1_000_000;

  private final ManualClock clock = new ManualClock();
  private final LoopTimers timers = new LoopTimers(clock);
  private final List<String> ran = new ArrayList<>();

  @Test
  void neverEarly() {
    timers.after(10 * MILLI, () -> ran.add("a"));
    clock.nanos += 10 * MILLI - 1;
    assertThat(timers.fire()).isZero();
    assertThat(timers.untilNext()).isEqualTo(1);

    clock.nanos += 1;
    assertThat(timers.fire()).isEqualTo(1);
    assertThat(ran).containsExactly("a");
    assertThat(timers.untilNext()).isEqualTo(LoopTimers.NEVER);
  }

  @Test
  void aCancelledTimerDoesNotRun() {
    timers.after(MILLI, () -> ran.add("a")).cancel();
    clock.nanos += 5 * MILLI;

    assertThat(timers.fire()).isZero();
  }

  /** All within one tick, where the wheel gives the numbers of those that are due to the new. */
  @Test
  void aTaskMayCancelAnotherThatIsDueAndAddMoreInItsPlace() {
    List<Timers.Timer> second = new ArrayList<>();
    timers.after(1_000, () -> {
      timers.after(1_000, () -> ran.add("added"));
      timers.after(1_000, () -> ran.add("added too"));
      second.get(0).cancel();
    });
    second.add(timers.after(1_000, () -> ran.add("cancelled")));

    clock.nanos += 2_000;
    timers.fire();
    clock.nanos += 2 * MILLI;
    timers.fire();

    assertThat(ran).containsExactlyInAnyOrder("added", "added too");
  }

  @Test
  void farBeyondTheWheelAndAfterALongSleepEachRunsOnceAndInTime() {
    Random random = new Random(42);
    List<Long> late = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      long deadline = clock.nanos + (long) (random.nextDouble() * 3_000 * MILLI);
      timers.after(deadline - clock.nanos, () -> late.add(clock.nanos - deadline));
    }
    clock.nanos += 1_000 * MILLI;
    while (timers.untilNext() != LoopTimers.NEVER) {
      timers.fire();
      clock.nanos += Math.min(timers.untilNext(), 5_000 * MILLI);
    }

    assertThat(late).hasSize(500).allMatch(nanos -> nanos >= 0);
    assertThat(late.subList(300, 500)).as("run when due, not later").allMatch(nanos -> nanos == 0);
  }

  private static final class ManualClock implements Clock {
    private long nanos = 77;

    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public long wallMillis() {
      return 0;
    }
  }
}
