package io.synod.broadcast.pipelined;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.model.InstanceId;
import io.synod.api.model.Value;
import io.synod.api.plugin.Settings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An index is given only by a leader that is settled and then confirmed by a quorum. */
class ReadIndicesTest {
  private final Kit kit = new Kit();
  private final FakeConsensus consensus = new FakeConsensus();
  private final List<Long> given = new ArrayList<>();
  private long decided = 4;
  private ReadIndices indices;

  @BeforeEach
  void create() {
    new PipelinedBroadcast(
        kit.context(Settings.DEFAULTS), consensus, new FakeAcceptor(), kit.authority(),
        new FakeSnapshots());
    indices = new ReadIndices(consensus, () -> InstanceId.of(decided), false);
  }

  @Test
  void whoDoesNotLeadAnswersAtOnceThatItCannot() {
    indices.ask(given::add);
    assertThat(given).containsExactly(-1L);
  }

  @Test
  void noIndexIsGivenBeforeWhatEarlierBallotsChoseIsDecided() {
    consensus.becomeReady();
    indices.ask(given::add);
    consensus.confirmAll();
    assertThat(given).isEmpty();
    decided = 9;
    indices.settled();
    assertThat(given).as("nor before a quorum confirmed").isEmpty();
    consensus.confirmAll();
    assertThat(given).as("the index as of the settling").containsExactly(9L);
  }

  @Test
  void theIndexIsThatOfTheQuestionNotOfTheAnswer() {
    consensus.becomeReady();
    indices.settled();
    indices.ask(given::add);
    decided = 6;
    indices.ask(given::add);
    decided = 9;
    consensus.confirmAll();
    assertThat(given).containsExactly(4L, 6L);
  }

  @Test
  void underALeaseTheIndexIsGivenAtOnceButNotBeforeTheBallotIsSettled() {
    consensus.becomeReady();
    consensus.leased(true);
    indices.askUnderLease(given::add);
    assertThat(given).isEmpty();
    indices.settled();
    consensus.confirmAll();
    decided = 7;
    indices.askUnderLease(given::add);
    assertThat(given).containsExactly(4L, 7L);
    assertThat(consensus.confirmsAsked()).isZero();
  }

  /** Others may have counted the votes for what is on its way, and answered their clients. */
  @Test
  void whereOthersKnowFirstTheIndexIsThatOfTheLastProposalOnceItIsDecided() {
    indices = new ReadIndices(consensus, () -> InstanceId.of(decided), true);
    consensus.becomeReady();
    consensus.propose(Value.SKIP);
    consensus.propose(Value.SKIP);
    indices.settled();
    consensus.leased(true);
    indices.ask(given::add);
    indices.askUnderLease(given::add);
    consensus.confirmAll();
    assertThat(given).isEmpty();
    decided = 5;
    indices.decided();
    assertThat(given).isEmpty();
    decided = 6;
    indices.decided();
    assertThat(given).containsExactly(6L, 6L);
  }

  @Test
  void whatWaitsForADecisionIsAnsweredWhenTheLeadershipIsLost() {
    indices = new ReadIndices(consensus, () -> InstanceId.of(decided), true);
    consensus.becomeReady();
    consensus.propose(Value.SKIP);
    indices.settled();
    indices.ask(given::add);
    consensus.confirmAll();
    indices.lost();
    assertThat(given).containsExactly(-1L);
  }

  @Test
  void withoutALeaseAQuorumIsAsked() {
    consensus.becomeReady();
    indices.settled();
    indices.askUnderLease(given::add);
    assertThat(given).isEmpty();
    consensus.confirmAll();
    assertThat(given).containsExactly(4L);
  }

  @Test
  void whoNoLongerLeadsHasNoLease() {
    consensus.becomeReady();
    consensus.leased(true);
    indices.settled();
    consensus.resign();
    indices.lost();
    indices.askUnderLease(given::add);
    assertThat(given).containsExactly(-1L);
  }

  @Test
  void lostLeadershipAnswersAllThatWait() {
    consensus.becomeReady();
    indices.ask(given::add);
    indices.lost();
    assertThat(given).containsExactly(-1L);
    indices.settled();
    indices.ask(given::add);
    indices.lost();
    assertThat(given).containsExactly(-1L, -1L);
    consensus.confirmAll();
    assertThat(given).as("each hears once").hasSize(2);
  }

  @Test
  void aNewLeadershipHasToSettleAgain() {
    consensus.becomeReady();
    indices.settled();
    indices.lost();
    indices.ask(given::add);
    assertThat(consensus.confirmsAsked()).isZero();
    indices.settled();
    assertThat(consensus.confirmsAsked()).isEqualTo(1);
  }
}
