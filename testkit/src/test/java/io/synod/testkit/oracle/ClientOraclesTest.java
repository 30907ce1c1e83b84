package io.synod.testkit.oracle;

import static io.synod.testkit.oracle.Recorded.L1;
import static io.synod.testkit.oracle.Recorded.L2;
import static io.synod.testkit.oracle.Recorded.at;

import io.synod.api.replication.ReadMode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What clients may rely on, each property shown green and red. */
class ClientOraclesTest {
  private static final Command FIRST = new Command(7, 1, true);
  private static final Command SECOND = new Command(7, 2, true);
  private static final Command LOCAL = new Command(9, 4, false);

  private final Recorded findings = new Recorded();

  private static Observer.Step step(long count) {
    return new Observer.Step(count, 100 + count);
  }

  @Test
  void exactlyOnceHoldsOnAllReplicas() {
    ExactlyOnce oracle = new ExactlyOnce(findings);
    for (Life life : List.of(L1, L2)) {
      oracle.applied(life, at(1), FIRST, step(1));
      oracle.applied(life, at(1), SECOND, step(2));
      oracle.applied(life, at(2), LOCAL, step(3));
    }
    findings.green();
  }

  @Test
  void exactlyOnceIsBrokenByASecondApplication() {
    ExactlyOnce oracle = new ExactlyOnce(findings);
    oracle.applied(L1, at(1), FIRST, step(1));
    oracle.applied(L1, at(2), FIRST, step(2));
    findings.red(ExactlyOnce.class, "#1");
  }

  @Test
  void exactlyOnceIsBrokenByASkippedCommandOfASession() {
    ExactlyOnce oracle = new ExactlyOnce(findings);
    oracle.applied(L1, at(1), SECOND, step(1));
    findings.red(ExactlyOnce.class, "was #0");
  }

  @Test
  void exactlyOnceIsBrokenWhereReplicasApplyDifferentCommands() {
    ExactlyOnce oracle = new ExactlyOnce(findings);
    oracle.applied(L1, at(1), FIRST, step(1));
    oracle.applied(L2, at(1), LOCAL, step(1));
    findings.red(ExactlyOnce.class, "number 1");
  }

  @Test
  void aRejectedCommandMayNotTakeEffectLater() {
    RejectedNotDone oracle = new RejectedNotDone(findings);
    oracle.rejected(LOCAL);
    oracle.applied(L1, at(1), FIRST, step(1));
    findings.green();
    oracle.applied(L1, at(2), LOCAL, step(2));
    findings.red(RejectedNotDone.class, "rejected");
  }

  @Test
  void aCommandThatTookEffectMayNotBeRejected() {
    RejectedNotDone oracle = new RejectedNotDone(findings);
    oracle.applied(L1, at(2), LOCAL, step(2));
    oracle.rejected(LOCAL);
    findings.red(RejectedNotDone.class, "took effect");
  }

  @Test
  void durabilityHoldsWhenAllReplicasEndWithEverything() {
    Durability oracle = new Durability(findings);
    oracle.applied(L1, at(1), FIRST, step(1));
    oracle.acknowledged(FIRST, at(1), 1);
    oracle.ended(List.of(new Replica(L1, at(1), 1, 101), new Replica(L2, at(1), 1, 101)));
    findings.green();
  }

  @Test
  void durabilityIsBrokenByAReplicaThatEndsWithoutAnAcknowledgedCommand() {
    Durability oracle = new Durability(findings);
    oracle.applied(L1, at(1), FIRST, step(1));
    oracle.acknowledged(FIRST, at(1), 1);
    oracle.ended(List.of(new Replica(L2, at(0), 0, 0)));
    findings.red(Durability.class, "ended with 0");
  }

  @Test
  void durabilityIsBrokenByAnAcknowledgementOfWhatNobodyApplied() {
    Durability oracle = new Durability(findings);
    oracle.acknowledged(FIRST, at(1), 1);
    findings.red(Durability.class, "nobody has applied");
  }

  @Test
  void durabilityIsBrokenByAnAcknowledgementOfAnEarlierInstance() {
    Durability oracle = new Durability(findings);
    oracle.applied(L1, at(2), FIRST, step(1));
    oracle.acknowledged(FIRST, at(2), 1);
    findings.green();
    oracle.acknowledged(FIRST, at(1), 1);
    findings.red(Durability.class, "it took effect at instance 2");
  }

  @Test
  void durabilityIsBrokenByALossOfWhatAReadHasShown() {
    Durability oracle = new Durability(findings);
    oracle.applied(L1, at(1), FIRST, step(1));
    oracle.readAnswered(7, ReadMode.LINEARIZABLE, 1);
    oracle.ended(List.of(new Replica(L1, at(1), 1, 101)));
    findings.green();
    oracle.ended(List.of(new Replica(L2, at(0), 0, 0)));
    findings.red(Durability.class, "read 7 showed 1 commands");
  }

  @Test
  void exactlyOnceIsBrokenByANumberThatNobodyCameTo() {
    ExactlyOnce oracle = new ExactlyOnce(findings);
    oracle.applied(L1, at(1), FIRST, step(1));
    oracle.applied(L1, at(2), SECOND, step(3));
    findings.red(ExactlyOnce.class, "went on to command number 3");
  }

