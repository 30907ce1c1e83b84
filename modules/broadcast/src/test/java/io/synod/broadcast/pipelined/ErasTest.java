package io.synod.broadcast.pipelined;

import static io.synod.broadcast.pipelined.Kit.MINE;
import static io.synod.broadcast.pipelined.Kit.N1;
import static io.synod.broadcast.pipelined.Kit.N2;
import static io.synod.broadcast.pipelined.Kit.N3;
import static io.synod.broadcast.pipelined.Kit.N4;
import static io.synod.broadcast.pipelined.Kit.RIVAL;
import static io.synod.broadcast.pipelined.Kit.STORE;
import static io.synod.broadcast.pipelined.Kit.at;
import static io.synod.broadcast.pipelined.Kit.value;
import static io.synod.broadcast.pipelined.Kit.values;
import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.broadcast.TotalOrderBroadcast.Admission;
import io.synod.api.message.BroadcastMessage.CatchUp;
import io.synod.api.message.BroadcastMessage.Decided;
import io.synod.api.message.BroadcastMessage.Decisions;
import io.synod.api.message.BroadcastMessage.Progress;
import io.synod.api.message.BroadcastMessage.SnapshotOffer;
import io.synod.api.message.ReconfigMessage.EraActive;
import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Eras;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.Reconfigure;
import io.synod.api.model.Value;
import io.synod.api.plugin.Settings;
import io.synod.api.storage.DurableRecord.Checkpoint;
import io.synod.api.storage.DurableRecord.DecidedIn;
import io.synod.api.storage.DurableRecord.Learned;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Changes of configuration as the broadcast sees them. */
class ErasTest {
  private static final Era ONE = new Era(1);
  private static final Configuration LATER = Kit.members("n1", "n3", "n4");
  private static final Reconfigure CHANGE = new Reconfigure(Era.ZERO, LATER);

  private final Kit kit = new Kit();
  private final FakeConsensus consensus = new FakeConsensus();
  private final FakeAcceptor acceptor = new FakeAcceptor();
  private final FakeSnapshots snapshots = new FakeSnapshots();
  private final Delivered delivered = new Delivered(InstanceId.NONE);
  private PipelinedBroadcast broadcast = created();

  private PipelinedBroadcast created() {
    PipelinedBroadcast created = new PipelinedBroadcast(
        kit.context(Settings.DEFAULTS), consensus, acceptor, kit.authority(), snapshots);
    created.onDeliver(delivered);
    return created;
  }

  private void follow() {
    broadcast.start(InstanceId.NONE);
    kit.takeSent();
    kit.takePersisted();
  }

  private void lead() {
    follow();
    broadcast.lead(true);
    consensus.becomeReady();
  }

  private Progress own(long decided) {
    return new Progress(at(decided), at(1), STORE, kit.authority().active());
  }

  private List<NodeId> toldOfProgress() {
    broadcast.report();
    return kit.takeSent().stream().map(Kit.Sent::to).toList();
  }

  @Test
  void aChangeIsProposedAloneByTheLeaderOnly() {
    follow();
    assertThat(broadcast.reconfigure(CHANGE)).isEqualTo(Admission.NOT_LEADER);
    broadcast.lead(true);
    assertThat(broadcast.reconfigure(CHANGE)).as("preparing").isEqualTo(Admission.NOT_LEADER);
    consensus.becomeReady();
    assertThat(broadcast.reconfigure(CHANGE)).isEqualTo(Admission.TAKEN);
    assertThat(consensus.proposed()).containsExactly(CHANGE.encode());
  }

  @Test
  void oneChangeAtATime() {
    lead();
    broadcast.reconfigure(CHANGE);
    assertThat(broadcast.reconfigure(CHANGE)).isEqualTo(Admission.NOT_NOW);
    assertThat(consensus.proposed()).hasSize(1);
  }

