package io.synod.quorum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import io.synod.quorum.IntersectionCheck.DisjointPair;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IntersectionCheckTest {
  @Test
  void countedQuorumsIntersectExactlyWhenTheSizesExceedAll() {
    for (int n = 1; n <= 7; n++) {
      for (int read = 1; read <= n; read++) {
        for (int write = 1; write <= n; write++) {
          QuorumSystem system = new CountedQuorums(Naive.ids(n), read, write);
          Optional<DisjointPair> pair = IntersectionCheck.find(system);
          assertThat(pair.isEmpty()).as("%s", system).isEqualTo(read + write > n);
          pair.ifPresent(p -> assertThat(p).satisfies(q -> shows(q, system)));
        }
      }
    }
  }

  @Test
  void agreesWithTryingEveryPair() {
    for (int seed = 0; seed < 300; seed++) {
      QuorumSystem system = randomLists(new Random(seed), 1 + seed % 6);
      Optional<DisjointPair> pair = IntersectionCheck.find(system);
      assertThat(pair.isPresent()).as("seed %s", seed).isEqualTo(somePairIsDisjoint(system));
      pair.ifPresent(p -> shows(p, system));
    }
  }

  @Test
  void theLargestSystemIsStillTried() {
    List<NodeId> ids = Naive.ids(IntersectionCheck.LARGEST);
    assertThat(IntersectionCheck.find(new CountedQuorums(ids, 8, 9))).isEmpty();
    assertThat(IntersectionCheck.find(new CountedQuorums(ids, 8, 8))).isPresent();
  }

  @Test
  void aLargerOneIsRefusedAndNotGuessed() {
    QuorumSystem system = new CountedQuorums(Naive.ids(17), 9, 9);
    assertThatThrownBy(() -> IntersectionCheck.find(system))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 16 acceptors, not 17");
  }

  @Test
  void requireNamesTheKeysAndThePair() {
    QuorumSystem grid = new Naive.System(Naive.ids(4),
        answered -> answered.containsAll(Naive.ids(2)),
        voted -> voted.contains(NodeId.of("n3")) && voted.contains(NodeId.of("n4")));
    assertThatThrownBy(() -> IntersectionCheck.require(grid, "my.keys"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "my.keys: read quorum [n1, n2] does not meet write quorum [n3, n4]");
  }

  private static void shows(DisjointPair pair, QuorumSystem system) {
    assertThat(system.isReadQuorum(Set.copyOf(pair.read()))).isTrue();
    assertThat(system.isWriteQuorum(Set.copyOf(pair.write()))).isTrue();
    assertThat(Collections.disjoint(pair.read(), pair.write())).isTrue();
  }

  private static QuorumSystem randomLists(Random random, int size) {
    List<NodeId> ids = Naive.ids(size);
    List<Set<NodeId>> read = someSets(random, ids);
    List<Set<NodeId>> write = someSets(random, ids);
    return new Naive.System(ids,
        answered -> read.stream().anyMatch(answered::containsAll),
        voted -> write.stream().anyMatch(voted::containsAll));
  }

  private static List<Set<NodeId>> someSets(Random random, List<NodeId> ids) {
    List<Set<NodeId>> all = new ArrayList<>(Naive.subsets(ids));
    all.removeIf(set -> 2 * set.size() < ids.size());
    Collections.shuffle(all, random);
    return all.subList(0, 1 + random.nextInt(Math.min(4, all.size())));
  }

  private static boolean somePairIsDisjoint(QuorumSystem system) {
    List<Set<NodeId>> all = Naive.subsets(system.acceptors());
    return all.stream().filter(system::isReadQuorum).anyMatch(
        read -> all.stream().filter(system::isWriteQuorum)
            .anyMatch(write -> Collections.disjoint(read, write)));
  }
}
