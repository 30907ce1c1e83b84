package io.synod.consensus.rounds;

import static io.synod.consensus.rounds.FakeRegister.value;
import static io.synod.consensus.rounds.FakeRegister.vote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.consensus.RoundBasedConsensus.Status;
import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.ConsensusMode;
import io.synod.api.model.Era;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Invariant;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.model.Reconfigure;
import io.synod.api.model.Value;
import io.synod.api.model.Vote;
import io.synod.api.reconfig.Authority;
import io.synod.consensus.rounds.FakeRegister.Said;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** How the proposer finds the era that it may use, and how it goes from one to the next. */
class ProposerEraTest {
  private static final NodeId N1 = NodeId.of("n1");
  private static final NodeId N2 = NodeId.of("n2");
  private static final Ballot FIRST = new Ballot(1, N1, 0);
  private static final Ballot RIVAL = new Ballot(0, N2, 0);
  private static final Era ONE = new Era(1);
  private static final Era TWO = new Era(2);
  private static final Configuration OLD = members("n1");
  private static final Configuration NEW = members("n2");
  private static final Configuration LATEST = members("n3");

  private final FakeRegister register = new FakeRegister();
  private final Authority authority = new World(ConsensusMode.FAST, OLD).node(N1).authority();
  private final Told told = new Told(authority);

  private static Configuration members(String id) {
    return new Configuration(List.of(Member.founding(id, "h:1")), "majority");
  }

  private static Value change(Era expected, Configuration next) {
    return new Reconfigure(expected, next).encode();
  }

  private static Vote changeVote(long instance, Era expected, Configuration next) {
    return new Vote(InstanceId.of(instance), RIVAL, change(expected, next));
  }

  private Proposer proposer(Authority asked, ConsensusMode mode) {
    Ballots ballots = new Ballots(N1, new Incarnation(1), authority);
    Proposer proposer = new Proposer(ballots, register, asked, mode);
    proposer.listener(told);
    return proposer;
  }

  private Proposer leading(ConsensusMode mode) {
    Proposer proposer = proposer(authority, mode);
    proposer.lead(InstanceId.FIRST);
    register.take();
    return proposer;
  }

  private Proposer ready(ConsensusMode mode) {
    Proposer proposer = leading(mode);
    register.commitRead();
    register.stored(FIRST);
    register.take();
    told.take();
    return proposer;
  }

  @Test
  void theChainAVoteThatMakesTheNextEraHasItReadToo() {
    Proposer proposer = leading(ConsensusMode.FAST);
    register.commitRead(changeVote(1, Era.ZERO, NEW));
    assertThat(register.take()).containsExactly("read also [n2]");
    assertThat(proposer.status()).isEqualTo(Status.PREPARING);
    register.commitRead(changeVote(1, Era.ZERO, NEW), vote(2, RIVAL, 7));
    assertThat(register.take()).as("a vote alone makes no era: it goes on in the active one")
        .containsExactly("adopt (1,n1,0) from 1 [makes 1, v7]");
  }

  @Test
  void theChainGoesOnAsLongAsVotesAreFoundThatMakeEras() {
    leading(ConsensusMode.FAST);
    register.commitRead(changeVote(1, Era.ZERO, NEW));
    assertThat(register.take()).containsExactly("read also [n2]");
    register.commitRead(changeVote(1, Era.ZERO, NEW), changeVote(2, ONE, LATEST));
    assertThat(register.take()).containsExactly("read also [n3]");
    register.commitRead(changeVote(1, Era.ZERO, NEW), changeVote(2, ONE, LATEST));
    assertThat(register.take()).containsExactly("adopt (1,n1,0) from 1 [makes 1, makes 2]");
  }

  @Test
  void aVoteThatExpectsAnotherEraThanTheOneReadMakesNone() {
    leading(ConsensusMode.FAST);
    register.commitRead(changeVote(1, ONE, NEW));
    assertThat(register.take()).containsExactly("adopt (1,n1,0) from 1 [makes 2]");
  }

  @Test
  void theChainAnEraThatTheDecidedPrefixHasMadeIsReadTooAndUsed() {
    authority.decided(change(Era.ZERO, NEW));
    leading(ConsensusMode.FAST);
    register.commitRead();
    assertThat(register.take()).containsExactly("read also [n2]");
    register.commitRead();
    assertThat(register.take())
        .containsExactly("adopt (1,n1,0) from 1 [] in era 1 to open it");
  }

