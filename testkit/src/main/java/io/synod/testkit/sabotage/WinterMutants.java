package io.synod.testkit.sabotage;

import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import io.synod.api.register.LocalAcceptor;
import io.synod.quorum.Resilience;
import io.synod.testkit.forward.ForwardingAcceptor;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Rules of acceptors without stable storage (Deconstructing Paxos, §6.1). */
final class WinterMutants {
  private WinterMutants() {}

  static List<Sabotage> all() {
    return List.of(
        new Sabotage(
            "nf-plus-one-at-once", "nf + 1 answers suffice, whoever has recovered",
            "max(nf + 1, n - nf - |R|) answers (D fig. 15)",
            parts -> parts.quorum(inner -> new Counting(inner, inner.acceptors().size())))
            .in("winter"),
        new Sabotage(
            "not-started-over", "R grows: fewer answers suffice, and earlier ones still count",
            "an attempt starts over when R has grown (D fig. 15)",
            parts -> parts.quorum(inner -> new Counting(inner, 0))).in("winter"),
        new Sabotage(
            "recovered-answers", "an acceptor that has lost its memory answers as before",
            "a recovered process takes no further part (D fig. 15)",
            parts -> parts.acceptor((context, inner) -> new Founding(inner))).in("winter"));
  }

  /** Never gives way to another system; whoever is lost only lowers what is needed. */
  private static final class Counting implements QuorumSystem {
    private final QuorumSystem inner;
    private final int crashes;
    private final Set<NodeId> recovered = new TreeSet<>();
    private final int assumed;

    /** With so many taken for recovered from the start. */
    Counting(QuorumSystem inner, int assumed) {
      this.inner = inner;
      this.assumed = assumed;
      this.crashes = Resilience.tolerates(inner, Set.of());
    }

    private int needed() {
      int lost = Math.max(assumed, recovered.size());
      return Math.max(crashes + 1, acceptors().size() - crashes - lost);
    }

    @Override
    public List<NodeId> acceptors() {
      return inner.acceptors();
    }

    @Override
    public QuorumSystem without(Set<NodeId> lost) {
      recovered.addAll(lost);
      return this;
    }

    @Override
    public boolean isReadQuorum(Set<NodeId> answered) {
      return acceptors().stream().filter(answered::contains).count() >= needed();
    }

    @Override
    public boolean isWriteQuorum(Set<NodeId> voted) {
      return isReadQuorum(voted);
    }

    @Override
    public long reachedByWriteQuorum(long[] reached) {
      long[] sorted = reached.clone();
      Arrays.sort(sorted);
      return sorted[sorted.length - needed()];
    }
  }

  /** Takes every store for the first one under its id. */
  private static final class Founding extends ForwardingAcceptor {
    Founding(LocalAcceptor inner) {
      super(inner);
      inner.founding(true);
    }
  }
}
