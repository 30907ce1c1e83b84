package io.synod.replication;

import static io.synod.replication.Kit.N2;
import static io.synod.replication.Kit.N3;
import static io.synod.replication.Kit.N4;
import static io.synod.replication.Kit.THREE;
import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.broadcast.TotalOrderBroadcast.Admission;
import io.synod.api.membership.ChangeOutcome;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Incarnation;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.model.Reconfigure;
import io.synod.api.model.Role;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Settings;
import io.synod.api.reconfig.Authority;
import io.synod.quorum.FlexiblePlugin;
import io.synod.reconfig.log.LogReconfigPlugin;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A change of members is made whole, or refused with its reason and nothing changed. */
class ReconfigurationTest {
  private static final Era ONE = new Era(1);
  private static final Incarnation FOUND = new Incarnation(2);
  private static final Incarnation WIPED = new Incarnation(22);
  private static final Incarnation FOURTH = new Incarnation(4);
  private static final Configuration WANTED = Kit.members("n1", "n2", "n4");
  private static final Settings SETTINGS = Settings.DEFAULTS
      .with(ReplicationSettings.MEMBERSHIP_TIMEOUT, Duration.ofSeconds(1))
      .with(FlexiblePlugin.READ, 1).with(FlexiblePlugin.WRITE, 1);

  private final Kit kit = new Kit();
  private final FakeBroadcast broadcast = new FakeBroadcast();
  private final FakeElection election = new FakeElection();
  private final LayerContext context = kit.context(SETTINGS);
  private final Authority authority = new LogReconfigPlugin().create(context);
  private final Map<NodeId, Incarnation> met = new TreeMap<>(Map.of(N2, FOUND));
  private final List<ChangeOutcome> outcomes = new ArrayList<>();
  private EraKeeper eras;
  private Reconfiguration reconfiguration;

  @BeforeEach
  void leading() {
    eras = new EraKeeper(context, authority, broadcast, members -> { }, () -> met);
    eras.start();
    reconfiguration = reconfiguration(context);
    broadcast.leading(true);
    broadcast.decided(9);
    broadcast.heard(N2, 9, FOUND, Era.ZERO);
    broadcast.heard(N3, 9, new Incarnation(3), Era.ZERO);
  }

  private Reconfiguration reconfiguration(LayerContext patience) {
    FlexiblePlugin flexible = new FlexiblePlugin();
    return new Reconfiguration(
        patience,
        new Layers(
            patience, true, true,
            configuration -> configuration.quorum().equals(flexible.name())
                ? flexible.create(configuration.acceptors(), SETTINGS)
                : RealLayers.majorities(context).apply(configuration),
            authority, null, null, null, election, broadcast, null, null),
        eras);
  }

  private void change(Configuration wanted) {
    reconfiguration.change(Era.ZERO, wanted, outcomes::add);
    kit.advance(100);
  }

  private String refusal() {
    assertThat(outcomes).hasSize(1);
    assertThat(broadcast.changes()).as("nothing was proposed").isEmpty();
    assertThat(broadcast.invited()).as("nobody is told of decisions for it").isEmpty();
    assertThat(authority.made()).isEqualTo(Era.ZERO);
    return ((ChangeOutcome.Refused) outcomes.get(0)).reason();
  }

  /** What was proposed is chosen. */
  private Configuration chosen() {
    assertThat(broadcast.changes()).hasSize(1);
    Reconfigure proposed = broadcast.changes().get(0);
    authority.decided(proposed.encode());
    return proposed.configuration();
  }

  private void recorded(NodeId id, Incarnation store) {
    broadcast.heard(id, 9, store, ONE);
    kit.advance(100);
  }

  @Test
  void onlyTheLeaderChangesAnything() {
    broadcast.leading(false);
    change(WANTED);
    assertThat(outcomes).containsExactly(new ChangeOutcome.NotLeader(Optional.of(N2)));
    assertThat(kit.timers()).isZero();
  }

  @Test
  void aStaleExpectationIsRefused() {
    reconfiguration.change(ONE, WANTED, outcomes::add);
    assertThat(refusal()).isEqualTo("era 0 is in force, not 1");
  }