  @Test
  void aChangeOfAnotherEraThanTheOwnIsNotProposed() {
    lead();
    assertThat(broadcast.reconfigure(new Reconfigure(ONE, LATER)))
        .isEqualTo(Admission.NOT_NOW);
    assertThat(consensus.proposed()).isEmpty();
  }

  @Test
  void noChangeBeforeTheOneBeforeIsMadeActiveAndTakenOver() {
    lead();
    broadcast.reconfigure(CHANGE);
    consensus.decideNext();
    Reconfigure next = new Reconfigure(ONE, Kit.members("n1", "n4"));
    assertThat(broadcast.reconfigure(next)).as("on its way").isEqualTo(Admission.NOT_NOW);
    consensus.handOver(ONE);
    assertThat(broadcast.reconfigure(next)).as("not active").isEqualTo(Admission.NOT_NOW);
    kit.authority().activate(ONE, LATER);
    assertThat(broadcast.reconfigure(CHANGE)).as("stale").isEqualTo(Admission.NOT_NOW);
    assertThat(broadcast.reconfigure(next)).isEqualTo(Admission.TAKEN);
  }

  @Test
  void noChangeWhileTheEraThatWasMadeIsNotTheOwn() {
    lead();
    kit.authority().decided(CHANGE.encode());
    assertThat(broadcast.reconfigure(CHANGE)).isEqualTo(Admission.NOT_NOW);
  }

  @Test
  void whoLosesTheLeadHasNoChangeOnItsWayAnyMore() {
    lead();
    broadcast.reconfigure(CHANGE);
    consensus.depose(true);
    kit.advance(50);
    consensus.becomeReady();
    assertThat(broadcast.reconfigure(CHANGE)).isEqualTo(Admission.TAKEN);
  }

  /** Act on nothing that was learned from above. */
  @Test
  void decisionsOfAHigherBallotAreSeenBeforeTheyAreLearned() {
    follow();
    consensus.onSeen(() -> assertThat(broadcast.decided()).isEqualTo(InstanceId.NONE));
    broadcast.onMessage(N2, new Decisions(RIVAL, at(1), values(1), at(1)));
    assertThat(consensus.seen()).containsExactly(RIVAL);
    assertThat(broadcast.decided()).isEqualTo(at(1));
  }

  @Test
  void aSnapshotOfAHigherBallotIsSeenBeforeItIsFetched() {
    follow();
    consensus.onSeen(() -> assertThat(snapshots.begun()).isZero());
    consensus.above().mustLearn(at(9), Optional.of(N2));
    broadcast.onMessage(N2, new SnapshotOffer(RIVAL, at(9), 100));
    assertThat(consensus.seen()).containsExactly(RIVAL);
    assertThat(snapshots.begun()).isEqualTo(1);
  }

  @Test
  void votesOfAHigherBallotAreSeenBeforeTheyAreLearned() {
    follow();
    acceptor.votes(RIVAL, 1, value(1));
    consensus.onSeen(() -> assertThat(broadcast.decided()).isEqualTo(InstanceId.NONE));
    broadcast.onMessage(N2, new Decided(RIVAL, at(1)));
    assertThat(consensus.seen()).containsExactly(RIVAL);
    assertThat(broadcast.decided()).isEqualTo(at(1));
  }

  @Test
  void theBallotThatDecisionsMayComeFromIsRecordedBeforeThemAndOnce() {
    follow();
    broadcast.onMessage(N2, new Decisions(RIVAL, at(1), values(1), at(1)));
    assertThat(kit.takePersisted())
        .containsExactly(new DecidedIn(RIVAL), new Learned(at(1), values(1)));
    broadcast.onMessage(N2, new Decisions(MINE, at(2), values(2), at(2)));
    assertThat(kit.takePersisted()).containsExactly(new Learned(at(2), values(2)));
    assertThat(broadcast.decidedIn()).isEqualTo(RIVAL);
  }