  @Test
  void anEraThatAnAcceptorKnowsToBeActiveIsBelievedAndRead() {
    leading(ConsensusMode.FAST);
    Said said = Said.NOTHING.eras(TWO, ONE, Map.of(ONE, NEW, TWO, LATEST));
    register.commitRead(said);
    assertThat(told.take()).containsExactly("active 2 of [n3]");
    assertThat(register.take()).containsExactly("read also [n3]");
    register.commitRead(said);
    assertThat(register.take()).containsExactly("adopt (1,n1,0) from 1 [] in era 2");
  }

  @Test
  void theEraUsedIsNeverBelowOneThatWasAdopted() {
    Proposer proposer = leading(ConsensusMode.FAST);
    assertThatThrownBy(
        () -> register.commitRead(Said.NOTHING.eras(Era.ZERO, ONE, Map.of(ONE, NEW))))
        .isInstanceOf(Invariant.Broken.class).hasMessageContaining("below one adopted");
    assertThat(register.take()).isEmpty();
    assertThat(proposer.status()).isEqualTo(Status.PREPARING);
  }

  @Test
  void votesBelowTheFloorAreDecidedAndMayMakeTheEra() {
    leading(ConsensusMode.FAST);
    Said said = Said.NOTHING.floor(2).eras(Era.ZERO, ONE, Map.of(ONE, NEW));
    register.commitRead(said, changeVote(1, Era.ZERO, NEW));
    assertThat(register.take()).containsExactly("read also [n2]");
    assertThat(told.take()).as("before all that may have voted are read").isEmpty();
    register.commitRead(said, changeVote(1, Era.ZERO, NEW), vote(2, RIVAL, 7));
    assertThat(told.take()).containsExactly("decided 1 makes 1 in (1,n1,0)", "ready (1,n1,0)");
    assertThat(register.take())
        .containsExactly("adopt (1,n1,0) from 2 [v7] in era 1 to open it");
  }

  @Test
  void decisionsBelowTheFloorThatNoVoteShowsAreLearnedFirst() {
    Proposer proposer = leading(ConsensusMode.FAST);
    register.commitRead(Said.NOTHING.floor(4), vote(1, RIVAL, 7), vote(3, RIVAL, 9));
    assertThat(told.take())
        .containsExactly("decided 1 v7 in (1,n1,0)", "must learn up to 3 from anybody");
    assertThat(proposer.status()).isEqualTo(Status.PREPARING);
    assertThat(register.take()).isEmpty();
    proposer.onDecided(InstanceId.of(2));
    assertThat(told.take()).containsExactly("decided 3 v9 in (1,n1,0)", "ready (1,n1,0)");
    assertThat(register.take()).containsExactly("adopt (1,n1,0) from 4 []");
  }

  @Test
  void whatIsLearnedBelowKeptMayMakeAnEraThatIsReadThen() {
    Proposer proposer = leading(ConsensusMode.FAST);
    Said said = new Said(2, Optional.of(N2), 2, Era.ZERO, ONE, Map.of(ONE, NEW));
    register.commitRead(said);
    assertThat(told.take()).containsExactly("must learn up to 1 from n2");
    authority.decided(change(Era.ZERO, NEW));
    proposer.onDecided(InstanceId.FIRST);
    assertThat(register.take()).containsExactly("read also [n2]");
    register.commitRead(said);
    assertThat(register.take())
        .containsExactly("adopt (1,n1,0) from 2 [] in era 1 to open it");
  }

  @Test
  void fastHandsOverInPlaceWithAllThatIsWritten() {
    Proposer proposer = ready(ConsensusMode.FAST);
    proposer.propose(change(Era.ZERO, NEW));
    proposer.propose(value(2));
    proposer.propose(value(3));
    register.take();
    register.committed(FIRST, 1);
    assertThat(register.take()).containsExactly(
        "decided 1", "adopt (1,n1,1) from 2 [v2, v3] in era 1 to open it");
    assertThat(told.take()).containsExactly(
        "decided 1 makes 1 in (1,n1,0)", "handed over to (1,n1,1) in era 1");
    assertThat(proposer.ballot()).contains(FIRST.nextInPlace());
    assertThat(proposer.era()).isEqualTo(ONE);
    proposer.propose(value(4));
    assertThat(register.take()).as("behind the window").containsExactly("write 4 v4");
  }

