package io.synod.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.quorum.IntersectionCheck;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every quorum system must keep. A plugin's test extends this, gives the plugin and, where
 * its defaults do not suffice, settings for acceptors n1 … nn.
 */
public abstract class QuorumContract {
  private static final int LARGEST = 7;
  private static final int RANDOM_MARKS = 2_000;

  /** The plugin under test. */
  protected abstract Plugins.Quorum plugin();

  /** Legal settings for {@code size} acceptors n1 … nn. */
  protected Settings settings(int size) {
    return Settings.DEFAULTS;
  }

  /** The numbers of acceptors that the system can be made for, at most seven. */
  protected IntStream sizes() {
    return IntStream.rangeClosed(1, LARGEST);
  }

  @Test
  void settingsDoNotContradictEachOther() {
    sizes().forEach(size ->
        assertThat(plugin().contradictions(settings(size))).isEmpty());
  }

  @Test
  void everyReadQuorumMeetsEveryWriteQuorum() {
    systems().forEach(
        system -> assertThat(IntersectionCheck.find(system)).as("%s", system).isEmpty());
  }

  @Test
  void acceptorsAreThoseGivenInTheirOrder() {
    sizes().forEach(size -> assertThat(create(size).acceptors()).isEqualTo(ids(size)));
  }

  @Test
  void allAcceptorsAreAQuorumAndNoneAreNot() {
    for (QuorumSystem system : systems()) {
      Set<NodeId> all = new TreeSet<>(system.acceptors());
      assertThat(system.isReadQuorum(all)).isTrue();
      assertThat(system.isWriteQuorum(all)).isTrue();
      assertThat(system.isReadQuorum(new TreeSet<>())).isFalse();
      assertThat(system.isWriteQuorum(new TreeSet<>())).isFalse();
    }
  }

  @Test
  void aQuorumStaysOneWhenAcceptorsAreAdded() {
    for (QuorumSystem system : systems()) {
      for (Set<NodeId> some : subsets(system.acceptors())) {
        for (NodeId added : system.acceptors()) {
          Set<NodeId> more = new TreeSet<>(some);
          more.add(added);
          assertThat(!system.isReadQuorum(some) || system.isReadQuorum(more)).isTrue();
          assertThat(!system.isWriteQuorum(some) || system.isWriteQuorum(more)).isTrue();
        }
      }
    }
  }

  @Test
  void strangersDoNotCount() {
    NodeId stranger = NodeId.of("stranger");
    for (QuorumSystem system : systems()) {
      for (Set<NodeId> some : subsets(system.acceptors())) {
        Set<NodeId> more = new TreeSet<>(some);
        more.add(stranger);
        assertThat(system.isReadQuorum(more)).isEqualTo(system.isReadQuorum(some));
        assertThat(system.isWriteQuorum(more)).isEqualTo(system.isWriteQuorum(some));
      }
    }
  }

  @Test
  void theWatermarkIsTheGreatestThatAWriteQuorumReached() {
    Random random = new Random(11);
    for (QuorumSystem system : systems()) {
      for (int i = 0; i < RANDOM_MARKS; i++) {
        long[] marks = random.longs(system.acceptors().size(), -2, 5).toArray();
        long[] given = marks.clone();
        assertThat(system.reachedByWriteQuorum(given))
            .as("%s of %s", system, Arrays.toString(marks)).isEqualTo(naive(system, marks));
        assertThat(given).as("the marks are only read").isEqualTo(marks);
      }
    }
  }

  @Test
  void watermarksOfAnotherLengthAreRefused() {
    for (QuorumSystem system : systems()) {
      long[] tooMany = new long[system.acceptors().size() + 1];
      assertThatThrownBy(() -> system.reachedByWriteQuorum(tooMany))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void nothingCanBeMadeOfNoAcceptors() {
    int size = sizes().findFirst().orElseThrow();
    assertThatThrownBy(() -> plugin().create(List.of(), settings(size)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private List<QuorumSystem> systems() {
    return sizes().mapToObj(this::create).toList();
  }

  private QuorumSystem create(int size) {
    return plugin().create(ids(size), settings(size));
  }

  private static long naive(QuorumSystem system, long[] marks) {
    return Arrays.stream(marks).filter(mark -> system.isWriteQuorum(atLeast(system, marks, mark)))
        .max().orElseThrow();
  }

  private static Set<NodeId> atLeast(QuorumSystem system, long[] marks, long mark) {
    Set<NodeId> there = new TreeSet<>();
    for (int i = 0; i < marks.length; i++) {
      if (marks[i] >= mark) {
        there.add(system.acceptors().get(i));
      }
    }
    return there;
  }

  private static List<NodeId> ids(int size) {
    return IntStream.rangeClosed(1, size).mapToObj(i -> NodeId.of("n" + i)).toList();
  }

  private static List<Set<NodeId>> subsets(List<NodeId> ids) {
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
}
