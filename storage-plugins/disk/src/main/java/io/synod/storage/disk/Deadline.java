package io.synod.storage.disk;

import java.io.IOException;

/** Until when changes may begin: set by who holds a lease, looked at by who writes. Any thread. */
final class Deadline {
  private volatile long end = System.nanoTime();

  /** From now on until then. */
  void set(long nanos) {
    end = nanos;
  }

  /** Nothing more. */
  void end() {
    end = System.nanoTime();
  }

  /** To be called right before each change. */
  void check() throws IOException {
    if (System.nanoTime() - end >= 0) {
      throw new IOException("the lease for writing does not last for this any more");
    }
  }
}
