package io.synod.rules.bad.api;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Function;

final class StartsThread {
  void thread() {
    new Thread(() -> {}).start();
  }

  Function<Runnable, Thread> reference() {
    return Thread::new;
  }

  Executor pool() {
    return Executors.newSingleThreadExecutor();
  }

  Object common() {
    return CompletableFuture.runAsync(() -> {});
  }
}
