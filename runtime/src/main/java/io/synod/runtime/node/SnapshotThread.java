package io.synod.runtime.node;

import io.synod.api.effect.Snapshots;
import io.synod.api.model.InstanceId;
import io.synod.api.storage.SnapshotContent;
import io.synod.api.storage.SnapshotInfo;
import io.synod.api.storage.SnapshotStore;
import io.synod.api.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Snapshots on one background thread, in the order of the calls; answers are posted to the loop. A
 * failure is posted as a task that throws, which stops the node.
 */
final class SnapshotThread implements Snapshots {
  private static final long CLOSE_SECONDS = 10;

  /** Work of the background thread; what it returns is done on the loop. */
  private interface Work {
    LoopTask run() throws IOException;
  }

  private final SnapshotStore store;
  private final Consumer<LoopTask> poster;
  private final ExecutorService thread;
  /** Loop thread. */
  private Optional<SnapshotInfo> newest;
  /** Background thread: what is being received. */
  private SnapshotStore.Sink receiving;
  private long expected;
  private long received;

  SnapshotThread(String threadName, SnapshotStore store, Consumer<LoopTask> poster)
      throws StorageException {
    this.store = store;
    this.poster = poster;
    this.newest = store.newest();
    this.thread = Executors.newSingleThreadExecutor(task -> {
      Thread background = new Thread(task, threadName);
      background.setDaemon(true);
      return background;
    });
  }

  @Override
  public Optional<SnapshotInfo> newest() {
    return newest;
  }

  @Override
  public void write(InstanceId last, SnapshotContent content, Consumer<SnapshotInfo> done) {
    submit(() -> {
      SnapshotInfo info = store(last, content);
      return () -> {
        content.release();
        becameNewest(info);
        done.accept(info);
      };
    });
  }

  private SnapshotInfo store(InstanceId last, SnapshotContent content) throws IOException {
    try (SnapshotStore.Sink sink = store.create(last)) {
      content.writeTo(sink.stream());
      SnapshotInfo info = sink.commit();
      store.deleteOlderThan(last);
      return info;
    }
  }

  @Override
  public void readChunk(InstanceId last, long offset, int maxBytes, Consumer<byte[]> then) {
    submit(() -> {
      ByteBuffer into = ByteBuffer.allocate(maxBytes);
      int length = store.read(last, offset, into);
      byte[] bytes = length < 0 ? null : Arrays.copyOf(into.array(), length);
      return () -> then.accept(bytes);
    });
  }

  @Override
  public void beginReceive(InstanceId last, long length) {
    submit(() -> {
      forgetReceived();
      receiving = store.create(last);
      expected = length;
      received = 0;
      return () -> {};
    });
  }

  @Override
  public void receiveChunk(byte[] bytes, Consumer<Long> then) {
    submit(() -> {
      if (receiving == null) {
        throw new IllegalStateException("a part of a snapshot came before its beginning");
      }
      receiving.stream().write(bytes);
      received += bytes.length;
      long reached = received;
      return () -> then.accept(reached);
    });
  }

  @Override
  public void commitReceived(Consumer<Boolean> then) {
    submit(() -> {
      if (receiving == null || received != expected) {
        forgetReceived();
        return () -> then.accept(false);
      }
      SnapshotInfo info = receiving.commit();
      forgetReceived();
      store.deleteOlderThan(info.last());
      return () -> {
        becameNewest(info);
        then.accept(true);
      };
    });
  }

  @Override
  public void restoreNewest(Reader reader) {
    Future<InputStream> opening = thread.submit(store::openNewest);
    try (InputStream content = opening.get()) {
      reader.read(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the newest snapshot cannot be opened: "
          + e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a snapshot was being restored", e);
    }
  }

  /**
   * Waits for what runs; drops the rest.
   *
   * @return false when it still runs after a while: the store must not be closed under it
   */
  boolean close() {
    thread.shutdownNow();
    try {
      return thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** A snapshot older than one that came meanwhile stays older. */
  private void becameNewest(SnapshotInfo info) {
    if (newest.isEmpty() || newest.get().last().before(info.last())) {
      newest = Optional.of(info);
    }
  }

  private void forgetReceived() {
    if (receiving != null) {
      receiving.close();
      receiving = null;
    }
  }

  private void submit(Work work) {
    try {
      thread.execute(() -> poster.accept(outcome(work)));
    } catch (RejectedExecutionException e) {
      throw new IllegalStateException("snapshots are closed", e);
    }
  }

  private static LoopTask outcome(Work work) {
    try {
      return work.run();
    } catch (StorageException e) {
      return () -> {
        throw e;
      };
    } catch (IOException | RuntimeException | Error e) {
      return () -> {
        throw new StorageException("a snapshot failed: " + e, e);
      };
    }
  }
}
