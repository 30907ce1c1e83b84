package io.synod.server.figures;

import io.synod.api.replication.Outcome;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Broadcasts at a rate, however many of the broadcasts before are delivered; what is refused is
 * lost. One thread; blocks.
 */
final class PacedLoad {
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final Function<byte[], CompletionStage<Outcome>> door;
  private final long perSecond;
  private final byte[] message;
  private final LongAdder applied = new LongAdder();
  private final LongAdder answered = new LongAdder();
  private long sent;

  PacedLoad(
      Function<byte[], CompletionStage<Outcome>> door, long perSecond, int payload) {
    this.door = door;
    this.perSecond = perSecond;
    this.message = new byte[payload];
  }

  /** How many were delivered per second of so much time from now on. */
  double run(long millis) {
    long appliedBefore = applied.sum();
    long sentBefore = sent;
    long from = System.nanoTime();
    long length = TimeUnit.MILLISECONDS.toNanos(millis);
    long passed = 0;
    while (passed < length) {
      // What a late tick owes is sent at once; never more than belongs to this stretch.
      sendUpTo(sentBefore + passed * perSecond / TimeUnit.SECONDS.toNanos(1), from + length);
      LockSupport.parkNanos(TICK_NANOS);
      passed = System.nanoTime() - from;
    }
    return (applied.sum() - appliedBefore) * 1e9 / passed;
  }

  private void sendUpTo(long due, long until) {
    while (sent < due && System.nanoTime() - until < 0) {
      sent++;
      door.apply(message).thenAccept(this::answered);
    }
  }

  private void answered(Outcome outcome) {
    if (outcome instanceof Outcome.Applied) {
      applied.increment();
    }
    answered.increment();
  }

  /** Waits for the answers that are still on their way. */
  void end() {
    long from = System.nanoTime();
    while (answered.sum() < sent && System.nanoTime() - from < PATIENCE_NANOS) {
      LockSupport.parkNanos(TICK_NANOS);
    }
  }
}
