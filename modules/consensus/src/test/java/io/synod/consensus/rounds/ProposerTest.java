package io.synod.consensus.rounds;

import static io.synod.consensus.rounds.FakeRegister.value;
import static io.synod.consensus.rounds.FakeRegister.vote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.consensus.RoundBasedConsensus.Status;
import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.ConsensusMode;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Invariant;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.reconfig.Authority;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the proposer asks of the register and tells the layer above, step by step. */
class ProposerTest {
  private static final NodeId N1 = NodeId.of("n1");
  private static final NodeId N2 = NodeId.of("n2");
  private static final Ballot FIRST = new Ballot(1, N1, 0);
  private static final Configuration ONE =
      new Configuration(List.of(Member.founding("n1", "h:1")), "majority");

  private final FakeRegister register = new FakeRegister();
  private final Authority authority = new World(ConsensusMode.FAST, ONE).node(N1).authority();
  private final Told told = new Told(authority);

  private Proposer proposer(ConsensusMode mode) {
    Ballots ballots = new Ballots(N1, new Incarnation(1), authority);
    Proposer proposer = new Proposer(ballots, register, authority, mode);
    proposer.listener(told);
    return proposer;
  }

  private Proposer ready(ConsensusMode mode) {
    Proposer proposer = proposer(mode);
    proposer.lead(InstanceId.FIRST);
    register.commitRead();
    register.take();
    told.take();
    return proposer;
  }

  /** Its 1c is stored by a write quorum as well. */
  private Proposer settled(ConsensusMode mode) {
    Proposer proposer = ready(mode);
    register.stored(FIRST);
    assertThat(told.take()).containsExactly("settled (1,n1,0)");
    return proposer;
  }

  @ParameterizedTest
  @EnumSource(ConsensusMode.class)
  void toLeadIsToReadAllFromTheFirstUndecidedInAnOwnBallot(ConsensusMode mode) {
    Proposer proposer = proposer(mode);
    assertThat(proposer.status()).isEqualTo(Status.IDLE);
    proposer.lead(InstanceId.of(4));
    assertThat(register.take()).containsExactly("read (1,n1,0) from 4");
    assertThat(proposer.status()).isEqualTo(Status.PREPARING);
    register.commitRead();
    assertThat(register.take()).containsExactly("adopt (1,n1,0) from 4 []");
    assertThat(told.take()).containsExactly("ready (1,n1,0)");
    assertThat(proposer.ballot()).contains(FIRST);
  }

  @Test
  void fastWritesOnlyAndNeverReadsAfterTheFirst() {
    Proposer proposer = ready(ConsensusMode.FAST);
    proposer.propose(value(1));
    proposer.propose(value(2));
    register.committed(FIRST, 1);
    proposer.propose(value(3));
    register.committed(FIRST, 3);
    assertThat(register.take()).containsExactly(
        "write 1 v1", "write 2 v2", "decided 1", "write 3 v3", "decided 3");
    assertThat(told.take()).containsExactly(
        "decided 1 v1 in (1,n1,0)", "decided 2 v2 in (1,n1,0)", "decided 3 v3 in (1,n1,0)");
    assertThat(proposer.inFlight()).isZero();
  }

  @Test
  void classicReadsForEveryRoundInTheNextBallotInPlace() {
    Proposer proposer = ready(ConsensusMode.CLASSIC);
    proposer.propose(value(1));
    assertThat(register.take()).containsExactly("read (1,n1,1) from 1");
    proposer.propose(value(9));
    assertThat(register.take()).as("one read serves all that waits").isEmpty();
    register.commitRead();
    assertThat(register.take())
        .containsExactly("adopt (1,n1,1) from 1 []", "write 1 v1", "write 2 v9");
    proposer.propose(value(2));
    proposer.propose(value(3));
    assertThat(register.take()).as("the round before has not ended").isEmpty();
    register.committed(FIRST.nextInPlace(), 1);
    assertThat(register.take()).as("nor now").containsExactly("decided 1");
    register.committed(FIRST.nextInPlace(), 2);
    assertThat(register.take()).containsExactly("decided 2", "read (1,n1,2) from 3");
    register.commitRead();
    assertThat(register.take())
        .containsExactly("adopt (1,n1,2) from 3 []", "write 3 v2", "write 4 v3");
    assertThat(told.take()).as("ready is told once")
        .containsExactly("decided 1 v1 in (1,n1,1)", "decided 2 v9 in (1,n1,1)");
  }