  @Test
  void durabilityIsBrokenByAStateWithAnotherDigest() {
    Durability oracle = new Durability(findings);
    oracle.applied(L1, at(1), FIRST, step(1));
    oracle.ended(List.of(new Replica(L2, at(1), 1, 55)));
    findings.red(Durability.class, "digest 55");
  }

  @Test
  void linearizabilityHoldsForOverlappingOperations() {
    Linearizability oracle = new Linearizability(findings);
    oracle.invoked(FIRST);
    oracle.readInvoked(1, ReadMode.LINEARIZABLE);
    oracle.applied(L1, at(1), FIRST, step(1));
    oracle.readAnswered(1, ReadMode.LINEARIZABLE, 0);
    oracle.acknowledged(FIRST, at(1), 1);
    oracle.readInvoked(2, ReadMode.LINEARIZABLE);
    oracle.readAnswered(2, ReadMode.LINEARIZABLE, 1);
    findings.green();
  }

  @Test
  void linearizabilityIsBrokenByAStaleRead() {
    Linearizability oracle = new Linearizability(findings);
    oracle.invoked(FIRST);
    oracle.applied(L1, at(1), FIRST, step(1));
    oracle.acknowledged(FIRST, at(1), 1);
    oracle.readInvoked(2, ReadMode.LINEARIZABLE);
    oracle.readAnswered(2, ReadMode.LINEARIZABLE, 0);
    findings.red(Linearizability.class, "answered 0");
  }

  @Test
  void aStaleLeaseReadIsExcusedOnlyByClocksThatBreakTheirBound() {
    Linearizability oracle = new Linearizability(findings);
    oracle.invoked(FIRST);
    oracle.applied(L1, at(1), FIRST, step(1));
    oracle.acknowledged(FIRST, at(1), 1);
    oracle.clocksBreakBound();
    oracle.readInvoked(2, ReadMode.LEASE);
    oracle.readAnswered(2, ReadMode.LEASE, 0);
    findings.green();
    oracle.readInvoked(3, ReadMode.LINEARIZABLE);
    oracle.readAnswered(3, ReadMode.LINEARIZABLE, 0);
    findings.red(Linearizability.class, "LINEARIZABLE, answered 0");
  }

  @Test
  void aStaleLeaseReadIsAViolationWhileClocksKeepTheirBound() {
    Linearizability oracle = new Linearizability(findings);
    oracle.invoked(FIRST);
    oracle.applied(L1, at(1), FIRST, step(1));
    oracle.acknowledged(FIRST, at(1), 1);
    oracle.readInvoked(2, ReadMode.LEASE);
    oracle.readAnswered(2, ReadMode.LEASE, 0);
    findings.red(Linearizability.class, "LEASE, answered 0");
  }

  @Test
  void linearizabilityIsBrokenByAReadOlderThanAnEarlierRead() {
    Linearizability oracle = new Linearizability(findings);
    oracle.invoked(FIRST);
    oracle.applied(L1, at(1), FIRST, step(1));
    oracle.readInvoked(1, ReadMode.LINEARIZABLE);
    oracle.readAnswered(1, ReadMode.LINEARIZABLE, 1);
    oracle.readInvoked(2, ReadMode.LINEARIZABLE);
    oracle.readAnswered(2, ReadMode.LINEARIZABLE, 0);
    findings.red(Linearizability.class, "read 1");
  }

  @Test
  void linearizabilityIsBrokenByAReadOfTheFuture() {
    Linearizability oracle = new Linearizability(findings);
    oracle.readInvoked(1, ReadMode.LINEARIZABLE);
    oracle.readAnswered(1, ReadMode.LINEARIZABLE, 1);
    findings.red(Linearizability.class, "only 0 were applied");
  }

  @Test
  void linearizabilityIsBrokenByACommandOrderedBeforeItWasHandedIn() {
    Linearizability oracle = new Linearizability(findings);
    oracle.invoked(FIRST);
    oracle.applied(L1, at(1), FIRST, step(2));
    oracle.acknowledged(FIRST, at(1), 2);
    oracle.invoked(SECOND);
    oracle.applied(L1, at(1), SECOND, step(1));
    findings.red(Linearizability.class, "as number 1");
  }

  @Test
  void replicaDeterminismIsBrokenByADifferentDigest() {
    ReplicaDeterminism oracle = new ReplicaDeterminism(findings);
    oracle.applied(L1, at(1), FIRST, step(1));
    oracle.applied(L2, at(1), FIRST, step(1));
    findings.green();
    oracle.applied(L1, at(2), SECOND, step(2));
    oracle.applied(L2, at(2), SECOND, new Observer.Step(2, 5));
    findings.red(ReplicaDeterminism.class, "command number 2");
  }

  @Test
  void replicaDeterminismIsBrokenByADifferentInstance() {
    ReplicaDeterminism oracle = new ReplicaDeterminism(findings);
    oracle.applied(L1, at(1), FIRST, step(1));
    oracle.applied(L2, at(2), FIRST, step(1));
    findings.red(ReplicaDeterminism.class, "at instance 1");
  }
}
