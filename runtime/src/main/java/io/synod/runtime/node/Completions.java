package io.synod.runtime.node;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stages to be completed, handed to the caller's executor once a turn as one task. Loop thread
 * only.
 */
final class Completions {
  private static final Logger LOG = LoggerFactory.getLogger(Completions.class);

  private final Executor executor;
  private Batch batch = new Batch();

  Completions(Executor executor) {
    this.executor = executor;
  }

  <T> void add(CompletableFuture<T> stage, T value) {
    batch.stages.add(stage);
    batch.values.add(value);
  }

  void fail(CompletableFuture<?> stage, Throwable cause) {
    batch.stages.add(stage);
    batch.values.add(new Failed(cause));
  }

  /** Something to be done between the stages. */
  void run(Runnable task) {
    batch.stages.add(null);
    batch.values.add(task);
  }

  void handOver() {
    if (batch.stages.isEmpty()) {
      return;
    }
    Batch full = batch;
    batch = new Batch();
    try {
      executor.execute(full);
    } catch (RejectedExecutionException e) {
      LOG.warn("the executor given to the node refused to complete {} stages; the common pool"
          + " does it", full.stages.size());
      ForkJoinPool.commonPool().execute(full);
    }
  }

  private record Failed(Throwable cause) {}

  private static final class Batch implements Runnable {
    private final List<CompletableFuture<?>> stages = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    @Override
    public void run() {
      for (int i = 0; i < stages.size(); i++) {
        if (values.get(i) instanceof Runnable task) {
          task.run();
        } else {
          complete(stages.get(i), values.get(i));
        }
      }
    }

    @SuppressWarnings("unchecked") // add() took the value together with a stage of its type
    private static void complete(CompletableFuture<?> stage, Object value) {
      if (value instanceof Failed failed) {
        stage.completeExceptionally(failed.cause);
      } else {
        ((CompletableFuture<Object>) stage).complete(value);
      }
    }
  }
}
