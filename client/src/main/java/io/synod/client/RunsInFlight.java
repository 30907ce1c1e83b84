package io.synod.client;

/** The ends of the runs of new commands that are not wholly answered; a few at most. */
final class RunsInFlight {
  private static final int ROOM = 4;

  private final long[] ends = new long[ROOM];
  private int count;

  boolean hasRoom() {
    return count < ROOM;
  }

  /** Remembers a run that ends before {@code end}, if there is room. */
  void add(long end) {
    if (count < ROOM) {
      ends[count++] = end;
    } else {
      ends[ROOM - 1] = end;
    }
  }

  /** Everything before {@code head} is answered. */
  void answered(long head) {
    int done = 0;
    while (done < count && ends[done] <= head) {
      done++;
    }
    if (done > 0) {
      System.arraycopy(ends, done, ends, 0, count - done);
      count -= done;
    }
  }

  void clear() {
    count = 0;
  }
}
