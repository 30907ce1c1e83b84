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
import io.synod.api.message.RegisterMessage.Stored;
import io.synod.api.model.Ballot;
import io.synod.api.model.Era;
import io.synod.api.model.Eras;
import io.synod.api.model.OneC;
import io.synod.api.model.Vote;
import io.synod.api.storage.DurableRecord.Checkpoint;
import io.synod.api.storage.DurableRecord.Promised;
import io.synod.api.storage.DurableRecord.StoredOneC;
import io.synod.api.storage.DurableRecord.Voted;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The invariants of single acceptors, each shown green and red. */
class PconAcceptorTest {
  private final Recorded findings = new Recorded();
  private final AcceptorLedger acceptors = new AcceptorLedger();
  private final BallotLedger ballots = Recorded.ledger();

  private static Promise promise(Ballot ballot, Vote... votes) {
    return new Promise(
        ballot, L1.incarnation(), true, at(1), at(1), Era.ZERO, Era.ZERO, Map.of(),
        List.of(votes));
  }

  private static Accepted accepted(Ballot ballot, long upTo) {
    return new Accepted(ballot, L1.incarnation(), at(upTo));
  }

  private static Voted voted(Ballot ballot, long first, int value) {
    return new Voted(ballot, at(first), List.of(value(value)));
  }

  private static Checkpoint checkpoint(Ballot promised, long decided, Vote... votes) {
    return new Checkpoint(
        1, true, Map.of(), promised, Optional.empty(), at(decided + 1), at(decided + 1),
        Era.ZERO, Eras.founding(Recorded.THREE), Ballot.BOTTOM, at(decided), List.of(votes));
  }

  /** A store that has voted for value 1 at instance 1, and an oracle that knows. */
  private P1bInv castAtOne() {
    acceptors.started(L1);
    acceptors.persisted(L1, voted(LOW, 1, 1));
    return new P1bInv(findings, acceptors, ballots);
  }

  @Test
  void promisesThatRiseAreFine() {
    PAccInv oracle = new PAccInv(findings, acceptors);
    oracle.sent(L1, N1, accepted(LOW, 1));
    oracle.sent(L1, N2, promise(HIGH));
    oracle.sent(L2, N1, accepted(LOW, 1));
    oracle.sent(L1, N1, new Nack(LOW, L1.incarnation(), HIGH));
    findings.green();
  }

  @Test
  void anAnswerInALowerBallotAfterARestartIsFound() {
    PAccInv oracle = new PAccInv(findings, acceptors);
    oracle.sent(L1, N2, promise(HIGH));
    oracle.sent(restarted(L1), N1, accepted(LOW, 1));
    findings.red(PAccInv.class, "answered in ballot (2,n2,0)");
  }

  @Test
  void aVoteBelowTheRecordedPromiseIsFound() {
    PAccInv oracle = new PAccInv(findings, acceptors);
    oracle.started(L1);
    oracle.persisted(L1, voted(LOW, 1, 1));
    oracle.persisted(L1, new Promised(HIGH));
    findings.green();
    oracle.persisted(L1, voted(LOW, 2, 2));
    findings.red(PAccInv.class, "Voted");
  }

  @Test
  void aPromiseThatFallsAfterReplayIsFound() {
    PAccInv oracle = new PAccInv(findings, acceptors);
    oracle.started(L1);
    oracle.persisted(L1, new Promised(HIGH));
    oracle.started(restarted(L1));
    oracle.recovered(restarted(L1), new Promised(HIGH));
    findings.green();
    oracle.persisted(restarted(L1), new Promised(LOW));
    findings.red(PAccInv.class, "Promised");
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
    P1bInv oracle = castAtOne();
    oracle.sent(L2, N1, new Prepare(HIGH, Era.ZERO, at(1)));
    oracle.sent(L1, N2, promise(HIGH, new Vote(at(1), LOW, value(1))));
    findings.green();
  }

