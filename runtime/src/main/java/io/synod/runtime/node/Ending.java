package io.synod.runtime.node;

import io.synod.api.model.NodeId;
import io.synod.api.storage.Journal;
import io.synod.api.storage.StorageException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a node ends: asked to, killed, or failed; its resources are closed by the loop itself. */
final class Ending {
  /** What has to be closed, the last to be used first. */
  record Resources(
      Runnable network, Journal journal, Runnable snapshotsAndStore, Runnable callers,
      Runnable executor) {}

  private static final Logger LOG = LoggerFactory.getLogger(Ending.class);
  private static final long LAST_FORCE_SECONDS = 10;

  private final NodeId self;
  private final EventLoop loop;
  private final Completions completions;
  private final Resources resources;
  private final AtomicBoolean orderly = new AtomicBoolean();
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();
  private final CompletableFuture<Optional<Throwable>> done = new CompletableFuture<>();

  Ending(NodeId self, EventLoop loop, Completions completions, Resources resources) {
    this.self = self;
    this.loop = loop;
    this.completions = completions;
    this.resources = resources;
  }

  /** For the caller's eyes; completed on the caller's executor. */
  CompletionStage<Void> stopped() {
    return stopped;
  }

  /** Completed by the loop as its last deed, with what made it end. */
  CompletableFuture<Optional<Throwable>> done() {
    return done;
  }

  void close() {
    orderly.set(true);
    stopAndWait();
  }

  void kill() {
    stopAndWait();
  }

  private void stopAndWait() {
    loop.stop();
    if (!loop.isCurrent()) {
      done.join();
    }
  }

  /** On the loop, after its last turn. */
  void ended(Optional<Throwable> failure) {
    failure.ifPresent(cause -> LOG.error("[{}] stopped: {}", self, reason(cause), cause));
    attempt(resources.network);
    if (failure.isEmpty() && orderly.get()) {
      attempt(this::forceTheRest);
    }
    attempt(resources.snapshotsAndStore);
    attempt(resources.callers);
    if (failure.isPresent()) {
      completions.fail(stopped, new IllegalStateException(
          "node " + self + " stopped: " + reason(failure.get()), failure.get()));
    } else {
      completions.add(stopped, null);
    }
    attempt(completions::handOver);
    attempt(resources.executor);
    done.complete(failure);
  }

  private static String reason(Throwable cause) {
    return cause instanceof StorageException ? cause.getMessage() : cause.toString();
  }

  /** Nobody was told of what is not forced yet; it only shortens the next catch-up. */
  private void forceTheRest() {
    CountDownLatch forced = new CountDownLatch(1);
    resources.journal.sync(new Journal.SyncListener() {
      @Override
      public void durable(long position) {
        forced.countDown();
      }

      @Override
      public void failed(StorageException cause) {
        LOG.warn("[{}] the last force failed: {}", self, cause.getMessage());
        forced.countDown();
      }
    });
    try {
      if (!forced.await(LAST_FORCE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("[{}] the last force took too long; closing without it", self);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One resource that cannot be closed does not keep the others open. */
  private void attempt(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      LOG.warn("[{}] while stopping: {}", self, e.toString(), e);
    }
  }
}
