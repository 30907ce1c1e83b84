package io.synod.testkit.linearizability;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Decides whether a history is linearizable. Linearizability is local (Herlihy and Wing), so that
 * each key is decided alone; see Wing and Gong, Lowe, and Horn and Kroening for the search.
 * Operations that touch in time count as concurrent. Pure computation: any thread.
 */
public final class LinearizabilityChecker {
  private static final int MOST_CONFIGURATIONS = 2_000_000;

  private final Model model;
  private final int mostConfigurations;

  /** For keys that behave like the model. */
  public LinearizabilityChecker(Model model) {
    this(model, MOST_CONFIGURATIONS);
  }

  /** Gives up on a key when one step of the search needs more configurations than that. */
  public LinearizabilityChecker(Model model, int mostConfigurations) {
    this.model = model;
    this.mostConfigurations = mostConfigurations;
  }

  /** The first violation in the order of keys; else the first undecided key; else well. */
  public Verdict check(List<Operation> history) {
    Map<String, List<Operation>> byKey = new TreeMap<>();
    for (Operation operation : history) {
      byKey.computeIfAbsent(operation.key(), k -> new ArrayList<>()).add(operation);
    }
    Verdict undecided = null;
    for (Map.Entry<String, List<Operation>> one : byKey.entrySet()) {
      Verdict verdict = check(one.getKey(), one.getValue());
      if (verdict instanceof Verdict.Violation) {
        return verdict;
      }
      if (undecided == null && verdict instanceof Verdict.Undecided) {
        undecided = verdict;
      }
    }
    return undecided != null ? undecided
        : new Verdict.Linearizable(history.size(), byKey.size());
  }

  private Verdict check(String key, List<Operation> ofKey) {
    KeySearch.Result result = KeySearch.search(
        model, ofKey, new Budget(mostConfigurations, Long.MAX_VALUE));
    if (result instanceof KeySearch.Result.Contradiction found) {
      List<Operation> prefix = Explanation.prefix(ofKey, found.culprit());
      return new Verdict.Violation(key, found.culprit(), prefix.size(),
          new Explanation(model).essential(prefix), found.concurrent(), found.states());
    }
    return result instanceof KeySearch.Result.GaveUp
        ? new Verdict.Undecided(key, mostConfigurations)
        : new Verdict.Linearizable(ofKey.size(), 1);
  }
}
