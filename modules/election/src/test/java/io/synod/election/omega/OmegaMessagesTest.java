package io.synod.election.omega;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.election.WeakLeaderElection;
import io.synod.api.message.ElectionMessage;
import io.synod.api.message.ElectionMessage.Alive;
import io.synod.api.message.ElectionMessage.Recovered;
import io.synod.api.model.Configuration;
import io.synod.api.model.Incarnation;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.model.Role;
import io.synod.api.plugin.Settings;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** One real process, n1; its peers are played by hand. */
class OmegaMessagesTest {
  private static final NodeId N1 = NodeId.of("n1");
  private static final NodeId N2 = NodeId.of("n2");
  private static final NodeId N3 = NodeId.of("n3");

  private final ElectionWorld world = ElectionWorld.of(3);

  @Test
  void recoveredIsSentOnceWithTheOwnEpoch() {
    world.boots("n1", 4);
    world.start("n1");
    world.run(1_000);
    assertThat(world.sent("n1").subList(0, 2)).containsExactly(
        "n2 " + new Recovered(Map.of(N1, 5L, N2, 0L, N3, 0L)),
        "n3 " + new Recovered(Map.of(N1, 5L, N2, 0L, N3, 0L)));
    assertThat(world.sent("n1")).filteredOn(line -> line.contains("Recovered")).hasSize(2);
  }

  @Test
  void aliveIsSentToEveryOtherEachHeartbeat() {
    world.start("n1");
    world.run(100);
    world.forgetHistory();
    world.run(1_000);
    assertThat(world.sent("n1")).hasSize(40).allMatch(line -> line.contains("Alive"));
  }

  @Test
  void whoeverRecoversIsAnsweredAtOnce() {
    world.start("n1");
    world.forgetHistory();
    hear(N3, new Recovered(Map.of(N3, 7L)));
    assertThat(world.sent("n1")).first().asString().startsWith("n3 Alive")
        .contains("n3=7");
  }

  @Test
  void epochsAreMergedByMaximum() {
    world.start("n1");
    hear(N2, new Alive(Map.of(N2, 3L, N3, 9L), Optional.empty()));
    hear(N3, new Alive(Map.of(N2, 2L, N3, 4L), Optional.empty()));
    assertThat(((Alive) world.lastSent("n1")).epochs()).containsEntry(N2, 3L)
        .containsEntry(N3, 9L);
  }

  @Test
  void aHigherEpochForOneselfIsAdopted() {
    world.start("n1");
    hear(N2, alive(N2, 1, N2));
    hear(N3, new Alive(Map.of(N1, 6L, N3, 1L), Optional.of(N2)));
    world.run(60);
    assertThat(((Alive) world.lastSent("n1")).epochs()).containsEntry(N1, 6L);
    assertThat(world.leaderAt("n1")).isEqualTo("n2");
  }

  @Test
  void senselessEpochsAreNotBelieved() {
    world.start("n1");
    hear(N2, new Alive(Map.of(N1, Long.MAX_VALUE, N2, 2L, N3, -5L), Optional.of(N1)));
    assertThat(((Alive) world.lastSent("n1")).epochs())
        .containsExactlyEntriesOf(new TreeMap<>(Map.of(N1, 1L, N2, 2L, N3, 0L)));
    assertThat(world.leaderAt("n1")).isEqualTo("n1");
  }

  @Test
  void strangersHaveNoSayAndAreToldOnceATick() {
    world.start("n1");
    NodeId stranger = NodeId.of("n9");
    for (NodeId trusted : List.of(N1, stranger)) {
      hear(stranger, alive(stranger, 0, trusted));
      world.election("n1").onSignOfLife(stranger);
    }
    world.run(1_000);
    assertThat(world.leaderAt("n1")).isEqualTo("-");
    assertThat(world.sent("n1").stream().filter(line -> line.contains("n9")))
        .singleElement().asString().startsWith("n9 Alive");
  }

  @Test
  void whoIsNoMemberFollowsButHasNoSayNorAnswersOthers() {
    world.start("n1");
    world.election("n1").members(members("n2", "n3", "n4"));
    hear(N2, alive(N2, 0, N2));
    hear(N3, alive(N3, 0, N2));
    assertThat(world.leaderAt("n1")).isEqualTo("n2");
    assertThat(((Alive) world.lastSent("n1")).trusted()).as("its own word").isEmpty();
    hear(NodeId.of("n9"), alive(NodeId.of("n9"), 0, N2));
    assertThat(world.sent("n1")).noneMatch(line -> line.startsWith("n9"));
  }

