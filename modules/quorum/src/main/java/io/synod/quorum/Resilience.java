package io.synod.quorum;

import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How many acceptors may fail: progress needs a read quorum and a write quorum among those that
 * are left. Tries sets of growing size; for a dozen acceptors that takes a millisecond. Pure.
 */
public final class Resilience {
  private final QuorumSystem system;
  private final List<NodeId> alive;

  private Resilience(QuorumSystem system, Set<NodeId> failed) {
    this.system = system;
    this.alive = new ArrayList<>(system.acceptors());
    this.alive.removeAll(failed);
  }

  /**
   * A smallest set of acceptors whose loss stops progress, the first in the order of ids.
   *
   * @param failed acceptors that count as lost already
   * @return empty if progress has stopped already
   */
  public static List<NodeId> smallestLoss(QuorumSystem system, Set<NodeId> failed) {
    return new Resilience(system, failed).search();
  }

  /** Any so many further acceptors may fail and there is progress; -1 if there is none now. */
  public static int tolerates(QuorumSystem system, Set<NodeId> failed) {
    return smallestLoss(system, failed).size() - 1;
  }

  private List<NodeId> search() {
    Set<NodeId> left = new TreeSet<>(alive);
    for (int size = 0; size <= alive.size(); size++) {
      Optional<List<NodeId>> found = lose(left, 0, size);
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw new IllegalArgumentException("quorums of nobody: " + system);
  }

  /** Takes {@code more} acceptors from position {@code from} on out of {@code left}. */
  private Optional<List<NodeId>> lose(Set<NodeId> left, int from, int more) {
    if (more == 0) {
      boolean progress = system.isReadQuorum(left) && system.isWriteQuorum(left);
      return progress ? Optional.empty() : Optional.of(lost(left));
    }
    for (int i = from; i <= alive.size() - more; i++) {
      left.remove(alive.get(i));
      Optional<List<NodeId>> found = lose(left, i + 1, more - 1);
      left.add(alive.get(i));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private List<NodeId> lost(Set<NodeId> left) {
    return alive.stream().filter(id -> !left.contains(id)).toList();
  }
}
