package io.synod.testkit.linearizability;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A set of configurations without those that another one makes needless. Nobody has to let an
 * open operation take effect, so a configuration can do whatever one of equal state can do that
 * has used up more of the open operations. Only the smallest sets of open operations are kept;
 * without that, each open write would double the work.
 */
final class Configurations {
  private final Map<Key, List<Configuration>> kept = new HashMap<>();
  private final List<Configuration> inOrder = new ArrayList<>();

  /** One way to explain the answers so far: the state, and which operations made it so. */
  record Configuration(Object state, BitSet told, BitSet open) {
    private boolean needsNoMoreThan(Configuration other) {
      BitSet more = (BitSet) open.clone();
      more.andNot(other.open);
      return more.isEmpty();
    }
  }

  private record Key(Object state, BitSet told) {}

  /** Adds it, unless it needs as much as one that is there; says whether it did. */
  boolean add(Configuration configuration) {
    List<Configuration> equal = kept.computeIfAbsent(
        new Key(configuration.state(), configuration.told()), key -> new ArrayList<>(1));
    for (Configuration other : equal) {
      if (other.needsNoMoreThan(configuration)) {
        return false;
      }
    }
    equal.add(configuration);
    inOrder.add(configuration);
    return true;
  }

  /** In the order in which they came. */
  List<Configuration> all() {
    return inOrder;
  }

  int size() {
    return inOrder.size();
  }

  boolean isEmpty() {
    return inOrder.isEmpty();
  }
}