  @Test
  void oneChangeAtATime() {
    change(WANTED);
    change(THREE);
    assertThat(outcomes)
        .containsExactly(new ChangeOutcome.Refused("another change is on its way"));
    assertThat(broadcast.invited()).as("the first one goes on").containsExactly(N4);
  }

  @Test
  void noChangeWhileAnEraThatWasMadeIsNotActive() {
    authority.decided(new Reconfigure(Era.ZERO, WANTED).encode());
    reconfiguration.change(ONE, THREE, outcomes::add);
    assertThat(outcomes)
        .containsExactly(new ChangeOutcome.Refused("another change is on its way"));
  }

  @Test
  void quorumsThatDoNotIntersectAreRefused() {
    change(new Configuration(THREE.members(), "flexible"));
    assertThat(refusal()).contains(FlexiblePlugin.READ.key() + " = 1")
        .contains(FlexiblePlugin.WRITE.key() + " = 1");
  }

  @Test
  void anUnknownQuorumSystemIsRefusedByItsName() {
    change(new Configuration(THREE.members(), "oligarchy"));
    assertThat(refusal()).isEqualTo("no quorum system is named oligarchy");
  }

  @Test
  void aNewMemberThatIsNotHeardIsRefusedByItsName() {
    change(WANTED);
    assertThat(broadcast.invited()).containsExactly(N4);
    assertThat(outcomes).isEmpty();
    kit.advance(1000);
    assertThat(refusal())
        .isEqualTo("not in time: new members have to catch up: n4 was not heard");
    assertThat(kit.timers()).as("nobody looks any more").isZero();
  }

  @Test
  void aNewMemberThatIsNotThereIsNotWaitedForToTheEnd() {
    reconfiguration = reconfiguration(kit.context(
        SETTINGS.with(ReplicationSettings.MEMBERSHIP_TIMEOUT, Duration.ofMinutes(5))));
    change(WANTED);
    kit.advance(9_000);
    assertThat(outcomes).isEmpty();
    kit.advance(2_000);
    assertThat(refusal()).isEqualTo("new members must be up before, but nothing was heard of n4 at"
        + " n4:1 for 10 s; is it running there, as a node of this cluster?");
  }

  @Test
  void twoMembersAtOneAddressAreRefused() {
    List<Member> members = new ArrayList<>(THREE.members());
    members.add(Member.founding("n5", members.get(1).acceptor().getAuthority()));
    change(new Configuration(members, "majority"));
    assertThat(refusal()).startsWith("n2 and n5 have the same address");
  }

  @Test
  void acceptorsThatDoNotAnswerAreNoQuorumToMoveTo() {
    broadcast.silent(N2);
    broadcast.silent(N3);
    change(new Configuration(THREE.members(), "majority"));
    kit.advance(1_000);
    assertThat(refusal()).contains("only [n1] answer, which are no quorum");
  }

  @Test
  void aLeaderThatIsToLeaveLetsTheFurthestOfThoseThatStayLeadFirst() {
    broadcast.heard(N2, 7, FOUND, Era.ZERO);
    broadcast.heard(N3, 9, new Incarnation(3), Era.ZERO);
    change(Kit.members("n2", "n3"));
    assertThat(outcomes).containsExactly(new ChangeOutcome.NotLeader(Optional.of(N3)));
    assertThat(election.preferred()).contains(N3);
    assertThat(broadcast.changes()).as("nothing was proposed").isEmpty();
  }

  @Test
  void whatIsMadeAlreadyIsWaitedForByWhoeverAsksAgain() {
    authority.decided(new Reconfigure(Era.ZERO, Kit.members("n1", "n2", "n3")).encode());
    change(THREE);
    assertThat(outcomes).isEmpty();
    authority.activate(ONE, authority.configuration(ONE));
    recorded(N2, FOUND);
    recorded(N3, new Incarnation(3));
    assertThat(outcomes).singleElement().isInstanceOf(ChangeOutcome.Active.class);
    assertThat(broadcast.changes()).as("nothing is proposed again").isEmpty();
  }