  @ParameterizedTest
  @EnumSource(ConsensusMode.class)
  void aReadStartsOverInTheNextBallotInPlace(ConsensusMode mode) {
    Proposer proposer = proposer(mode);
    proposer.lead(InstanceId.of(4));
    register.take();
    register.startReadOver();
    assertThat(register.take()).containsExactly("read (1,n1,1) from 4");
    assertThat(told.take()).as("nobody else leads").isEmpty();
    register.commitRead();
    assertThat(register.take()).containsExactly("adopt (1,n1,1) from 4 []");
    assertThat(told.take()).containsExactly("ready (1,n1,1)");
  }

  @Test
  void aReadThatStartsOverForgetsWhatTheOneBeforeHadFound() {
    Proposer proposer = proposer(ConsensusMode.FAST);
    proposer.lead(InstanceId.FIRST);
    register.commitRead(FakeRegister.Said.NOTHING.floor(5));
    register.startReadOver();
    register.take();
    proposer.onDecided(InstanceId.of(4));
    assertThat(register.take()).as("the second read is not complete").isEmpty();
    register.commitRead();
    assertThat(register.take()).containsExactly("adopt (1,n1,1) from 5 []");
    register.stored(new Ballot(1, N1, 1));
    proposer.confirm(number -> { });
    assertThat(register.take()).containsExactly("confirm");
  }

  @ParameterizedTest
  @EnumSource(ConsensusMode.class)
  void aWriteStartsOverInTheNextBallotInPlaceWithAllThatIsNotDecided(ConsensusMode mode) {
    Proposer proposer = ready(mode);
    Ballot writing = mode == ConsensusMode.CLASSIC ? FIRST.nextInPlace() : FIRST;
    proposer.propose(value(1));
    if (mode == ConsensusMode.CLASSIC) {
      register.commitRead();
    }
    register.take();
    register.silent(writing);
    Ballot next = writing.nextInPlace();
    assertThat(register.take()).containsExactly("adopt " + next + " from 1 [v1]");
    register.silent(writing);
    assertThat(register.take()).as("that ballot is over").isEmpty();
    register.committed(writing, 1);
    assertThat(told.take()).as("what the old attempt still chooses counts")
        .containsExactly("decided 1 v1 in " + next);
  }

  @ParameterizedTest
  @EnumSource(ConsensusMode.class)
  void aVoteFoundIsProposedAgainAndGapsAreFilledWithSkip(ConsensusMode mode) {
    Ballot rival = new Ballot(3, N2, 0);
    Proposer proposer = proposer(mode);
    proposer.onBallotSeen(rival);
    proposer.lead(InstanceId.of(2));
    register.take();
    register.commitRead(vote(3, rival, 7), vote(6, rival, 8));
    assertThat(register.take())
        .containsExactly("adopt (4,n1,0) from 2 [SKIP, v7, SKIP, SKIP, v8]");
    assertThat(proposer.inFlight()).isEqualTo(5);
    told.take();
    register.committed(new Ballot(4, N1, 0), 3);
    assertThat(told.take())
        .containsExactly("decided 2 SKIP in (4,n1,0)", "decided 3 v7 in (4,n1,0)");
  }

  @Test
  void ownValuesGoAfterTheWindowNeverInItsPlace() {
    Proposer proposer = proposer(ConsensusMode.FAST);
    proposer.lead(InstanceId.FIRST);
    register.commitRead(vote(1, new Ballot(0, N2, 0), 7));
    register.take();
    proposer.propose(value(1));
    assertThat(register.take()).containsExactly("write 2 v1");
  }

  @Test
  void votesBelowWhatIsDecidedMeanwhileAreNoPartOfTheWindow() {
    Proposer proposer = proposer(ConsensusMode.FAST);
    proposer.lead(InstanceId.FIRST);
    proposer.onDecided(InstanceId.of(2));
    register.take();
    Ballot rival = new Ballot(0, N2, 0);
    register.commitRead(vote(1, rival, 5), vote(2, rival, 6), vote(3, rival, 7));
    assertThat(register.take()).containsExactly("adopt (1,n1,0) from 3 [v7]");
  }

