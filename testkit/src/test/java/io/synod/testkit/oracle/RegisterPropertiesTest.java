package io.synod.testkit.oracle;

import static io.synod.testkit.oracle.Recorded.HIGH;
import static io.synod.testkit.oracle.Recorded.L1;
import static io.synod.testkit.oracle.Recorded.L2;
import static io.synod.testkit.oracle.Recorded.LOW;
import static io.synod.testkit.oracle.Recorded.at;
import static io.synod.testkit.oracle.Recorded.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.model.Ballot;
import io.synod.api.model.Era;
import io.synod.api.model.NodeId;
import io.synod.api.model.Value;
import io.synod.api.model.Vote;
import io.synod.api.plugin.Settings;
import io.synod.api.register.ReadOutcome;
import io.synod.quorum.AllPlugin;
import io.synod.quorum.MajorityPlugin;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The four properties of the round-based register, each shown green and red. */
class RegisterPropertiesTest {
  private final Recorded findings = new Recorded();
  private final RegisterLedger ledger = new RegisterLedger();
  private final Observers all = new Observers(List.of(
      new ReadWriteAbort(findings, ledger), new ReadWriteCommit(findings, ledger, true), ledger,
      new ReadCommit(findings, ledger), new WriteCommit(findings, ledger)));

  private void read(Life life, Ballot ballot) {
    all.layer(life, new LayerEvent.ReadInvoked(ballot, at(1)));
  }

  private void readCommits(Life life, Ballot ballot, Vote... votes) {
    all.layer(life, returned(ballot, votes));
  }

  private static LayerEvent returned(Ballot ballot, Vote... votes) {
    return new LayerEvent.ReadReturned(at(1), new ReadOutcome.Committed(
        ballot, at(1), Optional.empty(), at(1), Era.ZERO, Era.ZERO, Map.of(), List.of(votes)));
  }

  private void readAborts(Life life, Ballot ballot, Ballot higher) {
    all.layer(life, new LayerEvent.ReadReturned(
        at(1), new ReadOutcome.Aborted(ballot, higher)));
  }

  private void write(Life life, Ballot ballot, long instance, Value value) {
    all.layer(life, new LayerEvent.WriteInvoked(ballot, at(instance), List.of(value)));
  }

  private void writeCommits(Life life, Ballot ballot, long upTo) {
    all.layer(life, new LayerEvent.WriteCommitted(ballot, at(upTo)));
  }

  /** Two ballots, one after the other, as they should be. */
  private void goodRun() {
    read(L1, LOW);
    readCommits(L1, LOW);
    write(L1, LOW, 1, value(1));
    write(L1, LOW, 2, value(2));
    writeCommits(L1, LOW, 1);
    read(L2, HIGH);
    readCommits(L2, HIGH, new Vote(at(1), LOW, value(1)));
    write(L2, HIGH, 1, value(1));
    all.layer(L1, new LayerEvent.WriteAborted(LOW, HIGH));
    writeCommits(L2, HIGH, 1);
    findings.green();
  }

  @Test
  void anAbortWithoutAHigherOperationIsFound() {
    goodRun();
    readAborts(L1, LOW, new Ballot(9, Recorded.N3, 0));
    findings.red(ReadWriteAbort.class, "nothing was invoked above ballot (2,n2,0)");
  }

  @Test
  void anAbortBecauseOfALowerBallotIsFound() {
    goodRun();
    all.layer(L2, new LayerEvent.WriteAborted(HIGH, LOW));
    findings.red(ReadWriteAbort.class, "not higher");
  }

  @Test
  void aWriteThatWasUnderWayMayCommitLate() {
    goodRun();
    writeCommits(L1, LOW, 2);
    findings.green();
  }

  @Test
  void aLaterWriteInALowerBallotThatCommitsIsFound() {
    goodRun();
    write(L1, LOW, 3, value(3));
    writeCommits(L1, LOW, 2);
    findings.green();
    writeCommits(L1, LOW, 3);
    findings.red(ReadWriteCommit.class, "write((1,n1,0)) at instance 3");
  }