  @Test
  void aNewMemberThatIsBehindIsRefusedByHowFarItIs() {
    broadcast.heard(N4, 8, FOURTH, Era.ZERO);
    change(WANTED);
    kit.advance(1000);
    assertThat(refusal()).isEqualTo("not in time: new members have to catch up:"
        + " n4 has learned up to instance 8 of 9");
  }

  @Test
  void aLogThatGrowsDoesNotKeepANewMemberOutForEver() {
    broadcast.heard(N4, 9, FOURTH, Era.ZERO);
    reconfiguration.change(Era.ZERO, WANTED, outcomes::add);
    for (int i = 10; i < 40; i++) {
      broadcast.decided(i);
      broadcast.heard(N4, i - 1L, FOURTH, Era.ZERO);
      kit.advance(20);
    }
    assertThat(broadcast.changes()).hasSize(1);
  }

  @Test
  void whoVotesAlreadyNeedNotHaveCaughtUp() {
    broadcast.heard(N2, 1, FOUND, Era.ZERO);
    change(Kit.members("n1", "n2"));
    assertThat(broadcast.changes()).hasSize(1);
  }

  @Test
  void aLearnerIsNotWaitedFor() {
    List<Member> members = new ArrayList<>(THREE.members());
    members.add(new Member(
        N4, Incarnation.FOUNDING, URI.create("node://n4:1"), Role.LEARNER));
    change(new Configuration(members, "majority"));
    assertThat(broadcast.changes()).hasSize(1);
  }

  @Test
  void theChangeNamesTheStoresOfNewMembersAndLeavesTheOthersAsTheyAre() {
    broadcast.heard(N4, 9, FOURTH, Era.ZERO);
    change(WANTED);
    Configuration proposed = chosen();
    assertThat(proposed.member(N4).orElseThrow().incarnation()).isEqualTo(FOURTH);
    assertThat(proposed.member(N2)).isEqualTo(THREE.member(N2));
  }

  @Test
  void aWipedMemberIsNamedByItsNewStoreOnceItHasCaughtUp() {
    broadcast.heard(N2, 8, WIPED, Era.ZERO);
    change(THREE);
    assertThat(broadcast.changes()).as("its new store has not caught up").isEmpty();
    broadcast.heard(N2, 9, WIPED, Era.ZERO);
    kit.advance(20);
    Configuration proposed = chosen();
    assertThat(proposed.member(N2).orElseThrow().incarnation()).isEqualTo(WIPED);
    assertThat(proposed.member(N3)).isEqualTo(THREE.member(N3));
  }

  @Test
  void aChangeIsDoneOnceAWriteQuorumOfTheNewEraHasRecordedIt() {
    broadcast.heard(N4, 9, FOURTH, Era.ZERO);
    change(WANTED);
    Configuration made = chosen();
    kit.advance(100);
    eras.active(ONE, made);
    recorded(N3, new Incarnation(3));
    assertThat(outcomes).as("n3 is no member; n1 has not forced it yet").isEmpty();
    recorded(N4, FOURTH);
    assertThat(outcomes).as("one of three").isEmpty();
    kit.forced();
    kit.advance(20);
    assertThat(outcomes)
        .containsExactly(new ChangeOutcome.Active(ONE, made, List.of(N3)));
    assertThat(broadcast.invited()).isEmpty();
    assertThat(kit.timers()).isZero();
  }

  /** No timer is waited for: all of it takes place within one and the same moment. */
  @Test
  void whatIsHeardTakesAChangeFurtherAtOnce() {
    broadcast.heard(N4, 8, FOURTH, Era.ZERO);
    reconfiguration.change(Era.ZERO, WANTED, outcomes::add);
    assertThat(broadcast.changes()).as("n4 is behind").isEmpty();
    broadcast.heard(N4, 9, FOURTH, Era.ZERO);
    reconfiguration.news();
    Configuration made = chosen();
    eras.active(ONE, made);
    broadcast.heard(N2, 9, FOUND, ONE);
    broadcast.heard(N4, 9, FOURTH, ONE);
    reconfiguration.news();
    assertThat(outcomes).containsExactly(new ChangeOutcome.Active(ONE, made, List.of(N3)));
    assertThat(kit.timers()).isZero();
    reconfiguration.news();
  }

