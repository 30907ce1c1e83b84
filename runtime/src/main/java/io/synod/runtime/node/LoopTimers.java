package io.synod.runtime.node;

import io.synod.api.effect.Clock;
import io.synod.api.effect.Timers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.DeadlineTimerWheel;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The loop's timer wheel, in ticks of about a millisecond. It knows the earliest deadline, so that
 * a turn in which nothing is due costs one comparison and the idle loop sleeps as long as it may.
 */
final class LoopTimers implements Timers {
  /** No timer is pending. */
  static final long NEVER = Long.MAX_VALUE;

  private static final long TICK_NANOS = 1 << 20;
  private static final int TICKS = 256;
  private static final int PER_TICK = 4;

  private final Clock clock;
  private final long origin;
  private final DeadlineTimerWheel wheel =
      new DeadlineTimerWheel(TimeUnit.NANOSECONDS, 0, TICK_NANOS, TICKS, PER_TICK);
  private final Long2ObjectHashMap<Pending> pending = new Long2ObjectHashMap<>();
  private List<Pending> due = new ArrayList<>();
  private long earliest = NEVER;

  LoopTimers(Clock clock) {
    this.clock = clock;
    this.origin = clock.nanos();
  }

  @Override
  public Timer after(long delayNanos, Runnable task) {
    long now = now();
    long deadline = now + Math.min(Math.max(0, delayNanos), NEVER / 2);
    if (wheel.timerCount() == 0) {
      wheel.currentTickTime(now);
    }
    Pending timer = new Pending(wheel.scheduleTimer(deadline), task);
    pending.put(timer.id, timer);
    earliest = Math.min(earliest, deadline);
    return timer;
  }

  /** Runs what is due; returns how many. Tasks may add and cancel timers. */
  int fire() {
    if (earliest == NEVER) {
      return 0;
    }
    long now = now();
    if (now < earliest) {
      return 0;
    }
    List<Pending> round = collectDue(now);
    int fired = 0;
    for (int i = 0; i < round.size(); i++) {
      fired += round.get(i).run();
    }
    round.clear();
    due = round;
    return fired;
  }

  /** Nanoseconds until the earliest deadline, at least 0, or {@link #NEVER}. */
  long untilNext() {
    return earliest == NEVER ? NEVER : Math.max(0, earliest - now());
  }

  private List<Pending> collectDue(long now) {
    List<Pending> round = due;
    boolean more = true;
    while (more && wheel.timerCount() > 0) {
      long tickBefore = wheel.currentTickTime();
      int found = wheel.poll(now, this::expired, Integer.MAX_VALUE);
      more = found > 0 || wheel.currentTickTime() != tickBefore;
    }
    earliest = NEVER;
    if (wheel.timerCount() > 0) {
      wheel.forEach((deadline, id) -> earliest = Math.min(earliest, deadline));
    }
    return round;
  }

  private boolean expired(TimeUnit unit, long now, long id) {
    due.add(pending.remove(id));
    return true;
  }

  private long now() {
    return clock.nanos() - origin;
  }

  private final class Pending implements Timer {
    private final long id;
    private Runnable task;

    Pending(long id, Runnable task) {
      this.id = id;
      this.task = task;
    }

    @Override
    public void cancel() {
      task = null;
      if (pending.get(id) == this) { // else it is due already, and the wheel may reuse the id
        pending.remove(id);
        wheel.cancelTimer(id);
      }
    }

    private int run() {
      Runnable todo = task;
      task = null;
      if (todo == null) {
        return 0;
      }
      todo.run();
      return 1;
    }
  }
}
