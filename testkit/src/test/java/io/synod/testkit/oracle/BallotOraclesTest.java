package io.synod.testkit.oracle;

import static io.synod.testkit.oracle.Recorded.HIGH;
import static io.synod.testkit.oracle.Recorded.L1;
import static io.synod.testkit.oracle.Recorded.L2;
import static io.synod.testkit.oracle.Recorded.LOW;
import static io.synod.testkit.oracle.Recorded.N1;
import static io.synod.testkit.oracle.Recorded.N2;
import static io.synod.testkit.oracle.Recorded.at;
import static io.synod.testkit.oracle.Recorded.value;

import io.synod.api.message.BroadcastMessage.Decided;
import io.synod.api.message.BroadcastMessage.Decisions;
import io.synod.api.message.RegisterMessage.Accept;
import io.synod.api.message.RegisterMessage.Accepted;
import io.synod.api.message.RegisterMessage.Adopt;
import io.synod.api.model.Ballot;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.OneC;
import io.synod.api.model.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

/** PCon's invariants over whole ballots, each shown green and red. */
class BallotOraclesTest {
  private final Recorded findings = new Recorded();
  private final BallotLedger ledger = Recorded.ledger();

  private void oneC(Ballot ballot, long low, Value... window) {
    OneC oneC = new OneC(ballot, Era.ZERO, Recorded.THREE, at(low), List.of(window));
    ledger.sent(L1, N2, new Adopt(oneC));
  }

  private void propose(Ballot ballot, long first, Value... values) {
    ledger.sent(L1, N2, new Accept(ballot, at(first), List.of(values), InstanceId.NONE));
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
    new OneValuePerBallot(findings, ledger);
    oneC(LOW, 1, value(1));
    propose(LOW, 1, value(2));
    findings.red(OneValuePerBallot.class, "also proposed");
  }

  @Test
  void aProposalWithoutA1cIsFound() {
    new ProposedAfterOneC(findings, ledger);
    oneC(LOW, 1);
    propose(LOW, 1, value(1));
    findings.green();
    propose(HIGH, 1, value(1));
    findings.red(ProposedAfterOneC.class, "no 1c");
  }

  @Test
  void aProposalBelowTheWindowIsFound() {
    new ProposedAfterOneC(findings, ledger);
    oneC(LOW, 5);
    propose(LOW, 4, value(1));
    findings.red(ProposedAfterOneC.class, "below 5");
  }

  @Test
  void a1cThatSkipsWhatIsNotChosenIsFound() {
    new SafeAtOneC(findings, ledger);
    oneC(LOW, 1);
    propose(LOW, 1, value(1), value(2));
    choose(LOW, 1);
    oneC(HIGH, 2, value(2));
    findings.green();
    oneC(new Ballot(3, N1, 0), 3);
    findings.red(SafeAtOneC.class, "only up to 1");
  }

  @Test
  void anotherValueWhereOneIsChosenIsFound() {
    new SafeAtOneC(findings, ledger);
    oneC(LOW, 1);
    propose(LOW, 1, value(1));
    choose(LOW, 1);
    oneC(HIGH, 1, value(2));
    findings.red(SafeAtOneC.class, "was chosen at instance 1");
  }

  @Test
  void aFreeInstanceWhereAValueIsChosenIsFound() {
    new SafeAtOneC(findings, ledger);
    oneC(LOW, 1);
    propose(LOW, 1, value(1));
    choose(LOW, 1);
    oneC(HIGH, 1);
    propose(HIGH, 1, value(3));
    findings.red(SafeAtOneC.class, "(2,n2,0)");
  }

  @Test
  void aBallotThatIsOverMayStillPropose() {
    new SafeAtOneC(findings, ledger);
    oneC(LOW, 1);
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
    oracle.sent(L1, N2, new Decisions(at(1), List.of(value(1)), at(1)));
    findings.green();
    oracle.sent(L1, N2, new Decisions(at(1), List.of(value(2)), at(1)));
    findings.red(DecidedIsChosen.class, "for decided there");
  }

  @Test
  void aDeliveryOfWhatIsNotChosenIsFound() {
    DecidedIsChosen oracle = new DecidedIsChosen(findings, ledger);
    oracle.delivered(L1, at(1), value(1));
    findings.red(DecidedIsChosen.class, "only up to 0");
  }
}
