package io.synod.server.demo;

import io.synod.api.replication.Outcome;
import io.synod.client.SynodClient;
import java.util.concurrent.ScheduledExecutorService;

/** As fast as it can. Each of its increments is audited by its id, but no history is kept. */
final class LoadClient extends DemoClient {
  private static final int READ_EVERY = 8;

  private final int firstCounter;
  private final int counters;

  LoadClient(
      int number, SynodClient client, Tally tally, ScheduledExecutorService thread,
      int firstCounter, int counters) {
    super(number, client, tally, thread);
    this.firstCounter = firstCounter;
    this.counters = counters;
  }

  @Override
  void next() {
    int counter = firstCounter + random.nextInt(counters);
    if (random.nextInt(READ_EVERY) == 0) {
      read(counter);
    } else {
      increment(counter);
    }
  }

  @Override
  void pace() {
    again();
  }

  @Override
  void incremented(int counter, long invoked, Outcome outcome) {
    // Nothing to keep: the tally has its id.
  }

  @Override
  void readDone(int counter, long invoked, long value) {
    // Nothing to keep.
  }
}
