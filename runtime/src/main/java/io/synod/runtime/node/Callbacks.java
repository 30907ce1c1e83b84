package io.synod.runtime.node;

import io.synod.api.model.NodeId;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Who completes the stages of a node.
 *
 * @param end what is to be done with it when the node has ended
 */
record Callbacks(Executor executor, Runnable end) {
  /** The caller's, or else a thread of the node's own. */
  static Callbacks of(NodeId self, Optional<Executor> callers) {
    if (callers.isPresent()) {
      return new Callbacks(callers.get(), () -> {});
    }
    ExecutorService own = Executors.newSingleThreadExecutor(task -> {
      Thread thread = new Thread(task, "synod-" + self + "-callbacks");
      thread.setDaemon(true);
      return thread;
    });
    return new Callbacks(own, own::shutdown);
  }
}
