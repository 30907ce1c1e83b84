package io.synod.replication;

import io.synod.api.replication.ReadOutcome;
import java.util.List;
import java.util.function.Consumer;

/** A read on its way: answered once {@code index} is applied here. */
record Read(long index, byte[] query, long deadlineNanos, Consumer<ReadOutcome> then) {
  Read at(long newIndex) {
    return new Read(newIndex, query, deadlineNanos, then);
  }

  /** Moves those of {@code reads} whose time is over to {@code late}. */
  static void takeLate(List<Read> reads, long now, List<Read> late) {
    reads.removeIf(read -> {
      boolean overdue = read.deadlineNanos() - now <= 0;
      if (overdue) {
        late.add(read);
      }
      return overdue;
    });
  }
}
