package io.synod.quorum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import io.synod.api.plugin.Settings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** max(nf + 1, n - nf - |R|), of whom none is in R (Deconstructing Paxos, figure 15). */
class WinterQuorumsTest {
  private static final int LARGEST = 6;

  private static QuorumSystem system(int size, int crashes) {
    return new WinterPlugin().create(
        Naive.ids(size), Settings.DEFAULTS.with(WinterPlugin.CRASHES, crashes));
  }

  private static Set<NodeId> first(int count) {
    return new TreeSet<>(Naive.ids(count));
  }

  private static Set<NodeId> without(Set<NodeId> all, Set<NodeId> some) {
    Set<NodeId> rest = new TreeSet<>(all);
    rest.removeAll(some);
    return rest;
  }

  @ParameterizedTest
  @CsvSource({"7,2,0,5", "7,2,1,4", "7,2,2,3", "7,2,3,3", "7,3,0,4", "7,3,3,4", "4,1,0,3",
      "4,1,1,2", "5,2,0,3", "5,2,2,3", "6,1,1,4", "3,1,0,2", "1,0,0,1", "2,0,0,2"})
  void soManyOfThoseWhoHaveNotRecoveredAreNeeded(int size, int crashes, int lost, int needed) {
    Set<NodeId> all = first(size);
    Set<NodeId> recovered = first(lost);
    QuorumSystem system = system(size, crashes).without(recovered);
    for (Set<NodeId> answered : Naive.subsets(Naive.ids(size))) {
      int count = without(answered, recovered).size();
      boolean lowered = system(size, crashes).without(recovered) != system(size, crashes);
      if (lowered && without(all, recovered).containsAll(answered)) {
        assertThat(system.isReadQuorum(answered)).as("%s", answered).isEqualTo(count >= needed);
        assertThat(system.isWriteQuorum(answered)).as("%s", answered).isEqualTo(count >= needed);
      }
    }
  }

  @Test
  void whoHasRecoveredCountsForNothing() {
    QuorumSystem system = system(4, 1).without(Set.of(NodeId.of("n1")));
    assertThat(system.isWriteQuorum(first(2))).isFalse();
    assertThat(system.isWriteQuorum(first(3))).isTrue();
    assertThat(system.reachedByWriteQuorum(new long[] {9, 8, 5, 3})).isEqualTo(5);
    assertThat(system(4, 1).reachedByWriteQuorum(new long[] {9, 8, 5, 3})).isEqualTo(5);
    assertThat(system.reachedByWriteQuorum(new long[] {9, 8, 5, 5})).isEqualTo(5);
    assertThat(system.without(Set.of(NodeId.of("n9")))).as("a stranger").isSameAs(system);
  }

  @Test
  void itIsTheSameSystemWhereNoFewerAnswersSuffice() {
    QuorumSystem five = system(5, 2);
    assertThat(five.without(Set.of())).isSameAs(five);
    assertThat(five.without(first(1))).as("nf + 1 already").isSameAs(five);
    QuorumSystem seven = system(7, 2);
    QuorumSystem one = seven.without(first(1));
    assertThat(one).isNotSameAs(seven);
    assertThat(one.without(first(1))).isSameAs(one);
    assertThat(one.without(first(2))).isNotSameAs(one);
  }

  /**
   * All of what can happen up to {@value #LARGEST} acceptors. The later attempt begins when those
   * in C have recovered and is answered by others only; the earlier one was, maybe, also by some
   * of C. Each knows of any of those who had recovered when it began, whatever crashes how often.
   */
  @Test
  void anyTwoAttemptsHaveAnAcceptorInCommonThatKeptItsMemory() {
    long tried = 0;
    for (int size = 1; size <= LARGEST; size++) {
      for (int crashes = 0; 2 * crashes < size; crashes++) {
        for (Set<NodeId> gone : Naive.subsets(Naive.ids(size))) {
          tried += attempts(size, crashes, gone, gone);
        }
      }
    }
    assertThat(tried).isGreaterThan(100_000);
  }

  /** The later attempt may be answered by all but {@code silent}. */
  private static long attempts(int size, int crashes, Set<NodeId> gone, Set<NodeId> silent) {
    QuorumSystem system = new WinterQuorums(Naive.ids(size), crashes, Set.of());
    List<Set<NodeId>> known = Naive.subsets(List.copyOf(gone));
    List<Set<NodeId>> answers = Naive.subsets(Naive.ids(size));
    long tried = 0;
    for (Set<NodeId> earlier : known) {
      QuorumSystem before = system.without(earlier);
      for (Set<NodeId> answered : answers) {
        if (before.isWriteQuorum(without(answered, earlier))) {
          Set<NodeId> rest = without(without(first(size), answered), silent);
          for (Set<NodeId> later : known) {
            tried++;
            assertThat(system.without(later).isReadQuorum(rest))
                .as("n=%s nf=%s, answered %s with R=%s, then %s with R=%s", size, crashes,
                    answered, earlier, rest, later).isFalse();
          }
        }
      }
    }
    return tried;
  }

  /** Why attempts start over: n4 answers, recovers, and is still counted under fewer answers. */
  @Test
  void answersFromBeforeWouldSpoilIt() {
    NodeId n1 = NodeId.of("n1");
    NodeId n2 = NodeId.of("n2");
    QuorumSystem six = new WinterQuorums(Naive.ids(6), 2, Set.of());
    Set<NodeId> wrote = Set.of(n1, NodeId.of("n3"), NodeId.of("n4"));
    Set<NodeId> read = Set.of(n2, NodeId.of("n5"), NodeId.of("n6"));
    assertThat(six.without(Set.of(n2)).isWriteQuorum(wrote)).isTrue();
    assertThat(six.without(Set.of(n1)).isReadQuorum(read)).as("n2 answered earlier").isTrue();
  }

  @Test
  void asManyMustNeverCrashAsToOutnumberThoseThatMay() {
    assertThatThrownBy(() -> system(4, 2)).hasMessage("synod.quorum = winter needs more acceptors"
        + " that never crash than such that may, but with synod.winter.crashes = 2 there are 2 of"
        + " 4: lower it, or add to synod.members");
    assertThat(system(4, 1).isWriteQuorum(first(3))).isTrue();
  }

  @Test
  void theNumberOfCrashesIsPartOfTheName() {
    WinterPlugin plugin = new WinterPlugin();
    assertThat(plugin.spec(Settings.DEFAULTS)).isEqualTo("winter");
    Settings two = plugin.with(Settings.DEFAULTS, Map.of("crashes", "2"));
    assertThat(plugin.spec(two)).isEqualTo("winter:crashes=2");
    assertThatThrownBy(() -> plugin.with(Settings.DEFAULTS, Map.of("crash", "2")))
        .hasMessageContaining("take the parameter 'crashes'");
    assertThatThrownBy(() -> plugin.with(Settings.DEFAULTS, Map.of("crashes", "two")))
        .hasMessageContaining("take the parameter 'crashes'");
  }

  @Test
  void byDefaultFewerThanHalfMayCrash() {
    for (int size = 1; size <= LARGEST; size++) {
      assertThat(Resilience.tolerates(system(size, 0), Set.of())).isEqualTo((size - 1) / 2);
    }
  }
}