  @Test
  void onesOwnNameFromOutsideProvesNothing() {
    world.start("n1");
    hear(N1, alive(N1, 8, N1));
    assertThat(world.leaderAt("n1")).isEqualTo("-");
  }

  @Test
  void aPeerThatLeavesItselfOutIsNotTrustedButCounts() {
    world.start("n1");
    hear(N2, new Alive(Map.of(N1, 1L, N3, 0L), Optional.of(N1)));
    assertThat(world.leaderAt("n1")).isEqualTo("n1");
    hear(N3, alive(N3, 0, N3));
    hear(N2, new Alive(Map.of(N1, 1L, N3, 0L), Optional.of(N3)));
    assertThat(world.leaderAt("n1")).isEqualTo("n3");
  }

  @Test
  void aProcessThatMayNotLeadLeavesItselfOut() {
    world.start("n1");
    hear(N2, alive(N2, 1, N2));
    assertThat(((Alive) world.lastSent("n1")).epochs()).containsKey(N1);
    world.election("n1").eligible(false);
    assertThat(((Alive) world.lastSent("n1")).epochs()).doesNotContainKey(N1);
    assertThat(((Alive) world.lastSent("n1")).trusted()).contains(N2);
  }

  @Test
  void whatALeaderSaidBeforeItsRestartIsVoid() {
    world.start("n1");
    hear(N2, alive(N2, 0, N2));
    assertThat(world.leaderAt("n1")).isEqualTo("n2");
    hear(N2, new Recovered(Map.of(N2, 0L)));
    assertThat(world.leaderAt("n1")).isEqualTo("-");
    assertThat(((Alive) world.lastSent("n1")).trusted()).contains(N1);
  }

  @Test
  void aReportThatIsNotRenewedGoesStale() {
    world.start("n1");
    hear(N2, alive(N2, 1, N1));
    assertThat(world.leaderAt("n1")).isEqualTo("n1");
    for (int i = 0; i < 20; i++) {
      world.run(20);
      world.election("n1").onSignOfLife(N2);
    }
    assertThat(world.leaderAt("n1")).isEqualTo("-");
    assertThat(world.notes()).noneMatch(line -> line.contains("no longer trusted"));
  }

  @Test
  void aLearnerNeitherLeadsNorConfirms() {
    ElectionWorld mixed = new ElectionWorld(new Configuration(List.of(
        member("n1", Role.ACCEPTOR), member("n2", Role.LEARNER), member("n3", Role.ACCEPTOR)),
        "majority"), 1, Settings.DEFAULTS);
    mixed.start("n1");
    mixed.election("n1").onMessage(N2, alive(N2, 0, N1));
    assertThat(mixed.leaderAt("n1")).isEqualTo("-");
    mixed.election("n1").onMessage(N3, alive(N3, 1, N1));
    assertThat(mixed.leaderAt("n1")).isEqualTo("n1");
    mixed.start("n2");
    mixed.start("n3");
    mixed.run(500);
    mixed.crash("n1");
    mixed.run(2_000);
    assertThat(mixed.leaders()).containsExactly("-");
  }

  @Test
  void anAuxiliaryIsLeftAloneAndCountsForTheMainThatIsLeft() {
    ElectionWorld mixed = new ElectionWorld(new Configuration(List.of(
        member("n1", Role.AUXILIARY), member("n2", Role.ACCEPTOR), member("n3", Role.ACCEPTOR)),
        "majority"), 1, Settings.DEFAULTS);
    // By its epoch n1 would be preferred to both.
    mixed.boots("n2", 3);
    mixed.boots("n3", 3);
    mixed.startAll();
    mixed.run(500);
    String first = mixed.leaderAt("n2");
    assertThat(mixed.leaderAt("n3")).isEqualTo(first);
    mixed.crash(first);
    mixed.run(500);
    String left = first.equals("n2") ? "n3" : "n2";
    assertThat(mixed.leaderAt(left)).as("with the auxiliary it is a majority").isEqualTo(left);
    assertThat(mixed.leaderAt("n1")).as("it hears nobody").isEqualTo("-");
    assertThat(mixed.sent("n1")).noneMatch(line -> line.contains("Alive"));
  }

