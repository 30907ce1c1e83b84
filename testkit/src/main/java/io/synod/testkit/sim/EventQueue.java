package io.synod.testkit.sim;

import java.util.Arrays;

/**
 * A binary heap ordered by (time, sequence), keys in primitive arrays. Events of one moment run
 * in the order in which they were added.
 */
final class EventQueue {
  private long[] times = new long[1024];
  private long[] sequences = new long[1024];
  private Runnable[] events = new Runnable[1024];
  private int size;
  private long added;

  /** Adds an event at that moment. */
  void add(long time, Runnable event) {
    if (size == times.length) {
      grow();
    }
    int hole = size++;
    long sequence = added++;
    while (hole > 0) {
      int parent = (hole - 1) >>> 1;
      if (!before(time, sequence, parent)) {
        break;
      }
      move(parent, hole);
      hole = parent;
    }
    put(hole, time, sequence, event);
  }

  /** When the next event is due; not to be asked when empty. */
  long nextTime() {
    return times[0];
  }

  /** Takes the next event. */
  Runnable poll() {
    Runnable first = events[0];
    int last = --size;
    Runnable event = events[last];
    events[last] = null;
    if (last > 0) {
      sink(times[last], sequences[last], event);
    }
    return first;
  }

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  private void sink(long time, long sequence, Runnable event) {
    int hole = 0;
    int half = size >>> 1;
    while (hole < half) {
      int child = 2 * hole + 1;
      if (child + 1 < size && before(times[child + 1], sequences[child + 1], child)) {
        child++;
      }
      if (before(time, sequence, child)) {
        break;
      }
      move(child, hole);
      hole = child;
    }
    put(hole, time, sequence, event);
  }

  private boolean before(long time, long sequence, int other) {
    return time < times[other] || time == times[other] && sequence < sequences[other];
  }

  private void move(int from, int to) {
    put(to, times[from], sequences[from], events[from]);
  }

  private void put(int index, long time, long sequence, Runnable event) {
    times[index] = time;
    sequences[index] = sequence;
    events[index] = event;
  }

  private void grow() {
    int larger = times.length * 2;
    times = Arrays.copyOf(times, larger);
    sequences = Arrays.copyOf(sequences, larger);
    events = Arrays.copyOf(events, larger);
  }
}