  @Test
  void anEraThatTooFewRecordInTimeIsIndeterminate() {
    broadcast.heard(N4, 9, FOURTH, Era.ZERO);
    change(WANTED);
    chosen();
    kit.advance(2000);
    assertThat(outcomes).singleElement().isInstanceOfSatisfying(
        ChangeOutcome.Indeterminate.class, i -> assertThat(i.reason()).contains("era 1 was made"));
    assertThat(kit.timers()).isZero();
  }

  @Test
  void whoLosesTheLeadBeforeProposingSaysSo() {
    change(WANTED);
    broadcast.leading(false);
    broadcast.heard(N4, 9, FOURTH, Era.ZERO);
    kit.advance(20);
    assertThat(outcomes).containsExactly(new ChangeOutcome.NotLeader(Optional.of(N2)));
    assertThat(broadcast.changes()).isEmpty();
    assertThat(broadcast.invited()).isEmpty();
  }

  @Test
  void whoLosesTheLeadAfterProposingDoesNotKnow() {
    broadcast.heard(N4, 9, FOURTH, Era.ZERO);
    change(WANTED);
    broadcast.leading(false);
    kit.advance(100);
    assertThat(outcomes).as("it may still be chosen").isEmpty();
    kit.advance(1000);
    assertThat(outcomes).singleElement().isInstanceOf(ChangeOutcome.Indeterminate.class);
  }

  @Test
  void anotherChangeThatWasChosenFirstRefusesThisOne() {
    broadcast.heard(N4, 9, FOURTH, Era.ZERO);
    change(WANTED);
    authority.decided(new Reconfigure(Era.ZERO, Kit.members("n2", "n3")).encode());
    kit.advance(20);
    assertThat(outcomes).containsExactly(
        new ChangeOutcome.Refused("another change to era 1 was chosen first"));
  }

  @Test
  void anEraThatCameWhileNewMembersLearnedRefusesThisOne() {
    change(WANTED);
    authority.decided(new Reconfigure(Era.ZERO, Kit.members("n2", "n3")).encode());
    broadcast.heard(N4, 9, FOURTH, Era.ZERO);
    kit.advance(20);
    assertThat(outcomes)
        .containsExactly(new ChangeOutcome.Refused("era 1 came into force meanwhile"));
    assertThat(broadcast.changes()).isEmpty();
  }

  @Test
  void whatAnEarlierLeaderHadProposedOfTheSameChangeIsThisOne() {
    change(WANTED);
    authority.decided(new Reconfigure(Era.ZERO, WANTED).encode());
    kit.advance(20);
    assertThat(outcomes).as("not active yet").isEmpty();
    eras.active(ONE, WANTED);
    kit.forced();
    recorded(N2, FOUND);
    assertThat(outcomes).containsExactly(new ChangeOutcome.Active(ONE, WANTED, List.of(N3)));
    assertThat(broadcast.changes()).isEmpty();
  }

  @Test
  void aBroadcastThatCannotTakeItNowIsAskedAgain() {
    broadcast.changes(Admission.NOT_NOW);
    broadcast.heard(N4, 9, FOURTH, Era.ZERO);
    change(WANTED);
    assertThat(outcomes).isEmpty();
    broadcast.changes(Admission.TAKEN);
    kit.advance(20);
    assertThat(broadcast.changes()).hasSize(1);
  }

  @Test
  void aBroadcastThatCannotTakeItInTimeRefusesIt() {
    broadcast.changes(Admission.NOT_NOW);
    broadcast.heard(N4, 9, FOURTH, Era.ZERO);
    change(WANTED);
    kit.advance(1000);
    assertThat(refusal()).isEqualTo("another change did not end in time");
  }

  @Test
  void whatIsKnownOfErasIsShown() {
    assertThat(reconfiguration.eras().configurations()).containsEntry(Era.ZERO, THREE);
  }
}
