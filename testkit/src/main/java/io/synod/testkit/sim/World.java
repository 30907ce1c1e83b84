package io.synod.testkit.sim;

import io.synod.testkit.oracle.Violation;
import io.synod.testkit.trace.WorldObserver;
import java.util.ArrayList;
import java.util.List;

/** Virtual time and the queue of what happens next. */
final class World {
  /** Nanoseconds in a millisecond. */
  static final long MILLI = 1_000_000L;
  /** Nanoseconds in a second. */
  static final long SECOND = 1_000_000_000L;

  /** So much waits only where messages beget messages, and then without end. */
  private static final int MOST_WAITING = 1 << 19;

  private final long seed;
  private final EventQueue queue = new EventQueue();
  private final TraceHash trace = new TraceHash();
  private final List<Violation> violations = new ArrayList<>();
  private WorldObserver observer = new WorldObserver() {};
  private long now;
  private long events;
  private boolean clocksBeyondBound;

  World(long seed) {
    this.seed = seed;
  }

  /** Replaces who is told what no node knows. */
  void observer(WorldObserver other) {
    observer = other;
  }

  WorldObserver observer() {
    return observer;
  }

  /** Lets a generator go on with the draws of another purpose. */
  void restart(SeededRandom random, String purpose) {
    random.restart(seed, purpose);
  }

  /** The generator for one purpose. */
  SeededRandom stream(String purpose) {
    return SeededRandom.stream(seed, purpose);
  }

  /** Virtual nanoseconds since the start of the run. */
  long now() {
    return now;
  }

  /** Runs {@code event} after a delay. */
  void after(long delay, Runnable event) {
    queue.add(now + Math.max(0, delay), event);
  }

  /** Mixes a fact into the trace's hash. */
  void trace(long fact) {
    trace.add(fact);
  }

  long traceHash() {
    return trace.value();
  }

  long events() {
    return events;
  }

  /** From now on a clock runs outside of the bound that leases rely on. */
  void clocksBeyondBound() {
    clocksBeyondBound = true;
  }

  /** Whether all clocks have kept within the bound so far: else lease reads may be stale. */
  boolean clocksWithinBound() {
    return !clocksBeyondBound;
  }

  /** A property does not hold; the run ends after this event. */
  void violated(Violation violation) {
    violations.add(violation);
    observer.violated(violation);
  }

  List<Violation> violations() {
    return violations;
  }

  /** Runs all events up to that moment, or up to the first violation. */
  void runUntil(long end) {
    while (violations.isEmpty() && !queue.isEmpty() && queue.nextTime() <= end) {
      step();
    }
    now = violations.isEmpty() ? Math.max(now, end) : now;
  }

  private void step() {
    now = queue.nextTime();
    events++;
    trace.add(now);
    queue.poll().run();
    if (queue.size() > MOST_WAITING && violations.isEmpty()) {
      violated(new Violation(
          "BoundedTraffic", "at most " + MOST_WAITING + " events are ever on their way",
          queue.size() + " are, after " + events, now));
    }
  }
}
