package io.synod.register.set;

import static io.synod.register.Fixtures.N1;
import static io.synod.register.Fixtures.N2;
import static io.synod.register.Fixtures.N3;
import static io.synod.register.Fixtures.STORE;
import static io.synod.register.Fixtures.THREE;
import static io.synod.register.Fixtures.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.message.RegisterMessage.Accept;
import io.synod.api.message.RegisterMessage.Accepted;
import io.synod.api.message.RegisterMessage.Adopt;
import io.synod.api.message.RegisterMessage.Nack;
import io.synod.api.message.RegisterMessage.Prepare;
import io.synod.api.message.RegisterMessage.Promise;
import io.synod.api.message.RegisterMessage.Stored;
import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.model.Role;
import io.synod.api.model.Value;
import io.synod.api.model.Vote;
import io.synod.api.register.ReadOutcome;
import io.synod.api.register.RoundBasedRegister;
import io.synod.register.Fixtures;
import io.synod.register.RecordingEffects;
import io.synod.register.RecordingEffects.Effect.SentNow;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The register over the acceptors of two eras, whose answers the test writes by hand. */
class RegisterEraTest {
  private static final NodeId N4 = NodeId.of("n4");
  private static final NodeId N5 = NodeId.of("n5");
  private static final Era ONE = new Era(1);
  private static final Incarnation OTHER = new Incarnation(8);
  private static final Ballot OLD = new Ballot(1, N1, 0);
  private static final Ballot NEXT = OLD.nextInPlace();
  /** Three members that are meant by their stores. */
  private static final Configuration LATER = new Configuration(
      List.of(named(N3), named(N4), named(N5)), "majority");

  private final RecordingEffects asked = new RecordingEffects();
  private final Fixtures.ManualTimers timers = new Fixtures.ManualTimers();
  private final AcceptorSetRegister register = new AcceptorSetRegister(
      Fixtures.context(N1, asked, timers), Fixtures::majority);
  private final List<ReadOutcome> reads = new ArrayList<>();
  private final List<String> heard = new ArrayList<>();

  private final RoundBasedRegister.WriteListener listener =
      new RoundBasedRegister.WriteListener() {
        @Override
        public void stored(Ballot ballot) {
          heard.add("stored " + ballot);
        }

        @Override
        public void activated(Ballot ballot) {
          heard.add("activated " + ballot);
        }

        @Override
        public void committed(Ballot ballot, InstanceId upTo) {
          heard.add("committed " + upTo + " in " + ballot);
        }

        @Override
        public void aborted(Ballot ballot, Ballot higher) {
          heard.add("aborted " + ballot);
        }
      };

  private static Member named(NodeId id) {
    return new Member(id, STORE, URI.create("node://h:1"), Role.ACCEPTOR);
  }

  private static Promise promise(Incarnation store, boolean founding, Vote... votes) {
    return new Promise(
        OLD, store, founding, InstanceId.FIRST, InstanceId.FIRST, Era.ZERO, Era.ZERO, Map.of(),
        List.of(votes));
  }

  private List<String> taken() {
    List<String> heardNow = List.copyOf(heard);
    heard.clear();
    return heardNow;
  }

  private List<NodeId> whomItAsked() {
    return asked.take().stream().map(effect -> ((SentNow) effect).to()).toList();
  }

  private void readFounders() {
    register.read(OLD, Era.ZERO, THREE, InstanceId.FIRST, reads::add);
  }

  private void adopt(Ballot ballot, Era era, long low, Value... window) {
    Configuration configuration = era.equals(Era.ZERO) ? THREE : LATER;
    OneC oneC = new OneC(ballot, era, configuration, InstanceId.of(low), List.of(window));
    register.adopt(oneC, !era.equals(Era.ZERO), listener);
  }

  private void acks(Ballot ballot, Incarnation store, long upTo, NodeId... from) {
    Arrays.asList(from).forEach(
        id -> register.onReply(id, new Accepted(ballot, store, InstanceId.of(upTo))));
  }

  private void stores(Ballot ballot, Incarnation store, long held, NodeId... from) {
    Arrays.asList(from).forEach(
        id -> register.onReply(id, new Stored(ballot, store, InstanceId.of(held))));
  }

