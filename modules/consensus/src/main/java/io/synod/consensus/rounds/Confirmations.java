package io.synod.consensus.rounds;

import io.synod.api.register.RoundBasedRegister;
import java.util.ArrayDeque;
import java.util.function.LongConsumer;

/**
 * Those who wait to hear that the own ballot is still the highest, in order.
 *
 * <p>A new round's read confirms what was asked before it began as well as a message for the
 * purpose: a read quorum promised our next ballot, so that none of it had promised anybody a
 * higher one. What is asked while it runs has to wait and ask for itself: promises on their way
 * to us say nothing about what was promised and decided since.
 */
final class Confirmations {
  private final ArrayDeque<Confirmation> waiting = new ArrayDeque<>();
  private final boolean readsCount;
  private boolean stored;
  private long number;
  private long byRead;

  private record Confirmation(long number, LongConsumer then) {}

  /**
   * Of one proposer.
   *
   * @param readsCount whether a read quorum can confirm a ballot
   */
  Confirmations(boolean readsCount) {
    this.readsCount = readsCount;
  }

  /** Returns the number of the question. */
  long add(LongConsumer then) {
    number++;
    waiting.add(new Confirmation(number, then));
    return number;
  }

  /**
   * Asks the acceptors, if anybody waits. Only a ballot whose 1c a write quorum has stored can say
   * that nobody else decides.
   */
  void ask(RoundBasedRegister register) {
    long last = number;
    if (stored && !waiting.isEmpty()) {
      register.confirm(round -> confirmed(last));
    }
  }

  /** The 1c of the present ballot is on its way. */
  void adopting() {
    stored = false;
  }

  /** A write quorum has stored it. */
  void stored(RoundBasedRegister register) {
    stored = true;
    ask(register);
  }

  /** A read begins, which answers what was asked before. */
  void reading() {
    byRead = number;
    stored = false;
  }

  /** That read has committed. */
  void read() {
    if (readsCount) {
      confirmed(byRead);
    }
  }

  private void confirmed(long upTo) {
    while (!waiting.isEmpty() && waiting.peek().number() <= upTo) {
      Confirmation done = waiting.poll();
      done.then().accept(done.number());
    }
  }

  void clear() {
    waiting.clear();
    stored = false;
  }
}