  @Test
  void theLeaderThatIsNoMemberAnyMoreGoesOnUntilAnotherLeads() {
    ElectionWorld shrinking = ElectionWorld.running(3);
    String removed = shrinking.leaderAt("n1");
    Configuration rest = new Configuration(ElectionWorld.founders(3).members().stream()
        .filter(member -> !member.id().name().equals(removed)).toList(), "majority");
    shrinking.ids().forEach(id -> shrinking.election(id).members(rest));
    assertThat(shrinking.leaderAt(removed)).as("nobody else leads yet").isEqualTo(removed);
    shrinking.run(150);
    shrinking.ids().forEach(id -> assertThat(shrinking.leaderAt(id)).isNotIn(removed, "-"));
  }

  @Test
  void aNewMemberIsLedByTheLeaderInPlace() {
    ElectionWorld growing = ElectionWorld.of(4);
    Configuration three = ElectionWorld.founders(3);
    growing.ids().forEach(id -> {
      growing.start(id);
      growing.election(id).members(three);
    });
    growing.run(500);
    String leader = growing.leaderAt("n1");
    growing.ids().forEach(id -> growing.election(id).members(ElectionWorld.founders(4)));
    growing.run(5_000);
    assertThat(growing.leaders()).containsExactly(leader);
  }

  @Test
  void theLeaderInPlaceStaysOverAChangeOfMembersAndNewcomersComeAfterIt() {
    ElectionWorld growing = ElectionWorld.of(5);
    growing.start("n2");
    WeakLeaderElection two = growing.election("n2");
    two.members(members("n2", "n3"));
    two.onMessage(N3, alive(N3, 1, N2));
    assertThat(growing.leaderAt("n2")).isEqualTo("n2");
    growing.forgetHistory();
    two.members(ElectionWorld.founders(5));
    assertThat(growing.history("n2")).as("not even for a moment").isEmpty();
    Map<NodeId, Long> epochs = ((Alive) growing.lastSent("n2")).epochs();
    assertThat(epochs.get(N1)).as("n1 comes after n2").isGreaterThan(epochs.get(N2));
    two.onMessage(N1, new Alive(Map.of(N1, 0L), Optional.of(N2)));
    assertThat(growing.history("n2")).as("nor when it speaks").isEmpty();
  }

  @Test
  void newcomersTrustTheLeaderInPlaceOnlyUntilTheySpeak() {
    ElectionWorld growing = ElectionWorld.of(5);
    growing.start("n2");
    WeakLeaderElection two = growing.election("n2");
    two.members(members("n2", "n3"));
    two.onMessage(N3, alive(N3, 1, N2));
    two.members(ElectionWorld.founders(5));
    for (String id : List.of("n1", "n4", "n5")) {
      two.onMessage(NodeId.of(id), new Alive(Map.of(NodeId.of(id), 0L), Optional.empty()));
    }
    assertThat(growing.leaderAt("n2")).as("two of five are no majority").isEqualTo("-");
  }

  @Test
  void plainOmegaAsksNobody() {
    Settings plain = Settings.DEFAULTS.with(OmegaPlugin.CONFIRM, Tuning.SELF);
    ElectionWorld alone = new ElectionWorld(3, 1, plain);
    alone.start("n3");
    assertThat(alone.leaderAt("n3")).isEqualTo("-");
    alone.run(400);
    assertThat(alone.leaderAt("n3")).isEqualTo("n3");
    alone.start("n1");
    alone.run(1_000);
    assertThat(alone.leaders()).containsExactly("n3");
  }

  @Test
  void startsOnlyOnce() {
    world.start("n1");
    assertThatThrownBy(() -> world.election("n1").start(2))
        .isInstanceOf(IllegalStateException.class).hasMessageContaining("n1");
  }

  private void hear(NodeId from, ElectionMessage message) {
    world.election("n1").onMessage(from, message);
  }

  private static Alive alive(NodeId sender, long epoch, NodeId trusted) {
    return new Alive(Map.of(sender, epoch), Optional.of(trusted));
  }

  private static Configuration members(String... ids) {
    return new Configuration(
        List.of(ids).stream().map(id -> member(id, Role.ACCEPTOR)).toList(), "majority");
  }

  private static Member member(String id, Role role) {
    return new Member(NodeId.of(id), Incarnation.FOUNDING, URI.create("node://h:1"), role);
  }
}
