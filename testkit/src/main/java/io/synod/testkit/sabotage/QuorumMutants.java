package io.synod.testkit.sabotage;

import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Quorums that do not meet: one acceptor fewer than needed is taken for enough. */
final class QuorumMutants {
  private QuorumMutants() {}

  static List<Sabotage> all() {
    return List.of(
        new Sabotage(
            "write-quorum-too-small", "one vote fewer than a write quorum chooses a value",
            "every read quorum meets every write quorum (Y, L)",
            parts -> parts.quorum(inner -> new Short(inner, false, true))),
        new Sabotage(
            "read-quorum-too-small", "one promise fewer than a read quorum ends the read",
            "every read quorum meets every write quorum (Y, L)",
            parts -> parts.quorum(inner -> new Short(inner, true, false))),
        new Sabotage(
            "quorum-of-old-era", "a write quorum of the first members counts in later eras, too",
            "every ballot has the quorums of its own era (R)",
            parts -> {
              List<QuorumSystem> made = new ArrayList<>();
              return parts.quorum(inner -> {
                made.add(inner);
                return new OfOldEra(inner, made.get(0));
              });
            }).whileReconfiguring(),
        new Sabotage(
            "copies-too-few", "one copy fewer than a write quorum ends a write",
            "every read quorum meets every write quorum (A, Y)",
            parts -> parts.quorum(inner -> new Short(inner, false, true))).in("abd"));
  }

  private record OfOldEra(QuorumSystem inner, QuorumSystem old) implements QuorumSystem {
    @Override
    public List<NodeId> acceptors() {
      return inner.acceptors();
    }

    @Override
    public boolean isReadQuorum(Set<NodeId> answered) {
      return inner.isReadQuorum(answered);
    }

    @Override
    public boolean isWriteQuorum(Set<NodeId> voted) {
      return inner.isWriteQuorum(voted) || old.isWriteQuorum(voted);
    }

    @Override
    public long reachedByWriteQuorum(long[] reached) {
      long[] byOld = old.acceptors().stream().mapToInt(acceptors()::indexOf)
          .mapToLong(i -> i < 0 ? 0 : reached[i]).toArray();
      return Math.max(inner.reachedByWriteQuorum(reached), old.reachedByWriteQuorum(byOld));
    }
  }

  private record Short(QuorumSystem inner, boolean reads, boolean writes)
      implements QuorumSystem {
    @Override
    public List<NodeId> acceptors() {
      return inner.acceptors();
    }

    @Override
    public boolean isReadQuorum(Set<NodeId> answered) {
      return reads ? almost(inner::isReadQuorum, answered) : inner.isReadQuorum(answered);
    }

    @Override
    public boolean isWriteQuorum(Set<NodeId> voted) {
      return writes ? almost(inner::isWriteQuorum, voted) : inner.isWriteQuorum(voted);
    }

    private boolean almost(Predicate<Set<NodeId>> quorum, Set<NodeId> those) {
      return acceptors().stream().anyMatch(one -> {
        Set<NodeId> more = new TreeSet<>(those);
        more.add(one);
        return !those.isEmpty() && quorum.test(more);
      });
    }

    @Override
    public long reachedByWriteQuorum(long[] reached) {
      long best = inner.reachedByWriteQuorum(reached);
      long most = Arrays.stream(reached).max().orElse(best);
      for (int i = 0; writes && i < reached.length; i++) {
        long[] helped = reached.clone();
        helped[i] = most;
        best = Math.max(best, inner.reachedByWriteQuorum(helped));
      }
      return best;
    }
  }
}
