package io.synod.storage.file;

import io.synod.api.storage.Journal.SyncListener;
import io.synod.api.storage.StorageException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that writes, forces and tells listeners. All syncs that come while it forces are
 * answered by its next force. After the first failure nothing is written or forced any more: a
 * second force could succeed without the data being on the disk.
 */
final class JournalThread implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(JournalThread.class);

  private final JournalMedium medium;
  private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
  private final Queue<Request> pending = new ArrayDeque<>();
  private final Thread thread;
  private volatile boolean sleeping;
  private volatile boolean flushWanted;
  private volatile boolean closing;
  private volatile long dropWanted;
  private volatile StorageException failure;
  private volatile Thread blocked;
  private long dropped;

  private record Request(long position, SyncListener listener) {}

  JournalThread(JournalMedium medium, String node) {
    this.medium = medium;
    this.thread = new Thread(this, "synod-journal-" + node);
    thread.setDaemon(true);
  }

  // Called by the loop.

  void start() {
    thread.start();
  }

  void sync(long position, SyncListener listener) {
    requests.add(new Request(position, listener));
    wake();
  }

  void drop(long before) {
    dropWanted = before;
    wake();
  }

  /** Asks for what was published to be written out, forced or not. */
  void flush() {
    flushWanted = true;
    wake();
  }

  /** Waits until no more than {@code bytes} are unwritten, or writing failed. */
  void awaitBacklog(long bytes) {
    blocked = Thread.currentThread();
    while (medium.backlog() > bytes && failure == null) {
      flush();
      LockSupport.park(this);
    }
    blocked = null;
  }

  StorageException failure() {
    return failure;
  }

  /** Answers what was asked for, closes the files, and returns when that is done. */
  void close() {
    closing = true;
    wake();
    boolean interrupted = false;
    while (thread.isAlive()) {
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

  private void wake() {
    if (sleeping) {
      LockSupport.unpark(thread);
    }
  }

  // The thread itself.

  @Override
  public void run() {
    while (!closing || !idle()) {
      if (idle()) {
        sleep();
      } else {
        turn();
      }
    }
    medium.close();
  }

  private boolean idle() {
    return requests.isEmpty() && !flushWanted && (dropWanted <= dropped || failure != null);
  }

  private void sleep() {
    sleeping = true;
    if (idle() && !closing) {
      LockSupport.park(this);
    }
    sleeping = false;
  }

  private void turn() {
    flushWanted = false;
    for (Request r = requests.poll(); r != null; r = requests.poll()) {
      pending.add(r);
    }
    if (failure == null) {
      try {
        writeAndForce();
        tellDurable();
        dropSegments();
      } catch (IOException e) {
        fail(medium.unwritable(e));
      } catch (RuntimeException | Error e) {
        fail(new StorageException(
            "the journal's thread failed (" + e + "): restart the node", e));
      }
    }
    tellFailed();
    LockSupport.unpark(blocked);
  }

  private void writeAndForce() throws IOException {
    long written = medium.write();
    if (!pending.isEmpty() || dropWanted > dropped) {
      medium.force(written);
    }
  }

  private void tellDurable() {
    for (Request r = pending.poll(); r != null; r = pending.poll()) {
      r.listener.durable(r.position);
    }
  }

  private void dropSegments() throws IOException {
    long before = dropWanted;
    if (before > dropped) {
      medium.dropBefore(before);
      dropped = before;
    }
  }

  private void fail(StorageException cause) {
    failure = cause;
    LOG.error("the journal is closed to writing: {}", cause.getMessage());
  }

  private void tellFailed() {
    for (Request r = pending.poll(); r != null; r = pending.poll()) {
      try {
        r.listener.failed(failure);
      } catch (RuntimeException e) {
        LOG.error("a listener failed on hearing of a failed journal", e);
      }
    }
  }
}
