package io.synod.rules.bad.register;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;

final class UsesThreads {
  Object thread() {
    return Thread.currentThread();
  }

  Object local() {
    return new ThreadLocal<String>();
  }

  Object map() {
    return new ConcurrentHashMap<String, String>();
  }

  long atomic() {
    return new AtomicLong().get();
  }

  Object queue() {
    return new ManyToOneConcurrentArrayQueue<String>(8);
  }

  int cores() {
    return Runtime.getRuntime().availableProcessors();
  }
}