  /** N1 leads in era 0, two values are written, the first is decided; then it hands over. */
  private void handOver() {
    adopt(OLD, Era.ZERO, 1);
    register.write(InstanceId.of(1), value(1));
    register.write(InstanceId.of(2), value(2));
    register.flush();
    acks(OLD, STORE, 1, N1, N2);
    assertThat(taken()).contains("committed 1 in " + OLD);
    adopt(NEXT, ONE, 2, value(2));
    register.decided(InstanceId.of(1));
  }

  @Test
  void ofAFoundingMemberOnlyTheFirstStoreCountsInARead() {
    readFounders();
    register.onReply(N1, promise(STORE, true));
    register.onReply(N2, promise(OTHER, false));
    register.onReply(N3, promise(OTHER, false));
    assertThat(reads).isEmpty();
    register.onReply(N2, promise(STORE, true));
    assertThat(reads).hasSize(1);
  }

  @Test
  void ofANamedMemberOnlyThatStoreCountsInARead() {
    register.read(OLD, ONE, LATER, InstanceId.FIRST, reads::add);
    register.onReply(N3, promise(STORE, false));
    register.onReply(N4, promise(OTHER, true));
    register.onReply(N5, promise(OTHER, false));
    assertThat(reads).isEmpty();
    register.onReply(N5, promise(STORE, false));
    assertThat(reads).hasSize(1);
  }

  @Test
  void whatAStoreWithoutAVoteSaysIsNotMerged() {
    readFounders();
    Vote forgotten = new Vote(InstanceId.FIRST, new Ballot(0, N2, 0), value(9));
    register.onReply(N1, promise(STORE, true));
    register.onReply(N3, promise(OTHER, false, forgotten));
    register.onReply(N2, promise(STORE, true));
    assertThat(((ReadOutcome.Committed) reads.get(0)).votes()).isEmpty();
  }

  @Test
  void readAlsoWaitsForAReadQuorumOfTheSecondConfigurationAndMerges() {
    readFounders();
    Vote low = new Vote(InstanceId.FIRST, new Ballot(0, N2, 0), value(1));
    Vote high = new Vote(InstanceId.FIRST, new Ballot(0, N2, 1), value(2));
    register.onReply(N1, promise(STORE, true, low));
    register.onReply(N2, promise(STORE, true));
    assertThat(reads).hasSize(1);
    asked.take();
    register.readAlso(LATER);
    assertThat(whomItAsked()).as("who has not answered").containsExactlyInAnyOrder(N3, N4, N5);
    register.onReply(N4, promise(STORE, false, high));
    assertThat(reads).hasSize(1);
    register.onReply(N5, promise(STORE, false));
    assertThat(reads).hasSize(2);
    assertThat(((ReadOutcome.Committed) reads.get(1)).votes()).containsExactly(high);
  }

  @Test
  void readAlsoAsksAgainWhatIsLost() {
    readFounders();
    register.onReply(N1, promise(STORE, true));
    register.onReply(N2, promise(STORE, true));
    register.readAlso(LATER);
    register.onReply(N4, promise(STORE, false));
    asked.take();
    timers.advance(Duration.ofSeconds(3).toNanos());
    assertThat(whomItAsked()).containsExactlyInAnyOrder(N3, N5);
  }

  @Test
  void readAlsoOfThoseWhoHaveAnsweredCompletesAtOnce() {
    readFounders();
    register.onReply(N1, promise(STORE, true));
    register.onReply(N2, promise(STORE, true));
    register.readAlso(new Configuration(
        List.of(Member.founding("n1", "h:1"), Member.founding("n2", "h:2")), "majority"));
    assertThat(reads).hasSize(2);
  }

  @Test
  void aReadTellsTheHighestErasAndAllConfigurations() {
    readFounders();
    register.onReply(N1, new Promise(
        OLD, STORE, true, InstanceId.of(3), InstanceId.of(4), ONE, Era.ZERO, Map.of(ONE, LATER),
        List.of()));
    register.onReply(N2, new Promise(
        OLD, STORE, true, InstanceId.of(2), InstanceId.of(7), Era.ZERO, new Era(2),
        Map.of(new Era(2), THREE), List.of()));
    assertThat(reads).containsExactly(new ReadOutcome.Committed(
        OLD, InstanceId.of(3), Optional.of(N1), InstanceId.of(7), ONE, new Era(2),
        Map.of(ONE, LATER, new Era(2), THREE), List.of()));
  }

