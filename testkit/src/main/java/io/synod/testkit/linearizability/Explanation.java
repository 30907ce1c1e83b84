package io.synod.testkit.linearizability;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds which answers contradict each other. It takes the shortest prefix that cannot be
 * linearized and forgets answers, many at a time and then one by one, as long as what is left is
 * still impossible: a read is left out, any other operation becomes one of unknown outcome. Both
 * only allow more, so that what remains is a contradiction by itself.
 */
final class Explanation {
  private static final int MOST_CONFIGURATIONS = 2_000;
  private static final int MOST_STEPS_OF_ONE = 20_000;
  private static final int MOST_TRIES = 150;

  private final Model model;
  private int tries;

  Explanation(Model model) {
    this.model = model;
  }

  /** What had been called when the culprit returned; what had not returned by then is open. */
  static List<Operation> prefix(List<Operation> ofKey, Operation culprit) {
    return ofKey.stream().filter(o -> o.invoked() <= culprit.returned())
        .map(o -> o.returned() > culprit.returned() ? o.withUnknownOutcome() : o)
        .sorted(Comparator.comparingLong(Operation::invoked)).toList();
  }

  /** The operations of the prefix whose answers are needed, in order of call. */
  List<Operation> essential(List<Operation> prefix) {
    List<Operation> left = new ArrayList<>(prefix);
    for (int size = Math.max(1, left.size() / 2); size >= 1; size /= 2) {
      for (int from = 0; from < left.size() && tries < MOST_TRIES; ) {
        List<Operation> weaker = forget(left, from, Math.min(left.size(), from + size));
        if (weaker != null && impossible(weaker)) {
          from += Math.max(0, size - (left.size() - weaker.size()));
          left = weaker;
        } else {
          from += size;
        }
      }
    }
    return left.stream().filter(o -> !o.open()).toList();
  }

  /** Null if there is nothing to forget in that range. */
  private List<Operation> forget(List<Operation> all, int from, int to) {
    List<Operation> weaker = new ArrayList<>(all.subList(0, from));
    boolean any = false;
    for (Operation operation : all.subList(from, to)) {
      any |= !operation.open() || model.readsOnly(operation);
      if (!model.readsOnly(operation)) {
        weaker.add(operation.withUnknownOutcome());
      }
    }
    weaker.addAll(all.subList(to, all.size()));
    return any ? weaker : null;
  }

  private boolean impossible(List<Operation> history) {
    tries++;
    return KeySearch.search(
        model, history, new Budget(MOST_CONFIGURATIONS, MOST_STEPS_OF_ONE))
        instanceof KeySearch.Result.Contradiction;
  }
}
