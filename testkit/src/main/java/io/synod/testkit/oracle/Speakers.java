package io.synod.testkit.oracle;

import io.synod.api.model.Ballot;
import io.synod.api.model.Incarnation;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who has answered as an acceptor: stores, told apart by id and incarnation. */
final class Speakers {
  private final Map<NodeId, List<Speaker>> byNode = new TreeMap<>();
  private Speaker last;

  /** The store of that id and incarnation; noted if it speaks for the first time. */
  Speaker of(NodeId node, Incarnation store) {
    if (last == null || last.node != node || !last.store.equals(store)) {
      last = find(node, store);
    }
    return last;
  }

  private Speaker find(NodeId node, Incarnation store) {
    List<Speaker> all = byNode.computeIfAbsent(node, key -> new ArrayList<>());
    for (Speaker each : all) {
      if (each.store.equals(store)) {
        return each;
      }
    }
    Speaker fresh = new Speaker(node, store, all.isEmpty());
    all.add(fresh);
    return fresh;
  }

  /** Whether the store meant by {@code member} votes no more in that ballot. */
  boolean over(Member member, Ballot ballot) {
    for (Speaker each : byNode.getOrDefault(member.id(), List.of())) {
      if (each.countsFor(member)) {
        return each.gone || ballot.before(each.spoken);
      }
    }
    return false;
  }

  /** A store is gone with its memory; null if it has never answered. */
  Speaker gone(NodeId node, Incarnation store) {
    for (Speaker each : byNode.getOrDefault(node, List.of())) {
      if (each.store.equals(store)) {
        each.gone = true;
        return each;
      }
    }
    return null;
  }

  /** One store. */
  static final class Speaker {
    private final NodeId node;
    private final Incarnation store;
    private final boolean first;
    private Ballot spoken = Ballot.BOTTOM;
    private boolean gone;

    Speaker(NodeId node, Incarnation store, boolean first) {
      this.node = node;
      this.store = store;
      this.first = first;
    }

    NodeId node() {
      return node;
    }

    /** Whether nobody had spoken under this id before. */
    boolean first() {
      return first;
    }

    /** Whether the configuration means this store: by its number, or as the founding one. */
    boolean countsFor(Member member) {
      return member.id().equals(node)
          && (member.incarnation().equals(Incarnation.FOUNDING)
              ? first : member.incarnation().equals(store));
    }

    /** Notes an answer; true if it is in a higher ballot than all before. */
    boolean speaks(Ballot ballot) {
      boolean rises = spoken != ballot && spoken.before(ballot);
      if (rises) {
        spoken = ballot;
      }
      return rises;
    }
  }
}
