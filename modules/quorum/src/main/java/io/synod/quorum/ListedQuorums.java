package io.synod.quorum;

import io.synod.api.model.NodeId;
import io.synod.quorum.IntersectionCheck.DisjointPair;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/** Whoever includes one of the listed sets is a quorum. */
final class ListedQuorums extends WatermarkQuorums {
  private final List<SortedSet<NodeId>> reads;
  private final List<SortedSet<NodeId>> writes;
  private final List<int[]> positions;

  ListedQuorums(
      List<NodeId> acceptors, List<SortedSet<NodeId>> reads, List<SortedSet<NodeId>> writes) {
    super(acceptors);
    this.reads = List.copyOf(reads);
    this.writes = List.copyOf(writes);
    this.positions = writes.stream()
        .map(set -> set.stream().mapToInt(acceptors::indexOf).toArray()).toList();
  }

  /** Sets that are listed are enough to try: each quorum includes one. */
  Optional<DisjointPair> disjoint() {
    for (SortedSet<NodeId> read : reads) {
      for (SortedSet<NodeId> write : writes) {
        if (Collections.disjoint(read, write)) {
          return Optional.of(new DisjointPair(List.copyOf(read), List.copyOf(write)));
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public boolean isReadQuorum(Set<NodeId> answered) {
    return reads.stream().anyMatch(answered::containsAll);
  }

  @Override
  public boolean isWriteQuorum(Set<NodeId> voted) {
    return writes.stream().anyMatch(voted::containsAll);
  }

  @Override
  boolean hasReached(long[] reached, long mark) {
    for (int[] set : positions) {
      if (allReached(reached, mark, set)) {
        return true;
      }
    }
    return false;
  }

  private static boolean allReached(long[] reached, long mark, int[] set) {
    for (int position : set) {
      if (reached[position] < mark) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return reads + " read, " + writes + " write, of " + acceptors();
  }
}
