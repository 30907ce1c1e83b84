package io.synod.testkit.oracle;

import static io.synod.testkit.oracle.Recorded.HIGH;
import static io.synod.testkit.oracle.Recorded.L1;
import static io.synod.testkit.oracle.Recorded.L2;
import static io.synod.testkit.oracle.Recorded.L3;
import static io.synod.testkit.oracle.Recorded.LOW;
import static io.synod.testkit.oracle.Recorded.N1;
import static io.synod.testkit.oracle.Recorded.N2;
import static io.synod.testkit.oracle.Recorded.at;
import static io.synod.testkit.oracle.Recorded.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.message.BroadcastMessage.Decided;
import io.synod.api.message.BroadcastMessage.Decisions;
import io.synod.api.message.RegisterMessage.Accept;
import io.synod.api.message.RegisterMessage.Accepted;
import io.synod.api.message.RegisterMessage.Adopt;
import io.synod.api.message.RegisterMessage.Promise;
import io.synod.api.model.Ballot;
import io.synod.api.model.Era;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.OneC;
import io.synod.api.model.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** PCon's invariants over whole ballots, each shown green and red. */
class PconBallotTest {
  private static final Ballot HIGHEST = new Ballot(3, N1, 0);

  private final Recorded findings = new Recorded();
  private final BallotLedger ledger = Recorded.ledger();

  private void oneC(Ballot ballot, long low, Value... window) {
    OneC oneC = new OneC(ballot, Era.ZERO, Recorded.THREE, at(low), List.of(window));
    ledger.sent(L1, N2, new Adopt(oneC));
  }

  private void propose(Ballot ballot, long first, Value... values) {
    ledger.sent(L1, N2, new Accept(ballot, at(first), List.of(values), InstanceId.NONE));
  }

  private void promise(Ballot ballot, Life... lives) {
    for (Life life : lives) {
      ledger.sent(life, ballot.proposer(), new Promise(
          ballot, life.incarnation(), true, at(1), at(1), Era.ZERO, Era.ZERO, Map.of(),
          List.of()));
    }
  }

  private void vote(Life life, Ballot ballot, long upTo) {
    ledger.sent(life, N1, new Accepted(ballot, life.incarnation(), at(upTo)));
  }

  private void choose(Ballot ballot, long upTo) {
    vote(L1, ballot, upTo);
    vote(L2, ballot, upTo);
  }

  @Test
  void twoValuesInOneBallotAreFound() {
    new OneValuePerBallot(findings, ledger);
    oneC(LOW, 1);
    propose(LOW, 1, value(1));
    propose(LOW, 1, value(1));
    findings.green();
    propose(LOW, 1, value(2));
    findings.red(OneValuePerBallot.class, "instance 1");
  }

  @Test
  void aProposalThatContradictsItsWindowIsFound() {
    new P2aInv(findings, ledger);
    oneC(LOW, 1, value(1));
    propose(LOW, 1, value(1));
    findings.green();
    propose(LOW, 1, value(2));
    findings.red(P2aInv.class, "its 2a proposes");
  }

  @Test
  void aProposalWithoutA1cIsFound() {
    new P2aInv(findings, ledger);
    oneC(LOW, 1);
    propose(LOW, 1, value(1));
    findings.green();
    propose(HIGH, 1, value(1));
    findings.red(P2aInv.class, "no 1c");
  }

  @Test
  void aProposalBelowTheWindowIsFound() {
    new P2aInv(findings, ledger);
    oneC(LOW, 5);
    propose(LOW, 4, value(1));
    findings.red(P2aInv.class, "below 5");
  }

  @Test
  void a1cThatSkipsWhatIsNotChosenIsFound() {
    new P1cInv(findings, ledger);
    oneC(LOW, 1);
    propose(LOW, 1, value(1), value(2));
    choose(LOW, 1);
    promise(HIGH, L1, L2);
    oneC(HIGH, 2, value(2));
    findings.green();
    promise(HIGHEST, L1, L2);
    oneC(HIGHEST, 3);
    findings.red(P1cInv.class, "only up to 1");
  }