  @Test
  void ofANamedMemberOnlyThatStoreCountsInAWrite() {
    adopt(NEXT, ONE, 1, value(1));
    acks(NEXT, OTHER, 1, N3, N4);
    stores(NEXT, OTHER, 0, N3, N4);
    acks(NEXT, STORE, 1, N3);
    assertThat(taken()).isEmpty();
    acks(NEXT, STORE, 1, N4);
    assertThat(taken()).contains("committed 1 in " + NEXT);
  }

  @Test
  void aHandOverAsksTheAcceptorsOfTheNewEraOnly() {
    adopt(OLD, Era.ZERO, 1);
    asked.take();
    adopt(NEXT, ONE, 1);
    assertThat(asked.take()).hasSize(3).allSatisfy(effect -> {
      assertThat(((SentNow) effect).message()).isInstanceOf(Adopt.class);
      assertThat(((SentNow) effect).to()).isIn(N3, N4, N5);
    });
  }

  @Test
  void acknowledgementsOfTheClosedBallotStillCount() {
    handOver();
    acks(OLD, STORE, 2, N2, N3);
    assertThat(taken()).containsExactly("committed 2 in " + OLD);
  }

  @Test
  void aRefusalInTheClosedBallotDoesNotDepose() {
    handOver();
    register.onReply(N3, new Nack(OLD, STORE, NEXT));
    assertThat(taken()).isEmpty();
    acks(NEXT, STORE, 2, N3, N4);
    assertThat(taken()).contains("committed 2 in " + NEXT);
  }

  @Test
  void theClosedBallotIsForgottenOnceAllThatWasWrittenInItIsDecided() {
    handOver();
    register.decided(InstanceId.of(2));
    acks(OLD, STORE, 2, N2, N3);
    assertThat(taken()).isEmpty();
  }

  @Test
  void aBallotThatDoesNotFollowInPlaceForgetsTheOneBefore() {
    adopt(OLD, Era.ZERO, 1);
    register.write(InstanceId.of(1), value(1));
    register.flush();
    adopt(new Ballot(2, N1, 0), ONE, 1);
    acks(OLD, STORE, 1, N1, N2);
    assertThat(taken()).isEmpty();
  }

  @Test
  void nothingMoreIsSentInTheClosedBallot() {
    handOver();
    asked.take();
    register.write(InstanceId.of(3), value(3));
    register.flush();
    timers.advance(Duration.ofSeconds(3).toNanos());
    register.flush();
    assertThat(asked.take()).isNotEmpty().allSatisfy(effect -> {
      if (((SentNow) effect).message() instanceof Accept accept) {
        assertThat(accept.ballot()).isEqualTo(NEXT);
      }
      assertThat(((SentNow) effect).message()).isNotInstanceOf(Prepare.class);
    });
  }

  @Test
  void anEraIsActiveOnlyWhenAWriteQuorumHoldsThePrefixBelowLow() {
    adopt(NEXT, ONE, 5);
    stores(NEXT, STORE, 4, N3);
    stores(NEXT, STORE, 3, N4, N5);
    assertThat(taken()).containsExactly("stored " + NEXT);
    stores(NEXT, OTHER, 4, N4);
    assertThat(taken()).as("another store").isEmpty();
    stores(NEXT, STORE, 4, N4);
    assertThat(taken()).containsExactly("activated " + NEXT);
    stores(NEXT, STORE, 4, N5);
    assertThat(taken()).as("told once").isEmpty();
  }

  @Test
  void whoDoesNotHoldThePrefixYetIsAskedAgain() {
    adopt(NEXT, ONE, 5);
    stores(NEXT, STORE, 4, N3);
    stores(NEXT, STORE, 3, N4, N5);
    asked.take();
    timers.advance(Duration.ofSeconds(3).toNanos());
    assertThat(whomItAsked()).containsExactlyInAnyOrder(N4, N5);
  }

  @Test
  void aBallotThatOpensNoEraActivatesNone() {
    adopt(OLD, Era.ZERO, 1);
    stores(OLD, STORE, 0, N1, N2, N3);
    assertThat(taken()).containsExactly("stored " + OLD);
  }
}
