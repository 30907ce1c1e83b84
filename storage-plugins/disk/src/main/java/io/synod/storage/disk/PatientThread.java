package io.synod.storage.disk;

import io.synod.api.storage.StorageException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A thread of its own for a storage, which may hold it for ever: it is waited for only so long. */
final class PatientThread {
  private final ExecutorService thread;
  private final String place;
  private final String key;

  /**
   * For what is at that place.
   *
   * @param key where the patience is set, for people
   */
  PatientThread(String place, String key) {
    this.thread = Executors.newSingleThreadExecutor(work -> {
      Thread made = new Thread(work, "synod-disk " + place);
      made.setDaemon(true);
      return made;
    });
    this.place = place;
    this.key = key;
  }

  /** Runs it there; what takes longer goes on, and nobody hears what became of it. */
  <T> T call(Duration patience, Callable<T> operation) throws StorageException {
    Future<T> done = thread.submit(operation);
    try {
      return done.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new StorageException("the disk at " + place + " did not answer within "
          + patience.toMillis() + "ms (" + key + ")", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageException("interrupted while waiting for the disk at " + place, e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StorageException known) {
        throw known;
      }
      throw new IllegalStateException("at the disk " + place, e.getCause());
    }
  }

  /** Has it end with this, when it comes back; waits that long for it. */
  void end(Duration patience, Runnable last) {
    if (thread.isShutdown()) {
      return;
    }
    thread.execute(last);
    thread.shutdown();
    try {
      thread.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
