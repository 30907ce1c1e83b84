package io.synod.link;

import io.synod.api.effect.Clock;
import io.synod.api.effect.Timers;

/**
 * The retransmission module (Deconstructing Paxos §5, s-send): does again what has not been
 * answered, for as long as the process is up and the answer is wanted. The delay doubles from a
 * first value to a cap while nothing comes back, and starts anew with every answer.
 *
 * <p>One coarse timer each; hearing an answer costs one reading of the clock.
 */
public final class Retransmission {
  private final Timers timers;
  private final Clock clock;
  private final long firstNanos;
  private final long mostNanos;
  private final Runnable resend;
  private Timers.Timer timer;
  private long delayNanos;
  private long heardNanos;

  /** Calls {@code resend} after {@code firstNanos} of silence, then ever more seldom. */
  public Retransmission(
      Timers timers, Clock clock, long firstNanos, long mostNanos, Runnable resend) {
    this.timers = timers;
    this.clock = clock;
    this.firstNanos = firstNanos;
    this.mostNanos = mostNanos;
    this.resend = resend;
  }

  /** Starts to wait; no effect while waiting already. */
  public void begin() {
    if (timer == null) {
      delayNanos = firstNanos;
      heardNanos = clock.nanos();
      timer = timers.after(delayNanos, this::due);
    }
  }

  /** Something came back. */
  public void answered() {
    heardNanos = clock.nanos();
    delayNanos = firstNanos;
  }

  /** The other side is there but has not answered what is wanted: the delay is the first again. */
  public void reached() {
    delayNanos = firstNanos;
  }

  /** Nothing is wanted any more. */
  public void end() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  /** Whether it is waiting. */
  public boolean waiting() {
    return timer != null;
  }

  private void due() {
    long silent = clock.nanos() - heardNanos;
    if (silent >= delayNanos) {
      delayNanos = Math.min(delayNanos * 2, mostNanos);
      timer = timers.after(delayNanos, this::due);
      resend.run();
    } else {
      timer = timers.after(delayNanos - silent, this::due);
    }
  }
}
