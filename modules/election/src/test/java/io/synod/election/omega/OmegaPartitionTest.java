package io.synod.election.omega;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.plugin.Settings;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Cut links: a minority has no leader, a majority has one, and healing changes nothing. */
class OmegaPartitionTest {
  @Test
  void aMinorityHasNoConfirmedLeader() {
    ElectionWorld world = ElectionWorld.running(5);
    split(world, List.of("n1", "n2"), List.of("n3", "n4", "n5"));
    world.run(1_000);
    assertThat(leadersAt(world, "n1", "n2")).containsExactly("-");
    assertThat(leadersAt(world, "n3", "n4", "n5")).hasSize(1).doesNotContain("-", "n1", "n2");
  }

  @Test
  void neitherHalfOfAnEvenSplitHasALeader() {
    ElectionWorld world = ElectionWorld.running(4);
    split(world, List.of("n1", "n2"), List.of("n3", "n4"));
    world.run(1_000);
    assertThat(world.leaders()).containsExactly("-");
    world.healLinks();
    assertThat(world.runUntil(1_000, ElectionWorld::agreed)).isNotNegative();
  }

  @Test
  void aHealedLeaderDoesNotTakeLeadershipBack() {
    for (int size : new int[] {3, 5}) {
      ElectionWorld world = ElectionWorld.running(size);
      String former = world.leaderAt("n1");
      world.isolate(former);
      world.run(3_000);
      assertThat(world.leaderAt(former)).isEqualTo("-");
      world.healLinks();
      String next = world.leaderAt(former.equals("n1") ? "n2" : "n1");
      assertThat(next).isNotEqualTo(former);
      world.forgetHistory();
      world.run(60_000);
      assertThat(world.leaders()).containsExactly(next);
      world.ids().forEach(id -> assertThat(world.history(id)).isSubsetOf(next));
    }
  }

  @Test
  void anIsolatedFollowerDoesNotDeposeTheLeaderWhenItIsBack() {
    ElectionWorld world = ElectionWorld.running(3);
    String leader = world.leaderAt("n1");
    String follower = leader.equals("n1") ? "n2" : "n1";
    for (int i = 0; i < 20; i++) {
      world.isolate(follower);
      world.run(2_000);
      world.healLinks();
      world.run(2_000);
    }
    world.ids().stream().filter(id -> !id.equals(follower))
        .forEach(id -> assertThat(world.history(id)).as(id).containsExactly(leader));
  }

  @Test
  void aLeaderThatHearsNobodyStandsDown() {
    ElectionWorld world = ElectionWorld.running(3);
    String deaf = world.leaderAt("n1");
    world.ids().forEach(id -> world.cut(id, deaf));
    world.run(1_000);
    assertThat(world.leaderAt(deaf)).isEqualTo("-");
    Set<String> others = leadersAt(world, others(world, deaf));
    assertThat(others).hasSize(1).doesNotContain(deaf, "-");
    world.healLinks();
    world.run(10_000);
    assertThat(world.leaders()).isEqualTo(others);
  }

  @Test
  void aLeaderThatNobodyHearsIsReplacedAndFollows() {
    ElectionWorld world = ElectionWorld.running(3);
    String mute = world.leaderAt("n1");
    world.ids().forEach(id -> world.cut(mute, id));
    world.run(1_000);
    assertThat(world.leaders()).hasSize(1).doesNotContain(mute, "-");
  }

  @Test
  void oneDeafFollowerChangesNothingForTheOthers() {
    ElectionWorld world = ElectionWorld.running(3);
    String leader = world.leaderAt("n1");
    String deaf = others(world, leader)[0];
    world.forgetHistory();
    world.cut(leader, deaf);
    world.run(60_000);
    for (String id : others(world, deaf)) {
      assertThat(world.leaderAt(id)).isEqualTo(leader);
      assertThat(world.history(id)).isEmpty();
    }
  }

  @Test
  void theOnlyOneConnectedToAMajorityLeads() {
    for (String hub : List.of("n1", "n3", "n5")) {
      ElectionWorld world = ElectionWorld.running(5);
      for (String one : others(world, hub)) {
        for (String other : others(world, hub)) {
          world.cut(one, other);
        }
      }
      world.run(3_000);
      assertThat(world.leaderAt(hub)).as("hub %s", hub).isEqualTo(hub);
    }
  }

  @Test
  void aChainHasOneStableLeader() {
    ElectionWorld world = ElectionWorld.running(5);
    for (int i = 1; i <= 5; i++) {
      for (int j = i + 2; j <= 5; j++) {
        world.cutBoth("n" + i, "n" + j);
      }
    }
    world.run(10_000);
    world.forgetHistory();
    world.run(60_000);
    assertThat(world.ids()).filteredOn(id -> world.leaderAt(id).equals(id)).hasSize(1);
    world.ids().forEach(id -> assertThat(world.history(id)).as(id).isEmpty());
  }

  @Test
  void candidatesThatTooFewHearGiveWayToOneThatAllHear() {
    // n1 and n2 hear everybody, but only n4 hears n1 and only n5 hears n2: two votes each.
    ElectionWorld world = new ElectionWorld(5, 3, Settings.DEFAULTS);
    List.of("n2", "n3", "n5").forEach(id -> world.cut("n1", id));
    List.of("n1", "n3", "n4").forEach(id -> world.cut("n2", id));
    world.startAll();
    world.run(20_000);
    assertThat(world.agreed()).as("%s", world.leaders()).isTrue();
    assertThat(world.leaders()).doesNotContain("n1", "n2");
    world.forgetHistory();
    world.run(60_000);
    world.ids().forEach(id -> assertThat(world.history(id)).as(id).isEmpty());
  }

  private static void split(ElectionWorld world, List<String> left, List<String> right) {
    left.forEach(one -> right.forEach(other -> world.cutBoth(one, other)));
  }

  private static String[] others(ElectionWorld world, String id) {
    return world.ids().stream().filter(other -> !other.equals(id)).toArray(String[]::new);
  }

  private static Set<String> leadersAt(ElectionWorld world, String... ids) {
    Set<String> all = new TreeSet<>();
    for (String id : ids) {
      all.add(world.leaderAt(id));
    }
    return all;
  }
}