  @Test
  void aPromiseCoversWhatIsDecidedBelowIt() {
    follow();
    acceptor.promised(RIVAL);
    assertThat(broadcast.decidedIn()).isEqualTo(RIVAL);
    broadcast.onMessage(N2, new Decisions(RIVAL, at(1), values(1), at(1)));
    assertThat(kit.takePersisted()).as("the promise is on disk already")
        .containsExactly(new Learned(at(1), values(1)));
  }

  @Test
  void theBallotOfDecisionsIsKeptOverARestart() {
    broadcast.recover(new DecidedIn(RIVAL));
    assertThat(broadcast.decidedIn()).isEqualTo(RIVAL);
    broadcast.recover(new DecidedIn(MINE));
    assertThat(broadcast.decidedIn()).isEqualTo(RIVAL);
  }

  @Test
  void theBallotOfDecisionsIsKeptByACheckpoint() {
    broadcast.recover(new Checkpoint(
        1, true, Map.of(), Ballot.BOTTOM, Optional.empty(), at(1), at(1), Era.ZERO,
        Eras.founding(Kit.THREE), RIVAL, at(0), List.of()));
    assertThat(broadcast.decidedIn()).isEqualTo(RIVAL);
  }

  @Test
  void whoIsServedHearsTheBallotThatDecisionsMayComeFrom() {
    follow();
    broadcast.onMessage(N2, new Decisions(RIVAL, at(1), values(1), at(1)));
    kit.takeSent();
    broadcast.onMessage(N3, new CatchUp(at(1), 1000));
    assertThat(kit.takeSent()).containsExactly(
        new Kit.Sent(N3, new Decisions(RIVAL, at(1), values(1), at(1))));
  }

  @Test
  void membersOfAnEraThatIsMadeAreToldBeforeItIsActive() {
    follow();
    kit.authority().decided(CHANGE.encode());
    assertThat(toldOfProgress()).containsExactly(N2, N3, N4);
    kit.authority().activate(ONE, LATER);
    assertThat(toldOfProgress()).as("n2 has left").containsExactly(N3, N4);
  }

  @Test
  void whoIsInvitedIsToldOfDecisionsAndTheActiveEraUntilNoLonger() {
    lead();
    broadcast.invite(N4, true);
    broadcast.invite(N4, true);
    Kit.Sent question = new Kit.Sent(N4, new EraActive(Era.ZERO, Kit.THREE));
    assertThat(kit.takeSent()).as("asked with each call").containsExactly(question, question);
    assertThat(toldOfProgress()).containsExactly(N2, N3, N4);
    broadcast.broadcast(new byte[] {1});
    broadcast.endOfTurn();
    consensus.decideNext();
    broadcast.endOfTurn();
    assertThat(kit.takeSent()).contains(new Kit.Sent(N4, new Decided(MINE, at(1))));
    broadcast.invite(N4, false);
    assertThat(toldOfProgress()).containsExactly(N2, N3);
  }

  @Test
  void whoIsInvitedAndBecomesAMemberIsToldOnce() {
    follow();
    broadcast.invite(N4, true);
    kit.takeSent();
    kit.authority().decided(CHANGE.encode());
    assertThat(toldOfProgress()).containsExactly(N2, N3, N4);
  }

  @Test
  void progressWaitsForTheDisk() {
    follow();
    broadcast.report();
    List<Kit.Sent> sent = kit.takeSent();
    assertThat(sent).hasSize(2);
    assertThat(kit.waitForDisk(sent)).as("others retire for what it says").isTrue();
  }

  @Test
  void whatAPeerSaidLastOfItselfIsKnown() {
    follow();
    assertThat(broadcast.standing(N2)).isEmpty();
    broadcast.onMessage(N2, Kit.progress(1, 1));
    broadcast.onMessage(N2, Kit.progress(3, 2));
    assertThat(broadcast.standing(N2)).contains(Kit.progress(3, 2));
  }

