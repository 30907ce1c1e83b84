package io.synod.register.leased;

import io.synod.api.storage.DurableRecord;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Registers that are read and written and compare nothing, and the time in which that goes on.
 * A write has its effect within W of its issue, at times as late as it may; what is read
 * is what stands there at some moment of the reading.
 */
final class PlainMemory {
  private static final int LATE = 25;
  private static final int QUICK = 10;

  private record Event(long at, long order, Runnable run) {}

  private final PriorityQueue<Event> events = new PriorityQueue<>(
      (a, b) -> a.at == b.at ? Long.compare(a.order, b.order) : Long.compare(a.at, b.at));
  private final Random random;
  private final long write;
  private long now;
  private long order;
  LeaseRecord lease = LeaseRecord.NONE;
  LeaseRecord wish = LeaseRecord.NONE;
  List<DurableRecord> area = List.of();

  PlainMemory(Random random, long write) {
    this.random = random;
    this.write = write;
  }

  /** True time. */
  long now() {
    return now;
  }

  void after(long delay, Runnable run) {
    events.add(new Event(now + delay, order++, run));
  }

  void runUntil(long end) {
    while (!events.isEmpty() && events.peek().at <= end) {
      Event next = events.poll();
      now = next.at;
      next.run.run();
    }
  }

  /** Takes effect, then comes back, which may take longer than W. */
  void write(Runnable effect, Runnable done) {
    long takes = random.nextInt(LATE) == 0 ? write
        : random.nextLong(random.nextBoolean() ? write : write / QUICK);
    after(takes, () -> {
      effect.run();
      after(latency(), done);
    });
  }

  /** Takes up what stands there, then comes back. */
  void read(Runnable taken, Runnable done) {
    after(latency(), () -> {
      taken.run();
      after(latency(), done);
    });
  }

  private long latency() {
    return random.nextLong(random.nextInt(LATE) == 0 ? 2 * write : write / QUICK);
  }
}
