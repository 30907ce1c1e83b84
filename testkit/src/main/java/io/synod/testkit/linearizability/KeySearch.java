package io.synod.testkit.linearizability;

import io.synod.testkit.linearizability.Configurations.Configuration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;

/**
 * The search of Wing and Gong on one key, with Lowe's just-in-time linearization: it walks through
 * the calls and returns in order of time and keeps the set of all configurations (a state, and
 * which of the pending operations have taken effect) that explain the answers so far. An
 * operation takes effect only when a return demands it. As the set holds no configuration twice,
 * it is its own memory. An empty set means that there is no linearization.
 *
 * <p>Three things keep the set small without changing the answer: a pending read takes effect as
 * soon as it fits, because nothing is lost by that; of open operations that ask for the same, the
 * oldest goes first, because one may stand for the other; and see {@link Configurations}.
 *
 * <p>A first search lets open operations take effect only where nothing else explains an answer.
 * Where it finds an order, there is one; only if it finds none is everything tried.
 */
final class KeySearch {
  private final Model model;
  private final List<Operation> operations;
  private final Budget budget;
  private final boolean sparing;
  private final BitSet pending = new BitSet();
  private Configurations configurations = new Configurations();

  /** How a search ends. */
  sealed interface Result {
    /** Some order explains all answers. */
    record Explained() implements Result {}

    /** More configurations than allowed. */
    record GaveUp() implements Result {}

    /** No order explains {@code culprit}; before it the key may have had these states. */
    record Contradiction(Operation culprit, List<Operation> concurrent, List<String> states)
        implements Result {}
  }

  private record Event(long at, boolean returns, int operation) {}

  private KeySearch(
      Model model, List<Operation> operations, Budget budget, boolean sparing) {
    this.sparing = sparing;
    this.model = model;
    this.operations = operations.stream().filter(o -> !o.open() || model.mayShow(o, operations))
        .sorted(Comparator.comparingLong(Operation::invoked)).toList();
    this.budget = budget;
  }

  /** Searches the operations of one key. */
  static Result search(Model model, List<Operation> operations, Budget budget) {
    Result first = new KeySearch(model, operations, budget, true).run();
    return first instanceof Result.Explained
        ? first : new KeySearch(model, operations, budget, false).run();
  }

  private Result run() {
    configurations.add(new Configuration(model.initial(), new BitSet(), new BitSet()));
    for (Event event : events()) {
      int operation = event.operation();
      if (!event.returns()) {
        invoke(operation);
        continue;
      }
      Configurations before = configurations;
      configurations = returned(operation);
      if (configurations == null) {
        return new Result.GaveUp();
      }
      if (configurations.isEmpty()) {
        return contradiction(operation, before);
      }
      pending.clear(operation);
    }
    return new Result.Explained();
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
      Configurations after = new Configurations();
      inOrderOfNeed(configurations).forEach(
          c -> after.add(withFittingReads(c.state(), c.told(), c.open())));
      configurations = after;
    }
  }

  /** All configurations in which the operation is in effect, or null if there are too many. */
  private Configurations returned(int operation) {
    Configurations after = new Configurations();
    Configurations seen = new Configurations();
    PriorityQueue<Configuration> next = new PriorityQueue<>(byNeed());
    inOrderOfNeed(configurations).stream().filter(seen::add).forEach(next::add);
    int enough = 0;
    while (!next.isEmpty()) {
      Configuration from = next.poll();
      int need = from.open().cardinality();
      if (sparing && !after.isEmpty() && need > enough) {
        return after;
      }
      enough = need;
      if (from.told().get(operation)) {
        after.add(without(from, operation));
        continue;
      }
      for (int i = pending.nextSetBit(0); i >= 0; i = pending.nextSetBit(i + 1)) {
        if (!budget.allows(seen.size())) {
          return null;
        }
        Configuration to = step(from, i);
        if (to != null && seen.add(to)) {
          next.add(to);
        }
      }
    }
    return after;
  }

  /** Those that need the fewest open operations first, so that they keep the others out. */
  private static Comparator<Configuration> byNeed() {
    return Comparator.comparingInt(c -> c.open().cardinality());
  }

  private static List<Configuration> inOrderOfNeed(Configurations configurations) {
    return configurations.all().stream().sorted(byNeed()).toList();
  }

  private Configuration step(Configuration from, int operation) {
    Operation it = operations.get(operation);
    BitSet taken = it.open() ? from.open() : from.told();
    if (taken.get(operation) || it.open() && olderTwinIsLeft(from, operation)) {
      return null;
    }
    Object state = model.step(from.state(), it);
    if (state == Model.IMPOSSIBLE) {
      return null;
    }
    BitSet more = (BitSet) taken.clone();
    more.set(operation);
    return it.open() ? withFittingReads(state, from.told(), more)
        : withFittingReads(state, more, from.open());
  }

  private boolean olderTwinIsLeft(Configuration from, int operation) {
    Operation it = operations.get(operation);
    for (int i = pending.previousSetBit(operation - 1); i >= 0; i = pending.previousSetBit(i - 1)) {
      Operation older = operations.get(i);
      if (older.open() && !from.open().get(i) && older.sameEffect(it)) {
        return true;
      }
    }
    return false;
  }

  private Configuration withFittingReads(Object state, BitSet told, BitSet open) {
    BitSet more = told;
    for (int i = pending.nextSetBit(0); i >= 0; i = pending.nextSetBit(i + 1)) {
      Operation read = operations.get(i);
      if (!told.get(i) && model.readsOnly(read) && model.step(state, read) != Model.IMPOSSIBLE) {
        more = more == told ? (BitSet) told.clone() : more;
        more.set(i);
      }
    }
    return new Configuration(state, more, open);
  }

  private static Configuration without(Configuration from, int operation) {
    BitSet told = (BitSet) from.told().clone();
    told.clear(operation);
    return new Configuration(from.state(), told, from.open());
  }

  private Result contradiction(int culprit, Configurations before) {
    List<Operation> concurrent = new ArrayList<>();
    pending.stream().filter(i -> i != culprit).forEach(i -> concurrent.add(operations.get(i)));
    Set<String> states = new TreeSet<>();
    before.all().forEach(c -> states.add(String.valueOf(c.state())));
    return new Result.Contradiction(
        operations.get(culprit), concurrent, List.copyOf(states));
  }
}
