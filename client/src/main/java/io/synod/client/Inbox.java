package io.synod.client;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Many threads push, one takes everything at once. A push is one compare-and-swap and allocates
 * nothing, and everything pushed while the taker was busy comes out as one batch: that is what
 * makes a run of commands share one message.
 */
final class Inbox {
  private static final Input CLOSED = new Input() {
    @Override
    void deliver(ClientCore core, long now) {
      throw new IllegalStateException("the end of the inbox is not an input");
    }
  };

  private final AtomicReference<Input> newest = new AtomicReference<>();

  /** Whether it was taken in; false once closed. Any thread. */
  boolean push(Input input) {
    Input before;
    do {
      before = newest.get();
      if (before == CLOSED) {
        return false;
      }
      input.next(before);
    } while (!newest.compareAndSet(before, input));
    return true;
  }

  boolean isEmpty() {
    return newest.get() == null;
  }

  /** All that was pushed, oldest first, linked; or null. */
  Input takeAll() {
    return oldestFirst(newest.getAndSet(null));
  }

  /** The rest; every later push is refused. */
  Input close() {
    return oldestFirst(newest.getAndSet(CLOSED));
  }

  private static Input oldestFirst(Input newestFirst) {
    Input done = null;
    Input rest = newestFirst;
    while (rest != null) {
      Input after = rest.next();
      rest.next(done);
      done = rest;
      rest = after;
    }
    return done;
  }
}