  @Test
  void anotherValueWhereOneIsChosenIsFound() {
    new P1cInv(findings, ledger);
    oneC(LOW, 1);
    propose(LOW, 1, value(1));
    choose(LOW, 1);
    promise(HIGH, L1, L2);
    oneC(HIGH, 1, value(2));
    findings.red(P1cInv.class, "was chosen at instance 1");
  }

  @Test
  void aFreeInstanceWhereAValueIsChosenIsFound() {
    new P1cInv(findings, ledger);
    oneC(LOW, 1);
    propose(LOW, 1, value(1));
    choose(LOW, 1);
    promise(HIGH, L1, L2);
    oneC(HIGH, 1);
    findings.red(P1cInv.class, "declares any value safe at instance 1");
  }

  @Test
  void a1cWithoutAReadQuorumIsFound() {
    new P1cInv(findings, ledger);
    oneC(LOW, 1);
    promise(HIGH, L1);
    oneC(HIGH, 1);
    findings.red(P1cInv.class, "(1,n1,0) can still choose any value");
  }

  @Test
  void aValueThatCanStillBeChosenIsFound() {
    new P1cInv(findings, ledger);
    oneC(LOW, 1);
    propose(LOW, 1, value(1));
    vote(L1, LOW, 1);
    promise(HIGH, L1, L2); // n3 has not answered: with n1 it may yet choose value 1
    oneC(HIGH, 1, value(2));
    findings.red(P1cInv.class, "can still choose");
  }

  @Test
  void aFreeInstanceWhereAValueCanStillBeChosenIsFound() {
    new P1cInv(findings, ledger);
    oneC(LOW, 1);
    propose(LOW, 1, value(1), value(2));
    vote(L1, LOW, 2);
    promise(HIGH, L1, L2);
    oneC(HIGH, 1, value(1));
    findings.red(P1cInv.class, "declares any value safe at instance 2");
  }

  @Test
  void aValueThatNobodyCanChooseAnyMoreMayBeReplaced() {
    new P1cInv(findings, ledger);
    oneC(LOW, 1);
    propose(LOW, 1, value(1), value(2));
    vote(L1, LOW, 2);
    promise(HIGH, L2, L3); // they voted for nothing: n1 alone is no write quorum
    oneC(HIGH, 1, value(3));
    findings.green();
  }

  @Test
  void theValueThatMayHaveBeenChosenIsSafe() {
    new P1cInv(findings, ledger);
    oneC(LOW, 1);
    propose(LOW, 1, value(1));
    vote(L1, LOW, 1);
    promise(HIGH, L1, L2);
    oneC(HIGH, 1, value(1));
    findings.green();
  }

  @Test
  void a2bOfAnotherStoreUnderTheSameIdDoesNotCount() {
    new P1cInv(findings, ledger);
    oneC(LOW, 1);
    propose(LOW, 1, value(1));
    choose(LOW, 0);
    vote(new Life(Recorded.N3, new Incarnation(13), 1, true), LOW, 0);
    vote(new Life(N2, new Incarnation(99), 2, true), LOW, 1);
    vote(L1, LOW, 1);
    promise(HIGH, L1, L2);
    oneC(HIGH, 2, value(1));
    findings.red(P1cInv.class, "only up to 0");
  }

  @Test
  void aLate1cWhoseBallotIsNotDeadIsFound() {
    new P1cInv(findings, ledger);
    promise(HIGH, L1, L2);
    oneC(HIGH, 1);
    oneC(LOW, 1);
    findings.green();
    promise(new Ballot(4, N2, 0), L1);
    oneC(new Ballot(4, N2, 0), 1, value(1));
    findings.red(P1cInv.class, "can still choose any value");
  }

