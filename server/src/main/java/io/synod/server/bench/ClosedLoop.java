package io.synod.server.bench;

import com.sun.management.OperatingSystemMXBean;
import io.synod.api.node.Node;
import io.synod.api.replication.Outcome;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * Keeps a number of commands outstanding: each answer brings the next command, on whatever thread
 * the answer comes. Its methods are for one thread, and block.
 */
public final class ClosedLoop {
  private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(10);
  private static final int THREE_DIGITS = 3;

  private final Function<byte[], CompletionStage<Outcome>> door;
  private final int outstanding;
  private final byte[] command;
  private final ScheduledExecutorService later;
  private final Recorder nanos =
      new Recorder(TimeUnit.MICROSECONDS.toNanos(LONGEST_MICROS), THREE_DIGITS);
  private final LongAdder failed = new LongAdder();
  private final Gaps gaps = new Gaps();
  private final CountDownLatch ended;
  private volatile boolean ending;

  /**
   * What came of a stretch of time.
   *
   * @param longestGapNanos between two answers that have a part of their distance in it
   */
  public record Stretch(
      double seconds, long cpuNanos, Histogram nanos, long failed, long longestGapNanos) {
    /** Commands applied per second. */
    public double throughput() {
      return nanos.getTotalCount() / seconds;
    }
  }

  /**
   * Not yet begun.
   *
   * @param payload bytes of a command
   * @param later where what failed is tried again: see {@link #retries}
   */
  public ClosedLoop(
      Function<byte[], CompletionStage<Outcome>> door, int outstanding, int payload,
      ScheduledExecutorService later) {
    this.door = door;
    this.outstanding = outstanding;
    this.command = new byte[payload];
    this.later = later;
    this.ended = new CountDownLatch(outstanding);
  }

  /** The thread on which what failed is tried again. */
  public static ScheduledExecutorService retries() {
    return Executors.newSingleThreadScheduledExecutor(task -> {
      Thread daemon = new Thread(task, "bench-retries");
      daemon.setDaemon(true);
      return daemon;
    });
  }

  /** A door through these nodes, one after the other. */
  public static Function<byte[], CompletionStage<Outcome>> inTurn(List<Node> nodes) {
    List<Node> doors = List.copyOf(nodes);
    AtomicInteger turn = new AtomicInteger();
    return command -> doors.get(Math.floorMod(turn.getAndIncrement(), doors.size()))
        .submit(command);
  }

  /** Sends the first commands. */
  public void begin() {
    for (int i = 0; i < outstanding; i++) {
      new Slot().next();
    }
  }

  /** What comes of so much time from now on. */
  public Stretch measure(long millis) throws InterruptedException {
    gaps.next();
    nanos.getIntervalHistogram();
    long failedBefore = failed.sum();
    long cpuBefore = cpuNanos();
    long from = System.nanoTime();
    await(ended, millis);
    Histogram measured = nanos.getIntervalHistogram();
    double seconds = (System.nanoTime() - from) / 1e9;
    return new Stretch(
        seconds, cpuNanos() - cpuBefore, measured, failed.sum() - failedBefore, gaps.next());
  }

  /** Sends nothing more and waits for the last answers. */
  public void end() throws InterruptedException {
    ending = true;
    ended.await(1, TimeUnit.MINUTES);
  }

  /** The latch opens only at the end: until then only the time counts. */
  private static void await(CountDownLatch ended, long millis) throws InterruptedException {
    if (ended.await(millis, TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("the load ended by itself");
    }
  }

  static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private final class Slot {
    private long sentAt;

    void next() {
      if (ending) {
        ended.countDown();
        return;
      }
      sentAt = System.nanoTime();
      door.apply(command).thenAccept(this::answered);
    }

    private void answered(Outcome outcome) {
      if (outcome instanceof Outcome.Applied) {
        long now = System.nanoTime();
        nanos.recordValue(now - sentAt);
        gaps.answered(now);
        next();
      } else {
        failed.increment();
        later.schedule(this::next, 1, TimeUnit.MILLISECONDS);
      }
    }
  }
}
