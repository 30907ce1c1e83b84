package io.synod.testkit.sim;

import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Knows whose votes are lost, and allows no more of it than the variant promises to survive, so
 * that every violation is a bug: those whose votes are left always hold a read and a write quorum.
 * Votes are lost with a store that is damaged, emptied or replaced, and where they are in memory
 * only, with a crash. So the last copy of a decision is never lost, and a quorum can go on.
 */
final class FaultAtlas {
  private final QuorumSystem quorums;
  private final boolean stable;
  private final Set<NodeId> lost = new TreeSet<>();
  private final Set<NodeId> planned = new TreeSet<>();
  private Predicate<NodeId> votesAgain = node -> false;

  FaultAtlas(QuorumSystem quorums, boolean stable) {
    this.quorums = quorums;
    this.stable = stable;
  }

  /** Whether votes survive a crash. */
  boolean stable() {
    return stable;
  }

  /** Whether a crash of that node is within the promise now. */
  boolean mayCrash(NodeId node) {
    return stable || mayLose(node);
  }

  /** Asked of those whose votes are lost, before others may lose theirs. */
  void votesAgain(Predicate<NodeId> whether) {
    votesAgain = whether;
  }

  /** A crash of that node is planned. */
  void plans(NodeId node) {
    crashed(node);
    planned.add(node);
  }

  /** That node has crashed. */
  void crashed(NodeId node) {
    planned.remove(node);
    if (!stable) {
      lost.add(node);
    }
  }

  /** Claims the store of that node for damage; false if that would be beyond the promise. */
  boolean damage(NodeId node) {
    if (!stable || !mayLose(node)) {
      return false;
    }
    lost.add(node);
    return true;
  }

  /** A configuration names the node's present incarnation: its votes count from now on. */
  void renamed(NodeId node) {
    lost.remove(node);
  }

  /** Whose votes are lost. */
  Set<NodeId> lost() {
    return Collections.unmodifiableSet(lost);
  }

  private boolean mayLose(NodeId node) {
    lost.removeIf(each -> !planned.contains(each) && votesAgain.test(each));
    if (lost.contains(node)) {
      return true;
    }
    Set<NodeId> left = new TreeSet<>(quorums.acceptors());
    left.removeAll(lost);
    left.remove(node);
    return quorums.isReadQuorum(left) && quorums.isWriteQuorum(left);
  }
}