  /** The acceptors of an era that is over may be switched off. */
  @Test
  void aReadOfAnEraThatIsOverStartsOverInTheOneThatIsActive() {
    Proposer proposer = leading(ConsensusMode.FAST);
    proposer.flush();
    assertThat(register.take()).isEmpty();
    authority.activate(ONE, NEW);
    proposer.flush();
    proposer.flush();
    assertThat(register.take()).containsExactly("read (1,n1,1) from 1 in era 1");
  }

  @Test
  void noReadBeginsBeforeTheMasterHasAnsweredWhateverIsActive() {
    List<Consumer<Authority.Standing>> then = new ArrayList<>();
    Proposer proposer =
        proposer(SlowMaster.asking("register", authority, then), ConsensusMode.FAST);
    proposer.lead(InstanceId.FIRST);
    authority.activate(ONE, NEW);
    proposer.flush();
    assertThat(register.take()).isEmpty();
    then.get(0).accept(new Authority.Standing(FIRST, ONE));
    assertThat(register.take()).containsExactly("read (1,n1,0) from 1 in era 1");
  }

  @Test
  void theWindowInheritedFromEarlierBallotsGoesAlongInAHandOver() {
    leading(ConsensusMode.FAST);
    for (int i = 0; i < 2; i++) {
      register.commitRead(changeVote(1, Era.ZERO, NEW), vote(3, RIVAL, 7));
    }
    assertThat(register.take()).containsExactly(
        "read also [n2]", "adopt (1,n1,0) from 1 [makes 1, SKIP, v7]");
    assertThat(told.asked()).as("nobody else tells where it is").containsExactly(N2);
    register.committed(FIRST, 1);
    assertThat(register.take()).containsExactly(
        "decided 1", "adopt (1,n1,1) from 2 [SKIP, v7] in era 1 to open it");
  }

  @Test
  void acknowledgementsOfTheBallotBeforeStillDecideAfterAHandOver() {
    Proposer proposer = ready(ConsensusMode.FAST);
    proposer.propose(change(Era.ZERO, NEW));
    proposer.propose(value(2));
    register.committed(FIRST, 1);
    told.take();
    register.committed(FIRST, 2);
    assertThat(told.take()).containsExactly("decided 2 v2 in (1,n1,1)");
    register.abortWrite(FIRST, FIRST.nextInPlace());
    assertThat(told.take()).as("its refusal is due to the own next ballot").isEmpty();
    assertThat(proposer.status()).isEqualTo(Status.READY);
    register.committed(FIRST.nextInPlace(), 2);
    assertThat(told.take()).as("decided once").isEmpty();
  }

  @Test
  void whatIsLearnedMeanwhileMakesAnEraAndHandsOver() {
    Proposer proposer = ready(ConsensusMode.FAST);
    proposer.propose(change(Era.ZERO, NEW));
    proposer.propose(value(2));
    register.take();
    authority.decided(change(Era.ZERO, NEW));
    proposer.onDecided(InstanceId.FIRST);
    assertThat(register.take()).containsExactly(
        "decided 1", "adopt (1,n1,1) from 2 [v2] in era 1 to open it");
  }

  @Test
  void afterAHandOverItIsNotSettledAndConfirmsNothingUntilThe1cIsStored() {
    Proposer proposer = ready(ConsensusMode.FAST);
    proposer.propose(change(Era.ZERO, NEW));
    register.committed(FIRST, 1);
    register.take();
    told.take();
    proposer.confirm(number -> { });
    assertThat(register.take()).isEmpty();
    register.stored(FIRST.nextInPlace());
    assertThat(told.take()).containsExactly("settled (1,n1,1)");
    assertThat(register.take()).containsExactly("confirm");
  }

  @Test
  void anEraIsActiveOnceTheRegisterSaysSoOfThePresentBallot() {
    Proposer proposer = ready(ConsensusMode.FAST);
    proposer.propose(change(Era.ZERO, NEW));
    register.committed(FIRST, 1);
    told.take();
    register.activated(FIRST);
    assertThat(told.take()).isEmpty();
    register.activated(FIRST.nextInPlace());
    assertThat(told.take()).containsExactly("active 1 of [n2]");
  }

