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

import io.synod.api.message.RegisterMessage.Accepted;
import io.synod.api.message.RegisterMessage.Nack;
import io.synod.api.message.RegisterMessage.Prepare;
import io.synod.api.message.RegisterMessage.Promise;
import io.synod.api.model.Ballot;
import io.synod.api.model.Era;
import io.synod.api.model.Vote;
import io.synod.api.storage.DurableRecord.Promised;
import io.synod.api.storage.DurableRecord.Voted;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The invariants of single acceptors, each shown green and red. */
class AcceptorOraclesTest {
  private final Recorded findings = new Recorded();

  private static Promise promise(Ballot ballot, Vote... votes) {
    return new Promise(
        ballot, L1.incarnation(), at(1), at(1), Era.ZERO, Era.ZERO, List.of(votes));
  }

  private static Accepted accepted(Ballot ballot, long upTo) {
    return new Accepted(ballot, L1.incarnation(), at(upTo));
  }

  private static Voted voted(Ballot ballot, long first, int value) {
    return new Voted(ballot, at(first), List.of(value(value)));
  }

  @Test
  void promisesThatRiseAreFine() {
    PromiseNeverFalls oracle = new PromiseNeverFalls(findings);
    oracle.sent(L1, N1, accepted(LOW, 1));
    oracle.sent(L1, N2, promise(HIGH));
    oracle.sent(L2, N1, accepted(LOW, 1));
    oracle.sent(L1, N1, new Nack(LOW, L1.incarnation(), HIGH));
    findings.green();
  }

  @Test
  void anAnswerInALowerBallotAfterARestartIsFound() {
    PromiseNeverFalls oracle = new PromiseNeverFalls(findings);
    oracle.sent(L1, N2, promise(HIGH));
    oracle.sent(restarted(L1), N1, accepted(LOW, 1));
    findings.red(PromiseNeverFalls.class, "answered in ballot (2,n2,0)");
  }

  @Test
  void aVoteBelowTheRecordedPromiseIsFound() {
    VoteWithinPromise oracle = new VoteWithinPromise(findings);
    oracle.started(L1);
    oracle.persisted(L1, voted(LOW, 1, 1));
    oracle.persisted(L1, new Promised(HIGH));
    findings.green();
    oracle.persisted(L1, voted(LOW, 2, 2));
    findings.red(VoteWithinPromise.class, "Voted");
  }

  @Test
  void aPromiseThatFallsAfterReplayIsFound() {
    VoteWithinPromise oracle = new VoteWithinPromise(findings);
    oracle.started(L1);
    oracle.persisted(L1, new Promised(HIGH));
    oracle.started(restarted(L1));
    oracle.recovered(restarted(L1), new Promised(HIGH));
    findings.green();
    oracle.persisted(restarted(L1), new Promised(LOW));
    findings.red(VoteWithinPromise.class, "Promised");
  }

  @Test
  void anAnswerBeforeTheForceIsFound() {
    BallotLedger ledger = Recorded.ledger();
    DurableBeforeAnswer oracle = new DurableBeforeAnswer(findings, ledger);
    oracle.started(L1);
    oracle.forced(L1, voted(LOW, 1, 1));
    oracle.sent(L1, N1, accepted(LOW, 1));
    findings.green();
    oracle.persisted(L1, voted(LOW, 2, 2));
    oracle.sent(L1, N1, accepted(LOW, 2));
    findings.red(DurableBeforeAnswer.class, "up to 2");
  }

  @Test
  void aPromiseBeforeTheForceIsFound() {
    DurableBeforeAnswer oracle = new DurableBeforeAnswer(findings, Recorded.ledger());
    oracle.started(L1);
    oracle.persisted(L1, new Promised(HIGH));
    oracle.sent(L1, N2, promise(HIGH));
    findings.red(DurableBeforeAnswer.class, "no more than");
  }

  @Test
  void aVolatileAcceptorNeedsNoDisk() {
    DurableBeforeAnswer oracle = new DurableBeforeAnswer(findings, Recorded.ledger());
    Life forgetful = new Life(N1, L1.incarnation(), 1, false);
    oracle.started(forgetful);
    oracle.sent(forgetful, N2, promise(HIGH));
    findings.green();
  }

  @Test
  void aPromiseThatNamesItsVotesIsFine() {
    PromiseReportsVotes oracle = new PromiseReportsVotes(findings);
    oracle.started(L1);
    oracle.persisted(L1, voted(LOW, 1, 1));
    oracle.sent(L2, N1, new Prepare(HIGH, Era.ZERO, at(1)));
    oracle.sent(L1, N2, promise(HIGH, new Vote(at(1), LOW, value(1))));
    findings.green();
  }

  @Test
  void aPromiseThatHidesAVoteIsFound() {
    PromiseReportsVotes oracle = new PromiseReportsVotes(findings);
    oracle.started(L1);
    oracle.persisted(L1, voted(LOW, 1, 1));
    oracle.sent(L2, N1, new Prepare(HIGH, Era.ZERO, at(1)));
    oracle.sent(L1, N2, promise(HIGH));
    findings.red(PromiseReportsVotes.class, "does not say so");
  }

  @Test
  void aPromiseThatNamesAnotherVoteIsFound() {
    PromiseReportsVotes oracle = new PromiseReportsVotes(findings);
    oracle.started(L1);
    oracle.persisted(L1, voted(LOW, 1, 1));
    oracle.sent(L1, N2, promise(HIGH, new Vote(at(1), LOW, value(2))));
    findings.red(PromiseReportsVotes.class, "it cast");
  }
}
