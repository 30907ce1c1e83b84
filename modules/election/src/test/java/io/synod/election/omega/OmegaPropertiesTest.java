package io.synod.election.omega;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.model.NodeId;
import io.synod.api.plugin.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The properties of weak leader election, by the names that the paper gives them. */
class OmegaPropertiesTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7})
  void eventuallyOneCorrectProcessIsLeaderAtAllForEver(int size) {
    ElectionWorld world = ElectionWorld.of(size);
    world.startAll();
    assertThat(world.runUntil(100, ElectionWorld::agreed)).isNotNegative();
    world.forgetHistory();
    world.run(600_000);
    assertThat(world.agreed()).isTrue();
    world.ids().forEach(id -> assertThat(world.history(id)).as(id).isEmpty());
  }

  @Test
  void aSingleProcessLeadsAtOnce() {
    ElectionWorld world = ElectionWorld.of(1);
    world.start("n1");
    assertThat(world.leaderAt("n1")).isEqualTo("n1");
  }

  @Test
  void nobodyElectsItselfWithoutAMajority() {
    ElectionWorld world = ElectionWorld.of(3);
    world.start("n1");
    world.run(5_000);
    assertThat(world.leaders()).containsExactly("-");
    world.start("n3");
    assertThat(world.runUntil(100, ElectionWorld::agreed)).isNotNegative();
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void aLeaderKilledWithoutWarningIsReplacedInTime(int size) {
    for (int seed = 0; seed < 50; seed++) {
      ElectionWorld world = new ElectionWorld(size, seed, Settings.DEFAULTS);
      world.startAll();
      world.run(500 + seed * 7);
      String killed = world.leaderAt("n1");
      world.crash(killed);
      long took = world.runUntil(2_000, ElectionWorld::agreed);
      assertThat(took).as("seed %d", seed).isBetween(200L, 450L);
      assertThat(world.leaders()).doesNotContain(killed);
    }
  }

  @Test
  void aProcessThatCrashesAndRecoversForEverIsNotKeptAsLeader() {
    ElectionWorld world = ElectionWorld.running(3);
    String unstable = world.leaderAt("n1");
    for (int i = 0; i < 30; i++) {
      world.crash(unstable);
      world.run(i % 2 == 0 ? 20 : 700);
      world.start(unstable);
      world.run(100 + 37 * i % 500);
      if (i == 3) {
        world.forgetHistory();
      }
    }
    assertThat(world.leaders()).hasSize(1).doesNotContain(unstable, "-");
    world.up().forEach(id -> assertThat(world.history(id)).doesNotContain(unstable));
    String stable = world.leaderAt("n1");
    world.up().stream().filter(id -> !id.equals(unstable))
        .forEach(id -> assertThat(world.history(id)).as("%s, led by %s", id, stable).isEmpty());
  }

  @Test
  void aRestartedProcessDoesNotTakeLeadershipBack() {
    ElectionWorld world = ElectionWorld.of(3);
    // By the counts of starts alone n2 would lead again after its restart.
    world.boots("n1", 5);
    world.boots("n2", 1);
    world.boots("n3", 5);
    world.start("n2");
    world.start("n3");
    world.run(500);
    world.start("n1");
    world.run(500);
    assertThat(world.leaders()).containsExactly("n2");
    world.crash("n2");
    world.run(1_000);
    String next = world.leaderAt("n1");
    world.start("n2");
    world.run(60_000);
    assertThat(world.leaders()).containsExactly(next);
    assertThat(world.history("n2")).endsWith(next).filteredOn("n2"::equals).hasSize(1);
  }

  @Test
  void aProcessThatStartsLateDoesNotDisturb() {
    ElectionWorld world = ElectionWorld.of(3);
    world.start("n2");
    world.start("n3");
    world.run(300);
    String leader = world.leaderAt("n2");
    world.start("n1");
    world.run(10_000);
    assertThat(world.leaders()).containsExactly(leader);
    assertThat(world.history("n2")).containsExactly(leader);
    assertThat(world.history("n1")).containsExactly(leader);
  }

  @Test
  void aDeposedLeaderGivesWay() {
    ElectionWorld world = ElectionWorld.running(3);
    String deposed = world.leaderAt("n1");
    world.election(deposed).onDeposed();
    world.run(60_000);
    assertThat(world.agreed()).isTrue();
    assertThat(world.leaders()).doesNotContain(deposed);
  }

  @Test
  void aProcessThatMayNotLeadNeverDoes() {
    ElectionWorld world = ElectionWorld.of(3);
    world.startAll();
    world.election("n1").eligible(false);
    world.run(1_000);
    assertThat(world.agreed()).isTrue();
    world.crash(world.leaderAt("n1"));
    world.run(1_000);
    // Two of three are left: the one that may not lead still confirms the other.
    assertThat(world.agreed()).isTrue();
    assertThat(List.of("n2", "n3")).contains(world.leaderAt("n1"));
    world.crash(world.leaderAt("n1"));
    world.run(10_000);
    assertThat(world.leaderAt("n1")).isEqualTo("-");
    world.ids().forEach(id -> assertThat(world.history(id)).doesNotContain("n1"));
  }

  @Test
  void aLeaderThatMayNoLongerLeadIsReplacedAtOnce() {
    ElectionWorld world = ElectionWorld.running(3);
    String leader = world.leaderAt("n1");
    world.election(leader).eligible(false);
    assertThat(world.leaderAt(leader)).isNotEqualTo(leader);
    assertThat(world.runUntil(50, ElectionWorld::agreed)).isNotNegative();
    String next = world.leaderAt(leader);
    assertThat(next).isNotEqualTo(leader);
    world.election(leader).eligible(true);
    world.run(10_000);
    assertThat(world.leaders()).containsExactly(next);
  }

  /** Nobody else is asked: it is up to itself not to take over. */
  @Test
  void whoMayLeadFromNowOnComesAfterTheLeaderInPlaceAlsoInItsOwnEyes() {
    ElectionWorld world = new ElectionWorld(
        3, 7, Settings.DEFAULTS.with(OmegaPlugin.CONFIRM, Tuning.SELF));
    world.startAll();
    world.election("n1").eligible(false);
    world.run(1_000);
    String leader = world.leaderAt("n1");
    assertThat(leader).isNotEqualTo("n1");
    world.election("n1").eligible(true);
    assertThat(world.leaderAt("n1")).isEqualTo(leader);
    world.run(10_000);
    assertThat(world.leaders()).containsExactly(leader);
  }

  @Test
  void signsOfLifeOtherThanHeartbeatsCount() {
    ElectionWorld world = ElectionWorld.running(3);
    String leader = world.leaderAt("n1");
    world.ids().stream().filter(id -> !id.equals(leader)).forEach(id -> world.cut(leader, id));
    for (int i = 0; i < 100; i++) {
      world.run(20);
      for (String id : world.ids()) {
        world.election(id).onSignOfLife(NodeId.of(leader));
      }
    }
    assertThat(world.notes()).noneMatch(line -> line.contains("no longer trusted"));
  }

  @Test
  void aStallOfOnesOwnAccusesNobody() {
    ElectionWorld world = ElectionWorld.running(3);
    String leader = world.leaderAt("n1");
    String staller = leader.equals("n1") ? "n2" : "n1";
    // Between two heartbeats: on waking up, its own tick comes before any waiting message.
    world.run(20);
    world.stall(staller, 5_000);
    world.run(5_100);
    assertThat(world.leaders()).containsExactly(leader);
    assertThat(world.notes()).noneMatch(line -> line.startsWith(leader + " is no longer trusted"));
  }

  @Test
  void aStalledLeaderDoesNotRelyOnOldReports() {
    ElectionWorld world = ElectionWorld.running(3);
    String leader = world.leaderAt("n1");
    world.run(20);
    world.isolate(leader);
    world.stall(leader, 2_000);
    world.run(2_020);
    assertThat(world.leaderAt(leader)).isEqualTo("-");
  }

  @Test
  void aStalledLeaderDoesNotComeBackAsLeader() {
    ElectionWorld world = ElectionWorld.running(3);
    String leader = world.leaderAt("n1");
    world.stall(leader, 2_000);
    world.run(1_000);
    String next = world.leaderAt(leader.equals("n1") ? "n2" : "n1");
    assertThat(next).isNotEqualTo(leader).isNotEqualTo("-");
    world.run(20_000);
    assertThat(world.leaders()).containsExactly(next);
  }
}