  @Test
  void nothingIsProposedBeforeDecisionsBelowKeptAreLearned() {
    Proposer proposer = proposer(ConsensusMode.FAST);
    proposer.lead(InstanceId.of(2));
    register.take();
    register.commitRead(5, Optional.of(N2), vote(5, new Ballot(0, N2, 0), 7));
    assertThat(told.take()).containsExactly("must learn up to 4 from n2");
    assertThat(proposer.status()).isEqualTo(Status.PREPARING);
    proposer.onDecided(InstanceId.of(3));
    assertThat(register.take()).as("one decision is missing still").isEmpty();
    assertThat(told.take()).containsExactly("must learn up to 4 from n2");
    assertThatThrownBy(() -> proposer.propose(value(1))).isInstanceOf(Invariant.Broken.class);
    proposer.onDecided(InstanceId.of(4));
    assertThat(register.take()).containsExactly("adopt (1,n1,0) from 5 [v7]");
    assertThat(told.take()).containsExactly("ready (1,n1,0)");
  }

  @ParameterizedTest
  @EnumSource(ConsensusMode.class)
  void aHigherBallotSeenAnywhereDeposes(ConsensusMode mode) {
    Proposer proposer = ready(mode);
    proposer.onBallotSeen(FIRST);
    assertThat(told.take()).as("the own ballot deposes nobody").isEmpty();
    proposer.onBallotSeen(new Ballot(5, N2, 2));
    assertThat(told.take()).containsExactly("deposed by (5,n2,2)");
    assertThat(proposer.status()).isEqualTo(Status.IDLE);
    assertThat(proposer.ballot()).isEmpty();
    proposer.lead(InstanceId.FIRST);
    assertThat(register.take()).containsExactly("read (6,n1,0) from 1");
  }

  @Test
  void aLowerBallotSeenChangesNothing() {
    Proposer proposer = proposer(ConsensusMode.FAST);
    proposer.onBallotSeen(new Ballot(5, N2, 0));
    proposer.onBallotSeen(new Ballot(3, N2, 0));
    proposer.lead(InstanceId.FIRST);
    assertThat(register.take()).containsExactly("read (6,n1,0) from 1");
  }

  @Test
  void anAbortedReadDeposesAndTheNextBallotIsAboveTheRefusal() {
    Proposer proposer = proposer(ConsensusMode.FAST);
    proposer.lead(InstanceId.FIRST);
    register.abortRead(new Ballot(8, N2, 0));
    assertThat(told.take()).containsExactly("deposed by (8,n2,0) while preparing");
    register.take();
    proposer.lead(InstanceId.FIRST);
    assertThat(register.take()).containsExactly("read (9,n1,0) from 1");
  }

  @Test
  void anAbortedWriteDeposesAndWhatWasWrittenIsForgotten() {
    Proposer proposer = ready(ConsensusMode.FAST);
    proposer.propose(value(1));
    register.abortWrite(FIRST, new Ballot(8, N2, 0));
    assertThat(told.take()).containsExactly("deposed by (8,n2,0)");
    assertThat(proposer.inFlight()).isZero();
    register.committed(FIRST, 1);
    assertThat(told.take()).as("an answer to a ballot that is over").isEmpty();
  }

  @Test
  void answersOfAnEarlierBallotCountForNothing() {
    Proposer proposer = ready(ConsensusMode.CLASSIC);
    proposer.propose(value(1));
    register.commitRead();
    register.committed(FIRST, 1);
    register.stored(FIRST);
    register.abortWrite(FIRST, FIRST.nextInPlace());
    assertThat(told.take()).isEmpty();
    register.stored(FIRST.nextInPlace());
    assertThat(told.take()).containsExactly("settled (1,n1,1)");
  }

  @Test
  void onlyWhoMayProposeHasALease() {
    register.leased(true);
    Proposer proposer = ready(ConsensusMode.CLASSIC);
    assertThat(proposer.leased()).isTrue();
    proposer.propose(value(1));
    assertThat(proposer.leased()).as("between two ballots in place").isTrue();
    proposer.onBallotSeen(FIRST.nextFor(World.N2));
    register.take();
    assertThat(proposer.leased()).isFalse();
    assertThat(register.take()).as("nothing is asked for").isEmpty();
  }

