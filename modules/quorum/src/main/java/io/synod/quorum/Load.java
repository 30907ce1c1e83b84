package io.synod.quorum;

import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What quorums ask of each acceptor, and how many operations they bear (the load of Naor and Wool,
 * with acceptors that differ in speed): under the best strategy each operation goes to one quorum,
 * drawn so that the busiest acceptor, for its speed, is as little busy as can be. Pure; tries all
 * sets of acceptors, at most {@value IntersectionCheck#LARGEST}.
 *
 * @param capacity operations a second under that strategy
 * @param shares of the operations that each acceptor takes part in
 * @param utilisation of each acceptor at that capacity: 1 for those that bound it
 * @param sentToAll operations a second when each goes to all acceptors, and the first quorum that
 *     answers ends it: the slowest of the fastest quorum bounds it
 */
public record Load(
    double capacity, Map<NodeId, Double> shares, Map<NodeId, Double> utilisation,
    double sentToAll) {
  /** Keeps the order of the acceptors. */
  public Load {
    shares = Collections.unmodifiableMap(new LinkedHashMap<>(shares));
    utilisation = Collections.unmodifiableMap(new LinkedHashMap<>(utilisation));
  }

  /**
   * Of phase 1 and of reads that are confirmed by a quorum.
   *
   * @param speeds operations a second that each acceptor bears, all above 0
   * @throws IllegalArgumentException for more acceptors than can be tried, or one without a speed
   */
  public static Load ofReads(QuorumSystem system, Map<NodeId, Double> speeds) {
    return of(system.acceptors(), system::isReadQuorum, speeds);
  }

  /** Of phase 2: commands. */
  public static Load ofWrites(QuorumSystem system, Map<NodeId, Double> speeds) {
    return of(system.acceptors(), system::isWriteQuorum, speeds);
  }

  /** The busiest acceptor's share of the operations: the load of the paper, for equal speeds. */
  public double busiest() {
    return shares.values().stream().mapToDouble(share -> share).max().orElse(0);
  }

  private static Load of(
      List<NodeId> acceptors, Predicate<Set<NodeId>> quorum, Map<NodeId, Double> speeds) {
    if (acceptors.size() > IntersectionCheck.LARGEST) {
      throw new IllegalArgumentException("the load is computed for at most "
          + IntersectionCheck.LARGEST + " acceptors, not " + acceptors.size());
    }
    double[] bears = new double[acceptors.size()];
    for (int i = 0; i < bears.length; i++) {
      Double speed = speeds.get(acceptors.get(i));
      if (speed == null || !(speed > 0)) {
        throw new IllegalArgumentException("no speed above 0 for " + acceptors.get(i));
      }
      bears[i] = speed;
    }
    List<int[]> minimal = minimal(acceptors, quorum);
    return of(acceptors, bears, minimal, Packing.of(minimal, bears));
  }

  private static Load of(
      List<NodeId> acceptors, double[] bears, List<int[]> quorums, Packing.Solution solution) {
    double[] busy = new double[bears.length];
    double sentToAll = 0;
    for (int i = 0; i < quorums.size(); i++) {
      double slowest = Double.POSITIVE_INFINITY;
      for (int member : quorums.get(i)) {
        busy[member] += solution.weights()[i];
        slowest = Math.min(slowest, bears[member]);
      }
      sentToAll = Math.max(sentToAll, slowest);
    }
    Map<NodeId, Double> shares = new LinkedHashMap<>();
    Map<NodeId, Double> utilisation = new LinkedHashMap<>();
    for (int i = 0; i < busy.length; i++) {
      shares.put(acceptors.get(i), busy[i] / solution.value());
      utilisation.put(acceptors.get(i), busy[i] / bears[i]);
    }
    return new Load(solution.value(), shares, utilisation, sentToAll);
  }

  /** The quorums from which nobody can be left out. */
  private static List<int[]> minimal(List<NodeId> acceptors, Predicate<Set<NodeId>> quorum) {
    boolean[] enough = new boolean[1 << acceptors.size()];
    List<int[]> found = new ArrayList<>();
    for (int mask = 1; mask < enough.length; mask++) {
      int set = mask;
      int[] members = IntStream.range(0, acceptors.size())
          .filter(i -> (set >> i & 1) == 1).toArray();
      boolean less = false; // smaller masks came before
      for (int member : members) {
        less |= enough[mask & ~(1 << member)];
      }
      enough[mask] = less || quorum.test(ids(acceptors, members));
      if (enough[mask] && !less) {
        found.add(members);
      }
    }
    return found;
  }

  private static Set<NodeId> ids(List<NodeId> acceptors, int[] members) {
    Set<NodeId> ids = new TreeSet<>();
    for (int member : members) {
      ids.add(acceptors.get(member));
    }
    return ids;
  }
}