  @Test
  void aLaterReadInALowerBallotThatCommitsIsFound() {
    read(L2, HIGH);
    readCommits(L2, HIGH);
    read(L1, LOW);
    readCommits(L1, LOW);
    findings.red(ReadWriteCommit.class, "read((1,n1,0))");
  }

  /** Read one, write all: two reads need not meet, but a write meets every read. */
  @Test
  void whereReadsNeedNotMeetOnlyAWriteForbidsALowerRead() {
    Observers loose = new Observers(List.of(
        new ReadWriteCommit(findings, ledger, false), ledger));
    loose.layer(L2, new LayerEvent.ReadInvoked(HIGH, at(1)));
    loose.layer(L2, returned(HIGH));
    loose.layer(L1, new LayerEvent.ReadInvoked(LOW, at(1)));
    loose.layer(L1, returned(LOW));
    findings.green();
    loose.layer(L2, new LayerEvent.WriteInvoked(HIGH, at(1), List.of(value(1))));
    loose.layer(L2, new LayerEvent.WriteCommitted(HIGH, at(1)));
    loose.layer(L1, new LayerEvent.ReadInvoked(LOW, at(1)));
    loose.layer(L1, returned(LOW));
    findings.red(ReadWriteCommit.class, "read((1,n1,0))");
  }

  @Test
  void whetherReadsMeetFollowsFromTheQuorums() {
    List<NodeId> three = List.of(Recorded.N1, Recorded.N2, Recorded.N3);
    assertThat(ReadWriteCommit.readsMeet(new MajorityPlugin().create(three, Settings.DEFAULTS)))
        .isTrue();
    assertThat(ReadWriteCommit.readsMeet(new AllPlugin().create(three, Settings.DEFAULTS)))
        .isFalse();
  }

  @Test
  void aSecondReadOfTheSameBallotThatCommitsIsFound() {
    read(L2, HIGH);
    readCommits(L2, HIGH);
    read(L2, HIGH);
    readCommits(L2, HIGH);
    findings.red(ReadWriteCommit.class, "read((2,n2,0))");
  }

  @Test
  void aReadOfWhatNobodyWroteIsFound() {
    read(L2, HIGH);
    readCommits(L2, HIGH, new Vote(at(1), LOW, value(7)));
    findings.red(ReadCommit.class, "no such write");
  }

  @Test
  void aReadOfAnotherValueThanTheOneWrittenIsFound() {
    write(L1, LOW, 1, value(1));
    read(L2, HIGH);
    readCommits(L2, HIGH, new Vote(at(1), LOW, value(7)));
    findings.red(ReadCommit.class, "the value written was");
  }

  @Test
  void aReadOfItsOwnBallotIsFound() {
    write(L2, HIGH, 1, value(1));
    read(L2, HIGH);
    readCommits(L2, HIGH, new Vote(at(1), HIGH, value(1)));
    findings.red(ReadCommit.class, "not lower");
  }

  @Test
  void aReadThatMissesACommittedWriteIsFound() {
    write(L1, LOW, 1, value(1));
    write(L1, LOW, 2, value(2));
    writeCommits(L1, LOW, 2);
    read(L2, HIGH);
    readCommits(L2, HIGH, new Vote(at(1), LOW, value(1)));
    findings.red(WriteCommit.class, "committed at instance 2");
  }

  @Test
  void aReadMayReturnAWriteBetweenThatHasNotCommitted() {
    write(L1, LOW, 1, value(1));
    writeCommits(L1, LOW, 1);
    write(L2, HIGH, 1, value(2));
    Ballot highest = new Ballot(3, Recorded.N3, 0);
    read(Recorded.L3, highest);
    readCommits(Recorded.L3, highest, new Vote(at(1), HIGH, value(2)));
    findings.green();
  }
}