  @Test
  void a1cThatComesAfterAHigherOneMustBeDead() {
    BallotLedger blind = Recorded.ledger();
    new P1cInv(findings, blind);
    blind.sent(L2, N1, new Adopt(new OneC(HIGH, Era.ZERO, Recorded.THREE, at(1), List.of())));
    blind.sent(L1, N2, new Adopt(new OneC(LOW, Era.ZERO, Recorded.THREE, at(1), List.of())));
    findings.red(P1cInv.class, "ballot (1,n1,0) can still choose any value");
  }

  @Test
  void two1csOfOneBallotAreFound() {
    new OneValuePerBallot(findings, ledger);
    oneC(LOW, 1);
    oneC(LOW, 1);
    findings.green();
    oneC(LOW, 2);
    findings.red(OneValuePerBallot.class, "it is also");
  }

  @Test
  void aSettledBallotIsForgottenInTime() {
    new P1cInv(findings, ledger);
    for (int n = 1; n <= 200; n++) {
      Ballot ballot = new Ballot(n, N1, 0);
      promise(ballot, L1, L2, L3);
      oneC(ballot, n);
      propose(ballot, n, value(n % 100));
      choose(ballot, n);
      vote(L3, ballot, n);
    }
    findings.green();
    assertThat(ledger.open()).hasSize(1);
    assertThat(ledger.view(new Ballot(1, N1, 0)).value(1)).isNull();
    assertThat(ledger.chosen(1)).isEqualTo(value(1));
  }

  @Test
  void aBallotThatIsOverMayStillPropose() {
    new P1cInv(findings, ledger);
    oneC(LOW, 1);
    promise(HIGH, L1, L2);
    oneC(HIGH, 1);
    propose(HIGH, 1, value(2));
    choose(HIGH, 1);
    propose(LOW, 1, value(1));
    findings.green();
  }

  @Test
  void twoChosenValuesAreFound() {
    new ChosenOnce(findings, ledger);
    oneC(LOW, 1);
    propose(LOW, 1, value(1));
    oneC(HIGH, 1);
    propose(HIGH, 1, value(2));
    choose(LOW, 1);
    findings.green();
    choose(HIGH, 1);
    findings.red(ChosenOnce.class, "in ballot (2,n2,0)");
  }

  @Test
  void aWatermarkBeyondWhatIsChosenIsFound() {
    DecidedIsChosen oracle = new DecidedIsChosen(findings, ledger);
    oneC(LOW, 1);
    propose(LOW, 1, value(1), value(2));
    choose(LOW, 1);
    vote(L1, LOW, 2);
    oracle.sent(L1, N2, new Decided(LOW, at(1)));
    findings.green();
    oracle.sent(L1, N2, new Decided(LOW, at(2)));
    findings.red(DecidedIsChosen.class, "only up to 1");
  }

  @Test
  void aWrongDecisionHandedToAPeerIsFound() {
    DecidedIsChosen oracle = new DecidedIsChosen(findings, ledger);
    oneC(LOW, 1);
    propose(LOW, 1, value(1));
    choose(LOW, 1);
    oracle.sent(L1, N2, new Decisions(LOW, at(1), List.of(value(1)), at(1)));
    findings.green();
    oracle.sent(L1, N2, new Decisions(LOW, at(1), List.of(value(2)), at(1)));
    findings.red(DecidedIsChosen.class, "for decided there");
  }

  @Test
  void aSnapshotBeyondWhatIsChosenIsFound() {
    DecidedIsChosen oracle = new DecidedIsChosen(findings, ledger);
    oneC(LOW, 1);
    propose(LOW, 1, value(1));
    choose(LOW, 1);
    oracle.installed(L2, at(1));
    oracle.restored(L2, at(1));
    findings.green();
    oracle.restored(L2, at(2));
    findings.red(DecidedIsChosen.class, "restored a snapshot as of 2");
  }

  @Test
  void aDeliveryOfWhatIsNotChosenIsFound() {
    DecidedIsChosen oracle = new DecidedIsChosen(findings, ledger);
    oracle.delivered(L1, at(1), value(1));
    findings.red(DecidedIsChosen.class, "only up to 0");
  }
}