  @Test
  void twoChangesInOneWindowAreTwoHandOvers() {
    Proposer proposer = ready(ConsensusMode.FAST);
    proposer.propose(change(Era.ZERO, NEW));
    proposer.propose(change(ONE, LATEST));
    proposer.propose(value(3));
    register.committed(FIRST, 1);
    register.take();
    register.committed(FIRST.nextInPlace(), 2);
    assertThat(register.take()).containsExactly(
        "decided 2", "adopt (1,n1,2) from 3 [v3] in era 2 to open it");
  }

  @Test
  void classicGoesOnWithAReadInPlaceOnceItsRoundHasEnded() {
    Proposer proposer = ready(ConsensusMode.CLASSIC);
    proposer.propose(change(Era.ZERO, NEW));
    proposer.propose(value(2));
    register.commitRead();
    register.take();
    register.committed(FIRST.nextInPlace(), 1);
    assertThat(register.take()).as("its round has not ended").containsExactly("decided 1");
    register.committed(FIRST.nextInPlace(), 2);
    assertThat(register.take()).containsExactly("decided 2", "read (1,n1,2) from 3");
    register.commitRead();
    assertThat(register.take()).containsExactly("read also [n2]");
    register.commitRead();
    assertThat(register.take())
        .containsExactly("adopt (1,n1,2) from 3 [] in era 1 to open it");
    assertThat(proposer.era()).isEqualTo(ONE);
  }

  @Test
  void anEraThatSaysClassicIsWorkedInThatModeFromItsFirstProposalOn() {
    Proposer proposer = ready(ConsensusMode.FAST);
    proposer.propose(change(Era.ZERO, NEW.mode(ConsensusMode.CLASSIC)));
    proposer.propose(value(2));
    register.committed(FIRST, 1);
    register.take();
    proposer.propose(value(3));
    assertThat(register.take()).as("what is on its way ends first").isEmpty();
    register.committed(FIRST, 2);
    assertThat(register.take()).containsExactly("decided 2", "read (1,n1,2) from 3");
    register.commitRead();
    register.commitRead();
    assertThat(register.take()).containsExactly(
        "read also [n2]", "adopt (1,n1,2) from 3 [] in era 1 to open it", "write 3 v3");
    register.committed(FIRST, 3);
    assertThat(register.take()).as("the read has ended that ballot").isEmpty();
  }

  @Test
  void anEraThatSaysFastIsHandedOverToAndReadsNoMore() {
    Proposer proposer = ready(ConsensusMode.CLASSIC);
    proposer.propose(change(Era.ZERO, NEW.mode(ConsensusMode.FAST)));
    register.commitRead();
    register.committed(FIRST.nextInPlace(), 1);
    told.take();
    register.commitRead();
    register.commitRead();
    assertThat(told.take()).containsExactly("handed over to (1,n1,2) in era 1");
    register.take();
    proposer.propose(value(2));
    proposer.propose(value(3));
    assertThat(register.take()).containsExactly("write 2 v2", "write 3 v3");
  }

  @Test
  void aHigherBallotSeenEndsTheLeadershipAfterAHandOverToo() {
    Proposer proposer = ready(ConsensusMode.FAST);
    proposer.propose(change(Era.ZERO, NEW));
    proposer.propose(value(2));
    register.committed(FIRST, 1);
    proposer.onBallotSeen(FIRST.nextInPlace());
    assertThat(proposer.status()).as("its own").isEqualTo(Status.READY);
    told.take();
    Ballot higher = new Ballot(2, N2, 0);
    proposer.onBallotSeen(higher);
    assertThat(told.take()).containsExactly("deposed by " + higher);
    register.committed(FIRST, 2);
    register.committed(FIRST.nextInPlace(), 2);
    assertThat(told.take()).as("nothing counts any more").isEmpty();
  }

  @Test
  void aLeaderThatIsRefusedAChangeTakesAHigherBallotAndTheElectionIsNotToldOfARival() {
    List<Consumer<Authority.Standing>> then = new ArrayList<>();
    Proposer proposer = proposer(SlowMaster.asking("make", authority, then), ConsensusMode.FAST);
    proposer.lead(InstanceId.FIRST);
    register.commitRead();
    register.take();
    told.take();
    proposer.make(new Reconfigure(Era.ZERO, NEW));
    then.get(0).accept(new Authority.Standing(new Ballot(4, N2, 0), Era.ZERO));
    assertThat(told.take()).containsExactly("deposed by (4,n2,0) while preparing");
    proposer.lead(InstanceId.FIRST);
    assertThat(register.take()).containsExactly("read (5,n1,0) from 1");
  }
}
