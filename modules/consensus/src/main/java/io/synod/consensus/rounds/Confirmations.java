package io.synod.consensus.rounds;

import java.util.ArrayDeque;
import java.util.function.LongConsumer;

/** Who waits to hear that the own ballot is still the highest, in the order of asking. */
final class Confirmations {
  private final ArrayDeque<Confirmation> waiting = new ArrayDeque<>();
  private long newest;

  private record Confirmation(long number, LongConsumer then) {}

  /** Returns the number under which it waits. */
  long add(LongConsumer then) {
    waiting.add(new Confirmation(++newest, then));
    return newest;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** The number given last. */
  long newest() {
    return newest;
  }

  /** All that asked up to that number hear so. */
  void confirmed(long upTo) {
    while (!waiting.isEmpty() && waiting.peek().number() <= upTo) {
      Confirmation done = waiting.poll();
      done.then().accept(done.number());
    }
  }

  /** Nobody waits any more. */
  void clear() {
    waiting.clear();
  }
}
