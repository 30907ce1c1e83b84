package io.synod.quorum;

import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Slow and obvious: definitions written down, to compare the real classes with. */
final class Naive {
  private Naive() {}

  static List<NodeId> ids(int size) {
    return IntStream.rangeClosed(1, size).mapToObj(i -> NodeId.of("n" + i)).toList();
  }

  static List<Set<NodeId>> subsets(List<NodeId> ids) {
    List<Set<NodeId>> all = new ArrayList<>();
    for (int bits = 0; bits < 1 << ids.size(); bits++) {
      Set<NodeId> some = new TreeSet<>();
      for (int i = 0; i < ids.size(); i++) {
        if ((bits & 1 << i) != 0) {
          some.add(ids.get(i));
        }
      }
      all.add(some);
    }
    return all;
  }

  /** The greatest mark m such that those at or above m satisfy the predicate. */
  static long reached(List<NodeId> ids, long[] marks, Predicate<Set<NodeId>> isQuorum) {
    long best = Long.MIN_VALUE;
    for (long mark : marks) {
      Set<NodeId> there = new TreeSet<>();
      for (int i = 0; i < marks.length; i++) {
        if (marks[i] >= mark) {
          there.add(ids.get(i));
        }
      }
      if (isQuorum.test(there)) {
        best = Math.max(best, mark);
      }
    }
    return best;
  }

  /** Quorums by two predicates, with watermarks as above. */
  record System(List<NodeId> acceptors, Predicate<Set<NodeId>> read, Predicate<Set<NodeId>> write)
      implements QuorumSystem {
    @Override
    public boolean isReadQuorum(Set<NodeId> answered) {
      return read.test(answered);
    }

    @Override
    public boolean isWriteQuorum(Set<NodeId> voted) {
      return write.test(voted);
    }

    @Override
    public long reachedByWriteQuorum(long[] reached) {
      return Naive.reached(acceptors, reached, write);
    }
  }
}
