package io.synod.transport.local;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs what is put into it in order, many in one task of its executor. */
final class Mailbox {
  private final Executor executor;
  private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();

  Mailbox(Executor executor) {
    this.executor = executor;
  }

  void put(Runnable delivery) {
    queue.add(delivery);
    schedule();
  }

  private void schedule() {
    if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
      executor.execute(this::drain);
    }
  }

  private void drain() {
    // Cleared first: what is added from now on is either seen below or schedules a new task.
    scheduled.set(false);
    try {
      for (Runnable next = queue.poll(); next != null; next = queue.poll()) {
        next.run();
      }
    } finally {
      // After a listener that threw, the rest is still to be delivered.
      if (!queue.isEmpty()) {
        schedule();
      }
    }
  }
}
