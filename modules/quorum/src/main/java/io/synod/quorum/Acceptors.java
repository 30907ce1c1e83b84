package io.synod.quorum;

import io.synod.api.model.NodeId;
import java.util.List;
import java.util.Set;

/** What every quorum system asks of its list of acceptors. */
final class Acceptors {
  private Acceptors() {}

  /** A copy; watermarks are matched to acceptors by position, so the order must be the one. */
  static List<NodeId> ordered(List<NodeId> acceptors) {
    if (acceptors.isEmpty()) {
      throw new IllegalArgumentException("a quorum system needs an acceptor");
    }
    for (int i = 1; i < acceptors.size(); i++) {
      if (acceptors.get(i - 1).compareTo(acceptors.get(i)) >= 0) {
        throw new IllegalArgumentException(
            "acceptors must be listed once each, in the order of their ids, but were " + acceptors);
      }
    }
    return List.copyOf(acceptors);
  }

  /** How many of {@code acceptors} are in {@code some}; strangers in it do not count. */
  static int countIn(List<NodeId> acceptors, Set<NodeId> some) {
    int count = 0;
    for (int i = 0; i < acceptors.size(); i++) {
      if (some.contains(acceptors.get(i))) {
        count++;
      }
    }
    return count;
  }

  /** Refuses watermarks that cannot be matched to the acceptors. */
  static void sameLength(List<NodeId> acceptors, long[] reached) {
    if (reached.length != acceptors.size()) {
      throw new IllegalArgumentException(
          reached.length + " watermarks for " + acceptors.size() + " acceptors");
    }
  }
}
