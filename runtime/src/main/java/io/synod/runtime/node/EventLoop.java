package io.synod.runtime.node;

import io.synod.api.storage.StorageException;
import java.lang.invoke.VarHandle;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jctools.queues.atomic.MpscUnboundedAtomicArrayQueue;

/**
 * The one thread of a node that runs its algorithms, and the one queue by which everything enters.
 * A turn takes what has arrived (up to a bound), runs what is due, lets the node speak to itself,
 * then lets the disk and the network have what came of it. While it is busy, posting to it costs
 * no system call.
 *
 * <p>Whatever is thrown on it ends it: nothing of that turn reaches disk, network or caller.
 */
final class EventLoop {
  /** What happens around the tasks of a turn. */
  interface Turn {
    /** Whether there is something to do though no task came. */
    boolean pending();

    /** After the tasks: handles what they led to, then hands it to disk, network and callers. */
    void end() throws StorageException;
  }

  private static final int CHUNK = 1024;
  private static final int TASKS_A_TURN = 1024;

  private final MpscUnboundedAtomicArrayQueue<LoopTask> queue =
      new MpscUnboundedAtomicArrayQueue<>(CHUNK);
  private final AtomicLong queuedBytes = new AtomicLong();
  private final AtomicBoolean parked = new AtomicBoolean();
  private final LoopTimers timers;
  private final long spinNanos;
  private final Thread thread;
  private final Object afterwards = new Object();
  private volatile boolean stopping;
  private volatile boolean ended;
  private Turn turn;
  private Consumer<Optional<Throwable>> onEnd;

  EventLoop(String name, LoopTimers timers, long spinNanos) {
    this.timers = timers;
    this.spinNanos = spinNanos;
    this.thread = new Thread(this::run, name);
  }

  /**
   * Starts the thread; {@code boot} is its first task.
   *
   * @param whenEnded the last thing that runs on it, with what made it end, if it failed
   */
  void start(Turn turns, LoopTask boot, Consumer<Optional<Throwable>> whenEnded) {
    this.turn = turns;
    this.onEnd = whenEnded;
    queue.offer(boot);
    thread.start();
  }

  /** Enqueues without bound: for completions, which are few and must not be lost. Any thread. */
  void post(LoopTask task) {
    enqueue(task);
  }

  /** Enqueues unless that would make more than {@code limitBytes} wait. Any thread. */
  boolean offer(LoopTask task, long limitBytes) {
    int weight = task.weight();
    if (queuedBytes.getAndAdd(weight) + weight > limitBytes) {
      queuedBytes.addAndGet(-weight);
      return false;
    }
    enqueue(task);
    return true;
  }

  /** Ends after the turn that runs; what is queued is abandoned. Any thread. */
  void stop() {
    stopping = true;
    unpark();
  }

  /** Whether the caller is on the loop. */
  boolean isCurrent() {
    return Thread.currentThread().equals(thread);
  }

  private void enqueue(LoopTask task) {
    queue.offer(task);
    unpark();
    if (ended) {
      abandonQueued();
    }
  }

  /** The fence orders the entry before the look at the flag; the loop does it the other way. */
  private void unpark() {
    VarHandle.fullFence();
    if (parked.get() && parked.compareAndSet(true, false)) {
      LockSupport.unpark(thread);
    }
  }

  private void run() {
    Optional<Throwable> failure = Optional.empty();
    try {
      while (!stopping) {
        if (!turn()) {
          idle();
        }
      }
    } catch (Throwable e) {
      failure = Optional.of(e);
    }
    ended = true;
    abandonQueued();
    onEnd.accept(failure);
  }

  private boolean turn() throws StorageException {
    int done = runTasks() + timers.fire();
    if (done == 0 && !turn.pending()) {
      return false;
    }
    turn.end();
    return true;
  }

  private int runTasks() throws StorageException {
    int done = 0;
    long bytes = 0;
    for (; done < TASKS_A_TURN; done++) {
      LoopTask task = queue.relaxedPoll();
      if (task == null) {
        break;
      }
      bytes += task.weight();
      task.run();
    }
    if (bytes > 0) {
      queuedBytes.addAndGet(-bytes);
    }
    return done;
  }

  private void idle() {
    if (spinNanos > 0 && spinFindsWork()) {
      return;
    }
    parked.set(true);
    VarHandle.fullFence();
    if (queue.isEmpty() && !stopping) {
      long wait = timers.untilNext();
      if (wait == LoopTimers.NEVER) {
        LockSupport.park(this);
      } else if (wait > 0) {
        LockSupport.parkNanos(this, wait);
      }
    }
    parked.set(false);
  }

  private boolean spinFindsWork() {
    long start = System.nanoTime();
    while (queue.isEmpty() && !stopping && timers.untilNext() > 0) {
      if (System.nanoTime() - start > spinNanos) {
        return false;
      }
      Thread.onSpinWait();
    }
    return true;
  }

  /** After the end there is no consumer: whoever enqueued too late takes its turn at emptying. */
  private void abandonQueued() {
    synchronized (afterwards) {
      for (LoopTask task = queue.poll(); task != null; task = queue.poll()) {
        task.abandoned();
      }
    }
  }
}