  @Test
  void aPromiseThatHidesAVoteIsFound() {
    P1bInv oracle = castAtOne();
    oracle.sent(L2, N1, new Prepare(HIGH, Era.ZERO, at(1)));
    oracle.sent(L1, N2, promise(HIGH));
    findings.red(P1bInv.class, "does not say so");
  }

  @Test
  void aPromiseThatNamesAnotherVoteIsFound() {
    P1bInv oracle = castAtOne();
    oracle.sent(L1, N2, promise(HIGH, new Vote(at(1), LOW, value(2))));
    findings.red(P1bInv.class, "it cast");
  }

  @Test
  void aPromiseThatNamesAVoteOfItsOwnBallotIsFound() {
    P1bInv oracle = castAtOne();
    oracle.sent(L1, N1, promise(LOW, new Vote(at(1), LOW, value(1))));
    findings.red(P1bInv.class, "1a of ballot (1,n1,0)");
  }

  @Test
  void aVolatileAcceptorThatHidesWhatItAcknowledgedIsFound() {
    P1bInv oracle = new P1bInv(findings, acceptors, ballots);
    Life forgetful = new Life(N1, L1.incarnation(), 1, false);
    oracle.sent(forgetful, N1, accepted(LOW, 1));
    oracle.sent(L2, N1, new Prepare(HIGH, Era.ZERO, at(1)));
    oracle.sent(forgetful, N2, promise(HIGH, new Vote(at(1), LOW, value(1))));
    findings.green();
    oracle.sent(forgetful, N2, promise(HIGH));
    findings.red(P1bInv.class, "sent a 2b of ballot (1,n1,0) for instance 1");
  }

  @Test
  void aCheckpointWithTheVotesThatWereRecordedIsFine() {
    PAccInv oracle = new PAccInv(findings, acceptors);
    List.of(oracle, acceptors).forEach(each -> each.started(L1));
    acceptors.persisted(L1, voted(LOW, 1, 1));
    acceptors.persisted(L1, voted(LOW, 2, 2));
    acceptors.persisted(L1, voted(HIGH, 2, 3));
    oracle.persisted(L1, checkpoint(HIGH, 1, new Vote(at(2), HIGH, value(3))));
    findings.green();
  }

  @Test
  void aCheckpointWithAnOlderVoteIsFound() {
    PAccInv oracle = new PAccInv(findings, acceptors);
    List.of(oracle, acceptors).forEach(each -> each.started(L1));
    acceptors.persisted(L1, voted(LOW, 2, 2));
    acceptors.persisted(L1, voted(HIGH, 2, 3));
    oracle.persisted(L1, checkpoint(HIGH, 1, new Vote(at(2), LOW, value(2))));
    findings.red(PAccInv.class, "its checkpoint has");
  }

  @Test
  void aCheckpointThatLeavesAVoteOutIsFound() {
    PAccInv oracle = new PAccInv(findings, acceptors);
    List.of(oracle, acceptors).forEach(each -> each.started(L1));
    acceptors.persisted(L1, voted(LOW, 2, 2));
    oracle.persisted(L1, checkpoint(HIGH, 1));
    findings.red(PAccInv.class, "no vote");
  }

  @Test
  void anAcknowledged1cThatIsNotOnDiskIsFound() {
    DurableBeforeAnswer oracle = new DurableBeforeAnswer(findings, ballots);
    oracle.started(L1);
    oracle.forced(L1, new StoredOneC(new OneC(LOW, Era.ZERO, Recorded.THREE, at(1), List.of())));
    oracle.sent(L1, N1, new Stored(LOW, L1.incarnation(), at(0)));
    findings.green();
    oracle.forced(L1, new Promised(HIGH));
    oracle.sent(L1, N2, new Stored(HIGH, L1.incarnation(), at(0)));
    findings.red(DurableBeforeAnswer.class, "on its disk are those of [(1,n1,0)]");
  }
}
