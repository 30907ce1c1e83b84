package io.synod.testkit.oracle;

import static io.synod.testkit.oracle.Recorded.HIGH;
import static io.synod.testkit.oracle.Recorded.L1;
import static io.synod.testkit.oracle.Recorded.L2;
import static io.synod.testkit.oracle.Recorded.LOW;
import static io.synod.testkit.oracle.Recorded.N1;
import static io.synod.testkit.oracle.Recorded.N2;
import static io.synod.testkit.oracle.Recorded.at;
import static io.synod.testkit.oracle.Recorded.restarted;
import static io.synod.testkit.oracle.Recorded.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.message.RegisterMessage.Accept;
import io.synod.api.message.RegisterMessage.Adopt;
import io.synod.api.message.RegisterMessage.Prepare;
import io.synod.api.model.Ballot;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.storage.DurableRecord;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Properties of consensus and election, each shown green and red. */
class LayerOraclesTest {
  private final Recorded findings = new Recorded();
  private final BallotLedger ledger = Recorded.ledger();
  private final Termination termination = new Termination(findings, ledger);
  private final LeaderLedger leaders = new LeaderLedger();
  private final Observers election = new Observers(List.of(
      leaders, new EventuallyOneLeader(findings, leaders),
      new StableWhileHealthy(findings, leaders)));

  private void begin(Life life, Ballot ballot) {
    termination.sent(life, N1, new Prepare(ballot, Era.ZERO, at(1)));
    ledger.sent(life, N1, new Adopt(
        new OneC(ballot, Era.ZERO, Recorded.THREE, at(1), List.of())));
  }

  private void propose(Life life, Ballot ballot, long instance) {
    ledger.sent(life, N1, new Accept(
        ballot, at(instance), List.of(value((int) instance)), InstanceId.NONE));
  }

  private void decided(Life life, Ballot ballot, long instance) {
    termination.layer(
        life, new LayerEvent.Decided(ballot, at(instance), value((int) instance)));
  }

  private void names(Life life, NodeId leader) {
    election.layer(life, new LayerEvent.LeaderChanged(Optional.ofNullable(leader)));
  }

  @Test
  void anAbortBecauseOfAnotherIsFine() {
    begin(L1, LOW);
    begin(L2, HIGH);
    termination.layer(L1, new LayerEvent.Deposed(LOW, HIGH));
    findings.green();
  }

  @Test
  void anAbortWithoutAnyOtherProposerIsFound() {
    begin(L1, LOW);
    begin(L1, LOW.nextInPlace());
    termination.layer(L1, new LayerEvent.Deposed(LOW, LOW));
    findings.red(Termination.class, "nobody has begun a higher ballot");
  }

  @Test
  void aLaterProposalInALowerBallotThatCommitsIsFound() {
    begin(L1, LOW);
    begin(L2, HIGH);
    propose(L1, LOW, 1);
    propose(L2, HIGH, 1);
    decided(L2, HIGH, 1);
    propose(L1, LOW, 2);
    decided(L1, LOW, 1);
    findings.green();
    decided(L1, LOW, 2);
    findings.red(Termination.class, "(1,n1,0) proposed at instance 2");
  }

  @Test
  void agreementCountsDecisionsOfProposers() {
    Agreement oracle = new Agreement(findings);
    oracle.delivered(L1, at(1), value(1));
    oracle.layer(L2, new LayerEvent.Decided(HIGH, at(1), value(1)));
    findings.green();
    oracle.layer(L2, new LayerEvent.Decided(HIGH, at(1), value(2)));
    findings.red(Agreement.class, "instance 1");
  }

  @Test
  void allWhoAreUpNameOneOfThem() {
    election.started(L1);
    election.started(L2);
    assertThat(election.settled()).isFalse();
    names(L1, N2);
    names(L2, N2);
    assertThat(election.settled()).isTrue();
    election.ended(List.of());
    findings.green();
  }

  @Test
  void twoLeadersAtTheEndAreFound() {
    election.started(L1);
    election.started(L2);
    names(L1, N1);
    names(L2, N2);
    election.ended(List.of());
    findings.red(EventuallyOneLeader.class, "n1 names n1, n2 names n2");
  }

  @Test
  void aDeadLeaderAtTheEndIsFound() {
    election.started(L1);
    election.started(L2);
    names(L1, N2);
    names(L2, N2);
    election.stopped(L2);
    election.ended(List.of());
    findings.red(EventuallyOneLeader.class, "n1 names n2");
  }

  @Test
  void aChangeWithoutAnyFaultIsFound() {
    election.started(L1);
    election.started(L2);
    names(L1, N1);
    election.calm();
    names(L2, N1);
    names(L2, N1);
    findings.green();
    names(L2, N2);
    findings.red(StableWhileHealthy.class, "agreed on n1");
  }

  @Test
  void aMemberThatEntersAnEraAfterTheOthersMayHaveToHearThemFirst() {
    election.started(L1);
    election.started(L2);
    names(L1, N1);
    names(L2, N1);
    election.calm();
    entersNextEra(L1);
    names(L1, N1);
    names(L2, null);
    entersNextEra(L2);
    names(L2, N1);
    findings.green();
    names(L2, N2);
    findings.red(StableWhileHealthy.class, "agreed on n1");
  }

  private void entersNextEra(Life life) {
    election.persisted(life, new DurableRecord.Activated(new Era(1), Recorded.THREE));
  }

  @Test
  void aChangeUnderFaultsOrAfterARestartIsFine() {
    election.started(L1);
    names(L1, N1);
    names(L1, N2);
    election.calm();
    election.stopped(L1);
    election.started(restarted(L1));
    names(restarted(L1), N1);
    findings.green();
  }
}
