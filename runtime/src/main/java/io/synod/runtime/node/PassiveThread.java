package io.synod.runtime.node;

import io.synod.api.message.Message;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Member;
import io.synod.api.passive.PassiveStore;
import io.synod.api.passive.Step;
import io.synod.api.storage.StorageException;
import io.synod.register.passive.StandIn;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that stands in for one passive acceptor: it alone reaches it, so that one that hangs
 * holds up nobody else. What fails is opened again after a while, and told once until it is better.
 */
final class PassiveThread implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(PassiveThread.class);
  private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long FIRST_PAUSE = 100;
  private static final long LONGEST_PAUSE = 2_000;
  private static final int MOST_WAITING = 1 << 14;

  private final Member member;
  private final StandIn standIn;
  private final Opener opener;
  private final LinkedBlockingQueue<Object> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
  private final Thread thread;
  private volatile boolean closed;
  private volatile Held held = new Held(InstanceId.NONE, InstanceId.NONE);
  private PassiveStore store;
  private String trouble = "";
  private long pause = FIRST_PAUSE;
  /** When it is looked at again, or opened again. */
  private long due = System.nanoTime();

  /** Opens the store, on this thread. */
  interface Opener {
    PassiveStore open() throws StorageException;
  }

  private record Held(InstanceId byAll, InstanceId byMost) {}

  PassiveThread(String name, Member member, StandIn standIn, Opener opener) {
    this.member = member;
    this.standIn = standIn;
    this.opener = opener;
    this.thread = new Thread(this, name);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  Member member() {
    return member;
  }

  /** Any thread; dropped when too much waits. */
  void onMessage(Message message) {
    waiting.offer(message);
  }

  /** One thread. */
  void held(InstanceId byAll, InstanceId byMost) {
    held = new Held(byAll, byMost);
  }

  /** It ends when its present exchange ends; what waits is dropped. */
  void close() {
    closed = true;
    waiting.offer(member);
  }

  /** Whether it has ended by {@code deadline}, of {@link System#nanoTime}; blocks until then. */
  boolean ended(long deadline) {
    try {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      thread.join(Math.max(1, left)); // zero would be for ever
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !thread.isAlive();
  }

  @Override
  public void run() {
    try {
      while (!closed) {
        take();
        if (opened()) {
          work();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closeStore();
    }
  }

  /** What has come, or nothing for a while. */
  private void take() throws InterruptedException {
    Object next = waiting.poll(due - System.nanoTime(), TimeUnit.NANOSECONDS);
    while (next != null) {
      if (next instanceof Message message) {
        standIn.onMessage(message);
      }
      next = waiting.poll();
    }
  }

  private boolean opened() {
    if (standIn.isOpen() || store == null && !isDue()) {
      return standIn.isOpen();
    }
    try {
      if (store == null) {
        store = opener.open();
      }
      standIn.opened(store.incarnation(), store.own());
      return true;
    } catch (StorageException | RuntimeException e) {
      failed(e);
      return false;
    }
  }

  private void work() {
    try {
      Held now = held;
      standIn.held(now.byAll, now.byMost);
      lookIfDue();
      Optional<Step> step = standIn.next();
      while (step.isPresent() && !closed) {
        standIn.done(store.exchange(step.get()));
        step = standIn.next();
      }
      well();
    } catch (StorageException | RuntimeException e) {
      failed(e);
    }
  }

  private boolean isDue() {
    return due - System.nanoTime() <= 0;
  }

  /** However much there is to do: others go by whether it is heard. */
  private void lookIfDue() {
    if (isDue()) {
      standIn.look();
      due = System.nanoTime() + LOOK;
    }
  }

  private void well() {
    if (!trouble.isEmpty()) {
      LOG.info("passive acceptor {} at {} answers again", member.id(), member.place());
    }
    trouble = "";
    pause = FIRST_PAUSE;
  }

  private void failed(Exception why) {
    standIn.lost();
    closeStore();
    pause = Math.min(2 * pause, LONGEST_PAUSE);
    due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause);
    String now = String.valueOf(why.getMessage());
    if (!now.equals(trouble)) {
      trouble = now;
      LOG.warn("passive acceptor {} at {} is not available: {}; it is tried again, and the service"
          + " goes on while a quorum is left", member.id(), member.place(), now);
    }
  }

  private void closeStore() {
    if (store != null) {
      store.close();
      store = null;
    }
  }
}