  @Test
  void confirmInFastAsksTheRegister() {
    Proposer proposer = settled(ConsensusMode.FAST);
    StringBuilder confirmed = new StringBuilder();
    proposer.confirm(number -> confirmed.append('a'));
    proposer.confirm(number -> confirmed.append('b'));
    assertThat(register.take()).containsExactly("confirm", "confirm");
    assertThat(confirmed).isEmpty();
    register.confirmAll();
    assertThat(confirmed).hasToString("ab");
  }

  @Test
  void whatIsAskedBeforeTheOwn1cIsStoredWaitsForIt() {
    Proposer proposer = ready(ConsensusMode.FAST);
    StringBuilder confirmed = new StringBuilder();
    proposer.confirm(number -> confirmed.append('a'));
    assertThat(register.take()).isEmpty();
    register.stored(FIRST);
    assertThat(register.take()).containsExactly("confirm");
    register.confirmAll();
    assertThat(confirmed).hasToString("a");
  }

  @Test
  void confirmInClassicIsCompletedByAReadThatBeganAfterIt() {
    Proposer proposer = settled(ConsensusMode.CLASSIC);
    StringBuilder confirmed = new StringBuilder();
    proposer.confirm(number -> confirmed.append('a'));
    proposer.propose(value(1));
    assertThat(register.take()).containsExactly("confirm", "read (1,n1,1) from 1");
    assertThat(confirmed).isEmpty();
    register.commitRead();
    assertThat(confirmed).hasToString("a");
    assertThat(register.take()).containsExactly("adopt (1,n1,1) from 1 []", "write 1 v1");
  }

  @Test
  void aReadThatRunsAlreadyConfirmsNothingThatIsAskedAfterIt() {
    Proposer proposer = settled(ConsensusMode.CLASSIC);
    StringBuilder confirmed = new StringBuilder();
    proposer.propose(value(1));
    register.take();
    proposer.confirm(number -> confirmed.append('a'));
    proposer.confirm(number -> confirmed.append('b'));
    assertThat(register.take()).isEmpty();
    register.commitRead();
    assertThat(confirmed).as("the promises may be older than the question").isEmpty();
    assertThat(register.take()).containsExactly("adopt (1,n1,1) from 1 []", "write 1 v1");
    register.stored(FIRST.nextInPlace());
    assertThat(register.take()).containsExactly("confirm");
    register.confirmAll();
    assertThat(confirmed).hasToString("ab");
  }

  @Test
  void whoIsDeposedConfirmsNothing() {
    Proposer proposer = ready(ConsensusMode.FAST);
    StringBuilder confirmed = new StringBuilder();
    proposer.confirm(number -> confirmed.append('a'));
    proposer.onBallotSeen(new Ballot(2, N2, 0));
    register.confirmAll();
    assertThat(confirmed).isEmpty();
    assertThatThrownBy(() -> proposer.confirm(number -> { }))
        .isInstanceOf(Invariant.Broken.class);
  }

  @Test
  void decisionsLearnedOtherwiseAreNotReportedAgain() {
    Proposer proposer = ready(ConsensusMode.FAST);
    proposer.propose(value(1));
    proposer.propose(value(2));
    register.take();
    proposer.onDecided(InstanceId.FIRST);
    assertThat(register.take()).containsExactly("decided 1");
    register.committed(FIRST, 2);
    assertThat(told.take()).containsExactly("decided 2 v2 in (1,n1,0)");
  }

  @Test
  void decisionsBeyondTheOwnProposalsMeanThatSomebodyElseLeads() {
    Proposer proposer = ready(ConsensusMode.FAST);
    proposer.propose(value(1));
    proposer.onDecided(InstanceId.of(2));
    assertThat(told.take()).containsExactly("deposed by (1,n1,0)");
    assertThat(proposer.status()).isEqualTo(Status.IDLE);
  }

  @Test
  void theTwoOptionsDifferInTheirModeOnly() {
    assertThat(new FastConsensusPlugin().name()).isEqualTo("fast");
    assertThat(new ClassicConsensusPlugin().name()).isEqualTo("classic");
  }
}
