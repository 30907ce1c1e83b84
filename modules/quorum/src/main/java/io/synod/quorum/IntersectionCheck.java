package io.synod.quorum;

import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether every read quorum of a system meets every write quorum, by trying all sets of acceptors.
 * Called by the plugins of this package when they create a system; a plugin of one's own should
 * do the same. Pure; for {@value #LARGEST} acceptors it takes some tens of milliseconds.
 */
public final class IntersectionCheck {
  /** The greatest number of acceptors whose subsets are tried. */
  public static final int LARGEST = 16;

  private final QuorumSystem system;
  private final List<NodeId> acceptors;

  private IntersectionCheck(QuorumSystem system) {
    this.system = system;
    this.acceptors = system.acceptors();
  }

  /** A read quorum and a write quorum without a common acceptor, each as small as can be. */
  public record DisjointPair(List<NodeId> read, List<NodeId> write) {
    /** Keeps copies. */
    public DisjointPair {
      read = List.copyOf(read);
      write = List.copyOf(write);
    }

    @Override
    public String toString() {
      return "read quorum " + read + " does not meet write quorum " + write;
    }
  }

  /**
   * Looks for a disjoint pair.
   *
   * @return a pair, or empty when there is none
   * @throws IllegalArgumentException for more than {@value #LARGEST} acceptors: such a system must
   *     be shown to intersect by arithmetic
   */
  public static Optional<DisjointPair> find(QuorumSystem system) {
    int size = system.acceptors().size();
    if (size > LARGEST) {
      throw new IllegalArgumentException(
          "the intersection of quorums is tried for at most " + LARGEST + " acceptors, not "
              + size);
    }
    return new IntersectionCheck(system).search();
  }

  /**
   * Refuses a system with a disjoint pair.
   *
   * @param keys the configuration keys that made the system, for the message
   * @return {@code system}
   * @throws IllegalArgumentException naming {@code keys} and the pair
   */
  public static QuorumSystem require(QuorumSystem system, String keys) {
    find(system).ifPresent(pair -> {
      throw refusal(keys, pair);
    });
    return system;
  }

  static IllegalArgumentException refusal(String keys, DisjointPair pair) {
    return new IllegalArgumentException(
        keys + ": " + pair + "; a value written to one would be invisible to the other,"
            + " so choose larger quorums");
  }

  /**
   * Quorums are closed under adding acceptors, so a disjoint pair exists exactly when some set
   * includes a read quorum and the rest a write quorum. The sets are visited in the order of the
   * Gray code: each differs from the one before by one acceptor.
   */
  private Optional<DisjointPair> search() {
    Set<NodeId> inside = new TreeSet<>();
    Set<NodeId> outside = new TreeSet<>(acceptors);
    int sets = 1 << acceptors.size();
    for (int step = 0; step < sets; step++) {
      if (step > 0) {
        swap(acceptors.get(Integer.numberOfTrailingZeros(step)), inside, outside);
      }
      if (system.isReadQuorum(inside) && system.isWriteQuorum(outside)) {
        return Optional.of(smallest(inside, outside));
      }
    }
    return Optional.empty();
  }

  private static void swap(NodeId acceptor, Set<NodeId> inside, Set<NodeId> outside) {
    if (inside.remove(acceptor)) {
      outside.add(acceptor);
    } else {
      outside.remove(acceptor);
      inside.add(acceptor);
    }
  }

  private DisjointPair smallest(Set<NodeId> readers, Set<NodeId> writers) {
    Set<NodeId> read = new LinkedHashSet<>(readers);
    for (NodeId acceptor : readers) {
      read.remove(acceptor);
      if (!system.isReadQuorum(read)) {
        read.add(acceptor);
      }
    }
    Set<NodeId> write = new LinkedHashSet<>(writers);
    for (NodeId acceptor : writers) {
      write.remove(acceptor);
      if (!system.isWriteQuorum(write)) {
        write.add(acceptor);
      }
    }
    return new DisjointPair(sorted(read), sorted(write));
  }

  private static List<NodeId> sorted(Set<NodeId> some) {
    return new ArrayList<>(new TreeSet<>(some));
  }
}
