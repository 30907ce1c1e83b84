package io.synod.client;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How much may be outstanding, in number and bytes: one atomic word while there is room. */
final class Budget {
  private static final int COUNT_SHIFT = 40;
  private static final long BYTES_MASK = (1L << COUNT_SHIFT) - 1;

  private final long mostCount;
  private final long mostBytes;
  private final AtomicLong used = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private volatile boolean waiting;

  Budget(int mostCount, long mostBytes) {
    this.mostCount = mostCount;
    this.mostBytes = mostBytes;
  }

  /** Takes room for one item, or takes nothing and says false. */
  boolean tryReserve(int bytes) {
    long before = used.get();
    while (fits(before, bytes)) {
      if (used.compareAndSet(before, before + (1L << COUNT_SHIFT) + bytes)) {
        return true;
      }
      before = used.get();
    }
    return false;
  }

  /** Like {@link #tryReserve}, but blocks for up to {@code nanos}; false too if interrupted. */
  boolean reserve(int bytes, long nanos) {
    if (tryReserve(bytes)) {
      return true;
    }
    long left = nanos;
    lock.lock();
    try {
      while (left > 0) {
        waiting = true;
        if (tryReserve(bytes)) {
          return true;
        }
        left = room.awaitNanos(left);
      }
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Gives room back. */
  void release(int count, long bytes) {
    used.addAndGet(-(((long) count << COUNT_SHIFT) + bytes));
    if (waiting) {
      wakeAll();
    }
  }

  private void wakeAll() {
    lock.lock();
    try {
      waiting = false;
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  int count() {
    return (int) (used.get() >>> COUNT_SHIFT);
  }

  /** One item is always let in when there is none, however large. */
  private boolean fits(long before, int bytes) {
    long count = before >>> COUNT_SHIFT;
    return count == 0 || count < mostCount && (before & BYTES_MASK) + bytes <= mostBytes;
  }
}
