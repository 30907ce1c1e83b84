package io.synod.server.demo;

import io.synod.api.model.InstanceId;
import io.synod.testkit.linearizability.Operation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What the clients saw. On the demo's client thread only, until the clients have ended. */
final class Tally {
  private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(1);

  private final Histogram micros = new Histogram(LONGEST_MICROS, 3);
  private final BitSet millisWithAnswers = new BitSet();
  private final IdSet[] acknowledged;
  private final List<Operation> history = new ArrayList<>();
  private final long start = System.nanoTime();
  private InstanceId newest = InstanceId.NONE;
  private long reads;
  private long writes;
  private long indeterminate;
  private long refused;
  private long killedAt;
  private long killedBy = Long.MAX_VALUE;
  private long servedAgainAt;

  Tally(int clients) {
    acknowledged = new IdSet[clients];
    for (int i = 0; i < clients; i++) {
      acknowledged[i] = new IdSet();
    }
  }

  /** The leader was killed between the two times. */
  void killed(long before, long after) {
    killedAt = before;
    killedBy = after;
  }

  void acknowledged(int client, int id, InstanceId instance, long invoked) {
    acknowledged[client].add(id);
    newest = InstanceId.max(newest, instance);
    long now = answered(invoked);
    if (servedAgainAt == 0 && invoked > killedBy) {
      servedAgainAt = now;
    }
  }

  void read(long invoked) {
    reads++;
    answered(invoked);
  }

  void written(long invoked) {
    writes++;
    answered(invoked);
  }

  private long answered(long invoked) {
    long now = System.nanoTime();
    micros.recordValue(Math.min(LONGEST_MICROS, (now - invoked) / 1_000));
    millisWithAnswers.set(millis(now));
    return now;
  }

  void indeterminate() {
    indeterminate++;
  }

  void refused() {
    refused++;
  }

  void record(Operation operation) {
    history.add(operation);
  }

  List<Operation> history() {
    return history;
  }

  IdSet acknowledged(int client) {
    return acknowledged[client];
  }

  int clients() {
    return acknowledged.length;
  }

  long increments() {
    long all = 0;
    for (IdSet ids : acknowledged) {
      all += ids.size();
    }
    return all;
  }

  long reads() {
    return reads;
  }

  long writes() {
    return writes;
  }

  long indeterminateCount() {
    return indeterminate;
  }

  long refusedCount() {
    return refused;
  }

  /** The newest instance of which a client has heard. */
  InstanceId newest() {
    return newest;
  }

  /** From the kill to the first answer to a command submitted after it; null if none came. */
  Long failoverMillis() {
    return servedAgainAt == 0 ? null : TimeUnit.NANOSECONDS.toMillis(servedAgainAt - killedAt);
  }

  /** The longest time without any answer that has a part between these two. */
  long worstStallMillis(long fromNanos, long untilNanos) {
    int last = millis(untilNanos);
    int answered = millisWithAnswers.previousSetBit(Math.max(0, millis(fromNanos)));
    long worst = 0;
    while (answered < last) {
      int next = millisWithAnswers.nextSetBit(answered + 1);
      next = next < 0 ? Math.max(last, answered + 1) : next;
      worst = Math.max(worst, next - answered - 1);
      answered = next;
    }
    return worst;
  }

  private int millis(long nanos) {
    return (int) TimeUnit.NANOSECONDS.toMillis(nanos - start);
  }

  long micros(double percentile) {
    return micros.getValueAtPercentile(percentile);
  }
}
