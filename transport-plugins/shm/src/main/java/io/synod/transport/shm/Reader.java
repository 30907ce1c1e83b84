package io.synod.transport.shm;

import io.synod.api.model.NodeId;
import io.synod.api.transport.PeerAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * The thread of a node's shared memory: keeps looking for messages, as in Lynch's simulation, with
 * pauses that grow while there are none; fifty times a second it gives a sign of life and looks
 * after the channels.
 */
final class Reader implements Runnable {
  private static final long TEND = TimeUnit.MILLISECONDS.toNanos(20);
  private static final int SPINS = 10;
  private static final int YIELDS = 10;
  private static final long FIRST_SLEEP = TimeUnit.MICROSECONDS.toNanos(20);

  private final Rim rim;
  private final Mailbox mailbox;
  private final Inbox inbox;
  private final Supplier<Map<NodeId, Outgoing>> channels;
  private final IdleStrategy idle;
  private final Map<Outgoing, Line> lines = new HashMap<>();
  private PeerAddress own;
  private Thread thread;
  private volatile boolean closed;

  Reader(
      Rim rim, Mailbox mailbox, Inbox inbox, Supplier<Map<NodeId, Outgoing>> channels,
      Duration sleep) {
    this.rim = rim;
    this.mailbox = mailbox;
    this.inbox = inbox;
    this.channels = channels;
    this.idle = sleep.isZero() ? new BusySpinIdleStrategy() : new BackoffIdleStrategy(
        SPINS, YIELDS, Math.min(FIRST_SLEEP, sleep.toNanos()), sleep.toNanos());
  }

  void start(PeerAddress listening) {
    own = listening;
    thread = new Thread(this, "synod-shm-" + rim.life().local().self());
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void run() {
    long tended = System.nanoTime() - TEND;
    while (!closed) {
      try {
        long now = System.nanoTime();
        if (now - tended >= TEND) {
          tended = now;
          tend(now);
        }
        idle.idle(turn());
      } catch (RuntimeException | InternalError e) {
        rim.log().warn("thread", "", rim.name() + ": the thread of shared memory goes on after "
            + e);
      }
    }
    lines.values().forEach(Line::close);
    inbox.close();
    mailbox.close();
  }

  private int turn() {
    int work = inbox.poll();
    for (Line line : lines.values()) {
      work += line.out().pushMore();
    }
    return work;
  }

  private void tend(long now) {
    Map<NodeId, Outgoing> current = channels.get();
    inbox.tend(now, current.keySet());
    lines.values().removeIf(line -> {
      if (line.out().isClosed()) {
        line.close();
      }
      return line.out().isClosed();
    });
    for (Outgoing out : current.values()) {
      lines.computeIfAbsent(out, o -> new Line(rim, o, own)).tend(now);
    }
  }

  /** Returns when nothing more will be delivered. */
  void close() {
    closed = true;
    boolean interrupted = false;
    while (thread.isAlive() && Thread.currentThread() != thread) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
