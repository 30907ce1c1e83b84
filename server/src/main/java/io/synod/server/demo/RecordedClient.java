package io.synod.server.demo;

import io.synod.api.replication.Outcome;
import io.synod.client.SynodClient;
import io.synod.testkit.linearizability.Operation;
import java.util.concurrent.ScheduledExecutorService;

/**
 * At a moderate rate on the recorded counters, which nobody else touches and all recorded clients
 * share; the whole history of these counters is checked.
 */
final class RecordedClient extends DemoClient {
  private static final int MOST_PAUSE_MILLIS = 6;

  private final int counters;

  RecordedClient(
      int number, SynodClient client, Tally tally, ScheduledExecutorService thread,
      int counters) {
    super(number, client, tally, thread);
    this.counters = counters;
  }

  static String key(int counter) {
    return "r" + counter;
  }

  @Override
  void next() {
    int counter = random.nextInt(counters);
    if (random.nextBoolean()) {
      read(counter);
    } else {
      increment(counter);
    }
  }

  @Override
  void pace() {
    againAfter(1 + random.nextInt(MOST_PAUSE_MILLIS));
  }

  @Override
  void incremented(int counter, long invoked, Outcome outcome) {
    if (outcome instanceof Outcome.Applied applied) {
      tally.record(Operation.increment(number, key(counter),
          LedgerMachine.value(applied.result()), invoked, System.nanoTime()));
    } else if (outcome instanceof Outcome.Indeterminate) {
      tally.record(
          Operation.increment(number, key(counter), null, invoked, Operation.NEVER));
    }
  }

  @Override
  void readDone(int counter, long invoked, long value) {
    tally.record(Operation.read(number, key(counter), value, invoked, System.nanoTime()));
  }
}
