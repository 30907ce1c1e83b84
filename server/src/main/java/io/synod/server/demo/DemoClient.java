package io.synod.server.demo;

import io.synod.api.replication.Outcome;
import io.synod.api.replication.ReadOutcome;
import io.synod.client.SynodClient;
import java.util.Random;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * One client in a closed loop of increments and reads; every increment has an id of its own.
 * Everything runs on the demo's one client thread.
 */
abstract class DemoClient {
  private static final long PAUSE_MILLIS = 5;

  final int number;
  final SynodClient client;
  final Random random;
  final Tally tally;
  private final ScheduledExecutorService thread;
  private int nextId;
  private int outstanding;
  private boolean ending;
  private Runnable ended;

  DemoClient(int number, SynodClient client, Tally tally, ScheduledExecutorService thread) {
    this.number = number;
    this.client = client;
    this.tally = tally;
    this.thread = thread;
    this.random = new Random(number);
  }

  /** Asks one thing more. */
  abstract void next();

  /** Starts that many loops. */
  final void begin(int loops) {
    thread.execute(() -> {
      for (int i = 0; i < loops; i++) {
        again();
      }
    });
  }

  /** Asks nothing new; {@code then} runs when everything is answered. */
  final void end(Runnable then) {
    thread.execute(() -> {
      ending = true;
      ended = then;
      checkEnded();
    });
  }

  final void again() {
    if (!ending) {
      outstanding++;
      next();
    }
  }

  final void againAfter(long millis) {
    if (!ending) {
      thread.schedule(this::again, millis, TimeUnit.MILLISECONDS);
    }
  }

  final void increment(int counter) {
    int id = nextId++;
    long invoked = System.nanoTime();
    client.submit(LedgerMachine.increment(counter, number, id)).thenAccept(outcome -> {
      outstanding--;
      if (outcome instanceof Outcome.Applied applied) {
        tally.acknowledged(number, id, applied.instance(), invoked);
      } else if (outcome instanceof Outcome.Indeterminate) {
        tally.indeterminate();
      } else {
        tally.refused();
      }
      incremented(counter, invoked, outcome);
      go(!(outcome instanceof Outcome.Rejected));
    });
  }

  final void read(int counter) {
    long invoked = System.nanoTime();
    client.read(LedgerMachine.readCounter(counter)).thenAccept(outcome -> {
      outstanding--;
      boolean answered = outcome instanceof ReadOutcome.Answer;
      if (outcome instanceof ReadOutcome.Answer answer) {
        tally.read(invoked);
        readDone(counter, invoked, LedgerMachine.value(answer.result()));
      } else {
        tally.refused();
      }
      go(answered);
    });
  }

  private void go(boolean answered) {
    checkEnded();
    if (answered) {
      pace();
    } else {
      againAfter(PAUSE_MILLIS);
    }
  }

  private void checkEnded() {
    if (ending && outstanding == 0 && ended != null) {
      Runnable then = ended;
      ended = null;
      then.run();
    }
  }

  /** After an answer. */
  abstract void pace();

  /** An increment ended. */
  abstract void incremented(int counter, long invoked, Outcome outcome);

  /** A read was answered. */
  abstract void readDone(int counter, long invoked, long value);
}
