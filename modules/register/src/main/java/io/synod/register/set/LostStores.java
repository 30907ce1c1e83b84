package io.synod.register.set;

import io.synod.api.model.Configuration;
import io.synod.api.model.Incarnation;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * R of figure 15, the processes known to have recovered, for all configurations at once: stores
 * that have lost their memory, as configurations name them. Who is named anew is not among them.
 */
final class LostStores {
  private final Map<NodeId, Set<Incarnation>> stores = new TreeMap<>();

  /** True if that is news. */
  boolean add(NodeId id, Incarnation store) {
    return stores.computeIfAbsent(
        id, key -> new TreeSet<>((a, b) -> Long.compare(a.number(), b.number()))).add(store);
  }

  /** As of now: it does not grow. */
  LostStores known() {
    LostStores copy = new LostStores();
    stores.forEach((id, lost) -> lost.forEach(store -> copy.add(id, store)));
    return copy;
  }

  /** The members of that configuration whose store is lost. */
  Set<NodeId> in(Configuration configuration) {
    Set<NodeId> found = new TreeSet<>();
    for (Member member : configuration.members()) {
      Set<Incarnation> lost = stores.get(member.id());
      if (lost != null && lost.contains(member.incarnation())) {
        found.add(member.id());
      }
    }
    return found;
  }
}
