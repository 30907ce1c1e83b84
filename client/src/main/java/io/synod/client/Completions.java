package io.synod.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Tells callers on their executor: all that one turn of the client's thread settled is one task,
 * so that a task is not paid for per command.
 */
final class Completions {
  private final Executor executor;
  private final Budget budget;
  private List<Pending<?>> settled = new ArrayList<>();
  private int freedCount;
  private long freedBytes;

  Completions(Executor executor, Budget budget) {
    this.executor = executor;
    this.budget = budget;
  }

  void add(Pending<?> pending) {
    settled.add(pending);
  }

  /** The item needs no more room. */
  void free(int bytes) {
    freedCount++;
    freedBytes += bytes;
  }

  /** Ends a turn. Room is given back first, so that callers may submit again at once. */
  void flush() {
    if (freedCount > 0) {
      budget.release(freedCount, freedBytes);
      freedCount = 0;
      freedBytes = 0;
    }
    if (!settled.isEmpty()) {
      List<Pending<?>> batch = settled;
      settled = new ArrayList<>(batch.size());
      run(batch);
    }
  }

  private void run(List<Pending<?>> batch) {
    try {
      executor.execute(() -> tell(batch));
    } catch (RejectedExecutionException e) {
      // The caller shut the executor down before the client: better here than never.
      tell(batch);
    }
  }

  private static void tell(List<Pending<?>> batch) {
    for (Pending<?> pending : batch) {
      pending.tell();
    }
  }
}
