package io.synod.testkit.linearizability;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The search of Wing and Gong on one key, with Lowe's just-in-time linearization: it walks through
 * the calls and returns in order of time and keeps the set of all configurations (a state, and
 * which of the pending operations have taken effect) that explain the answers so far. An
 * operation takes effect only when a return demands it. As the set holds no configuration twice,
 * it is its own memory. An empty set means that there is no linearization.
 *
 * <p>Two things keep the set small without changing the answer: a pending read takes effect as
 * soon as it fits, because nothing is lost by that; and of open operations that ask for the same,
 * the oldest goes first, because one may stand for the other.
 */
final class KeySearch {
  private static final int SHOWN = 6;

  private final Model model;
  private final List<Operation> operations;
  private final int mostConfigurations;
  private final BitSet pending = new BitSet();
  private Set<Configuration> configurations = new LinkedHashSet<>();

  private record Configuration(Object state, BitSet effective) {}

  private record Event(long at, boolean returns, int operation) {}

  KeySearch(Model model, List<Operation> operations, int mostConfigurations) {
    this.model = model;
    this.operations = operations.stream().filter(o -> !o.open() || !model.readsOnly(o))
        .sorted(Comparator.comparingLong(Operation::invoked)).toList();
    this.mostConfigurations = mostConfigurations;
  }

  Verdict run() {
    configurations.add(new Configuration(model.initial(), new BitSet()));
    for (Event event : events()) {
      int operation = event.operation();
      if (!event.returns()) {
        invoke(operation);
        continue;
      }
      Set<Configuration> before = configurations;
      configurations = returned(operation);
      if (configurations == null) {
        return new Verdict.Undecided(operations.get(operation).key(), mostConfigurations);
      }
      if (configurations.isEmpty()) {
        return violation(operation, before);
      }
      pending.clear(operation);
    }
    return new Verdict.Linearizable(operations.size(), 1);
  }

  private List<Event> events() {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < operations.size(); i++) {
      events.add(new Event(operations.get(i).invoked(), false, i));
      if (!operations.get(i).open()) {
        events.add(new Event(operations.get(i).returned(), true, i));
      }
    }
    events.sort(Comparator.comparingLong(Event::at).thenComparing(Event::returns));
    return events;
  }

  private void invoke(int operation) {
    pending.set(operation);
    if (model.readsOnly(operations.get(operation))) {
      Set<Configuration> after = new LinkedHashSet<>();
      configurations.forEach(c -> after.add(withFittingReads(c.state(), c.effective())));
      configurations = after;
    }
  }

  /** All configurations in which the operation is in effect, or null if there are too many. */
  private Set<Configuration> returned(int operation) {
    Set<Configuration> after = new LinkedHashSet<>();
    Set<Configuration> seen = new LinkedHashSet<>(configurations);
    ArrayDeque<Configuration> open = new ArrayDeque<>(configurations);
    while (!open.isEmpty()) {
      Configuration from = open.poll();
      if (from.effective().get(operation)) {
        after.add(without(from, operation));
        continue;
      }
      for (int i = pending.nextSetBit(0); i >= 0; i = pending.nextSetBit(i + 1)) {
        Configuration to = step(from, i);
        if (to != null && seen.add(to)) {
          open.add(to);
        }
      }
      if (seen.size() > mostConfigurations) {
        return null;
      }
    }
    return after;
  }

  private Configuration step(Configuration from, int operation) {
    if (from.effective().get(operation) || olderTwinIsLeft(from, operation)) {
      return null;
    }
    Object state = model.step(from.state(), operations.get(operation));
    if (state == Model.IMPOSSIBLE) {
      return null;
    }
    BitSet effective = (BitSet) from.effective().clone();
    effective.set(operation);
    return withFittingReads(state, effective);
  }

  private boolean olderTwinIsLeft(Configuration from, int operation) {
    Operation it = operations.get(operation);
    if (!it.open()) {
      return false;
    }
    for (int i = pending.previousSetBit(operation - 1); i >= 0; i = pending.previousSetBit(i - 1)) {
      Operation older = operations.get(i);
      if (older.open() && !from.effective().get(i) && older.sameEffect(it)) {
        return true;
      }
    }
    return false;
  }

  private Configuration withFittingReads(Object state, BitSet effective) {
    BitSet more = null;
    for (int i = pending.nextSetBit(0); i >= 0; i = pending.nextSetBit(i + 1)) {
      Operation read = operations.get(i);
      if (!effective.get(i) && model.readsOnly(read)
          && model.step(state, read) != Model.IMPOSSIBLE) {
        more = more == null ? (BitSet) effective.clone() : more;
        more.set(i);
      }
    }
    return new Configuration(state, more == null ? effective : more);
  }

  private static Configuration without(Configuration from, int operation) {
    BitSet effective = (BitSet) from.effective().clone();
    effective.clear(operation);
    return new Configuration(from.state(), effective);
  }

  private Verdict violation(int culprit, Set<Configuration> before) {
    Operation it = operations.get(culprit);
    List<Operation> concurrent = new ArrayList<>();
    pending.stream().filter(i -> i != culprit).forEach(i -> concurrent.add(operations.get(i)));
    List<Operation> earlier = operations.stream()
        .filter(o -> o.returned() < it.returned() && !concurrent.contains(o))
        .sorted(Comparator.comparingLong(Operation::returned)).toList();
    earlier = earlier.subList(Math.max(0, earlier.size() - SHOWN), earlier.size());
    Set<String> states = new TreeSet<>();
    before.forEach(c -> states.add(String.valueOf(c.state())));
    return new Verdict.Violation(it.key(), it, concurrent, earlier,
        states.stream().limit(SHOWN).toList());
  }
}