  @Test
  void whoLagsInErasIsToldWhichIsActive() {
    follow();
    kit.authority().decided(CHANGE.encode());
    kit.authority().activate(ONE, LATER);
    broadcast.onMessage(N3, Kit.progress(0, 1));
    assertThat(kit.takeSent()).containsExactly(new Kit.Sent(N3, new EraActive(ONE, LATER)));
    broadcast.onMessage(N3, own(0));
    assertThat(kit.takeSent()).as("it knows").isEmpty();
  }

  @Test
  void aStrangerThatIsBehindHearsThat() {
    follow();
    broadcast.onMessage(N2, new Decisions(RIVAL, at(1), values(1), at(1)));
    kit.takeSent();
    broadcast.onMessage(NodeId.of("n9"), Kit.progress(0, 1));
    List<Kit.Sent> sent = kit.takeSent();
    assertThat(sent).containsExactly(new Kit.Sent(NodeId.of("n9"), own(1)));
    assertThat(kit.waitForDisk(sent)).isTrue();
    broadcast.onMessage(N2, Kit.progress(0, 1));
    assertThat(kit.takeSent()).as("a member is told in any case").isEmpty();
  }

  @Test
  void whoHasLeftHearsFromMembersThatItsEraIsOver() {
    follow();
    kit.authority().decided(CHANGE.encode());
    kit.authority().activate(ONE, LATER);
    broadcast.onMessage(N2, own(0));
    assertThat(kit.takeSent()).containsExactly(new Kit.Sent(N2, own(0)));
  }

  @Test
  void twoStrangersDoNotAnswerEachOtherForEver() {
    follow();
    kit.authority().activate(ONE, Kit.members("n3", "n4"));
    broadcast.onMessage(N3, new Decisions(RIVAL, at(1), values(1), at(1)));
    kit.takeSent();
    broadcast.onMessage(N2, own(0));
    assertThat(kit.takeSent()).as("n2 is behind").containsExactly(new Kit.Sent(N2, own(1)));
    broadcast.onMessage(N2, own(1));
    broadcast.onMessage(N2, own(2));
    assertThat(kit.takeSent()).as("neither n1 nor n2 is a member").isEmpty();
  }

  @Test
  void aDecidedChangeShowsThatItsOwnEraIsActive() {
    follow();
    kit.authority().learn(ONE, LATER);
    Value second = new Reconfigure(ONE, Kit.members("n4")).encode();
    broadcast.onMessage(
        N2, new Decisions(RIVAL, at(1), List.of(CHANGE.encode(), second, second), at(3)));
    assertThat(delivered.activated()).containsExactly(
        Map.entry(Era.ZERO, Kit.THREE), Map.entry(ONE, LATER));
    assertThat(kit.authority().made()).isEqualTo(new Era(2));
    assertThat(kit.notes()).contains("instance 1 makes era 1", "instance 2 makes era 2")
        .noneMatch(note -> note.startsWith("instance 3"));
  }

  @Test
  void changesThatWereLearnedAreMadeAgainAfterARestart() {
    broadcast.recover(new Learned(at(1), List.of(CHANGE.encode(), value(1))));
    assertThat(kit.authority().made()).isEqualTo(ONE);
    broadcast.start(InstanceId.NONE);
    assertThat(delivered.values()).containsExactly(CHANGE.encode(), value(1));
  }

  @Test
  void oldMembersHearOfTheLastDecisionOfTheirEraAtOnce() {
    lead();
    broadcast.reconfigure(CHANGE);
    consensus.decideNext();
    kit.takeSent();
    consensus.handOver(ONE);
    assertThat(kit.takeSent()).contains(new Kit.Sent(N2, new Decided(MINE, at(1))))
        .noneMatch(sent -> sent.to().equals(N1));
  }

  @Test
  void thatAnEraIsActiveGoesUp() {
    follow();
    consensus.above().activated(ONE, LATER);
    assertThat(delivered.activated()).containsExactly(Map.entry(ONE, LATER));
  }
}
