package io.synod.api.effect;

/** One coarse timer wheel per loop. Tasks run on the loop thread, never early. */
public interface Timers {
  /** Runs {@code task} once, about {@code delayNanos} from now. */
  Timer after(long delayNanos, Runnable task);

  /** A pending task. */
  interface Timer {
    /** Forgets the task; no effect once it ran. */
    void cancel();
  }
}
