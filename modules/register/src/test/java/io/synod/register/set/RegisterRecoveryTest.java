package io.synod.register.set;

import static io.synod.register.Fixtures.N1;
import static io.synod.register.Fixtures.N2;
import static io.synod.register.Fixtures.N3;
import static io.synod.register.Fixtures.STORE;
import static io.synod.register.Fixtures.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.message.RegisterMessage.Accepted;
import io.synod.api.message.RegisterMessage.Lease;
import io.synod.api.message.RegisterMessage.Leased;
import io.synod.api.message.RegisterMessage.Promise;
import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.plugin.Settings;
import io.synod.api.register.ReadOutcome;
import io.synod.api.register.RoundBasedRegister;
import io.synod.quorum.WinterPlugin;
import io.synod.register.Fixtures;
import io.synod.register.RecordingEffects;
import io.synod.register.RecordingEffects.Effect.SentNow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Figure 15: an attempt starts over when R grows, and counts only what is answered to it. */
class RegisterRecoveryTest {
  private static final NodeId N4 = NodeId.of("n4");
  private static final Ballot FIRST = new Ballot(1, N1, 0);
  private static final Ballot SECOND = FIRST.nextInPlace();
  private static final Configuration FOUR = founders("n1", "n2", "n3", "n4");

  private final RecordingEffects asked = new RecordingEffects();
  private final AcceptorSetRegister register = new AcceptorSetRegister(
      Fixtures.context(N1, asked, new Fixtures.ManualTimers()),
      configuration -> new WinterPlugin().create(configuration.acceptors(), Settings.DEFAULTS));
  private final List<ReadOutcome> reads = new ArrayList<>();
  private final List<String> heard = new ArrayList<>();
  private final RoundBasedRegister.WriteListener listener =
      new RoundBasedRegister.WriteListener() {
        @Override
        public void stored(Ballot ballot) {}

        @Override
        public void activated(Ballot ballot) {}

        @Override
        public void committed(Ballot ballot, InstanceId upTo) {
          heard.add("committed " + upTo + " in " + ballot);
        }

        @Override
        public void silent(Ballot ballot) {
          heard.add("start over " + ballot);
        }

        @Override
        public void aborted(Ballot ballot, Ballot higher) {}
      };

  private static Configuration founders(String... ids) {
    return new Configuration(
        Stream.of(ids).map(id -> Member.founding(id, id + ":1")).toList(), "winter");
  }

  private void read(Ballot ballot, Configuration configuration) {
    register.read(ballot, Era.ZERO, configuration, InstanceId.FIRST, reads::add);
  }

  private void promises(Ballot ballot, NodeId... from) {
    for (NodeId id : from) {
      register.onReply(id, new Promise(
          ballot, STORE, true, InstanceId.FIRST, InstanceId.FIRST, Era.ZERO, Era.ZERO, Map.of(),
          List.of()));
    }
  }

  private void writes(Ballot ballot) {
    register.adopt(
        new OneC(ballot, Era.ZERO, FOUR, InstanceId.FIRST, List.of(value(1))), false, listener);
  }

  private void acks(Ballot ballot, NodeId... from) {
    for (NodeId id : from) {
      register.onReply(id, new Accepted(ballot, STORE, InstanceId.FIRST));
    }
  }

  private void recovers(NodeId id) {
    register.recovered(id, Incarnation.FOUNDING);
  }

  private List<String> taken() {
    List<String> now = List.copyOf(heard);
    heard.clear();
    return now;
  }

  @Test
  void aReadWaitsForAllButThoseThatMayCrash() {
    read(FIRST, FOUR);
    promises(FIRST, N1, N2);
    assertThat(reads).isEmpty();
    promises(FIRST, N4);
    assertThat(reads).hasOnlyElementsOfType(ReadOutcome.Committed.class).hasSize(1);
  }

  @Test
  void aReadStartsOverWhenOneMoreHasRecoveredAndNeedsOneAnswerLess() {
    read(FIRST, FOUR);
    promises(FIRST, N1, N4);
    recovers(N4);
    assertThat(reads).containsExactly(new ReadOutcome.StartOver(FIRST));
    reads.clear();
    read(SECOND, FOUR);
    promises(FIRST, N2, N3);
    promises(SECOND, N1, N4);
    assertThat(reads).as("of n4 no answer counts, and none to the attempt before").isEmpty();
    promises(SECOND, N3);
    assertThat(reads).hasOnlyElementsOfType(ReadOutcome.Committed.class).hasSize(1);
  }

  @Test
  void whatIsKnownIsNoNews() {
    recovers(N4);
    read(FIRST, FOUR);
    recovers(N4);
    assertThat(reads).isEmpty();
    promises(FIRST, N1, N2);
    assertThat(reads).hasSize(1);
  }

  @Test
  void aWriteAsksForTheNextBallotInPlace() {
    writes(FIRST);
    acks(FIRST, N1, N4);
    recovers(N4);
    assertThat(taken()).containsExactly("start over " + FIRST);
    writes(SECOND);
    acks(FIRST, N2);
    assertThat(taken()).as("the old attempt, by its own threshold")
        .containsExactly("committed 1 in " + FIRST);
    acks(SECOND, N1, N4);
    assertThat(taken()).isEmpty();
    acks(SECOND, N2);
    assertThat(taken()).containsExactly("committed 1 in " + SECOND);
  }

  @Test
  void whereAsManyAreNeededAsBeforeNothingStartsOver() {
    read(FIRST, founders("n1", "n2", "n3"));
    promises(FIRST, N1);
    recovers(N3);
    assertThat(reads).isEmpty();
    promises(FIRST, N2);
    assertThat(reads).hasOnlyElementsOfType(ReadOutcome.Committed.class).hasSize(1);
  }

  @Test
  void aStoreThatTheConfigurationDoesNotNameIsNothingToIt() {
    read(FIRST, FOUR);
    register.recovered(N4, new Incarnation(12));
    assertThat(reads).isEmpty();
    promises(FIRST, N1, N2);
    assertThat(reads).as("three are needed as before").isEmpty();
  }

  @Test
  void aLeaseHasToBeGrantedAnewWhenSomebodyHasForgottenHis() {
    writes(FIRST);
    acks(FIRST, N1, N2, N3);
    assertThat(register.leased()).isFalse();
    grant(FIRST, N1, N3, N4);
    assertThat(register.leased()).isTrue();
    recovers(N4);
    writes(SECOND);
    acks(SECOND, N1, N2);
    assertThat(register.leased()).isFalse();
    grant(SECOND, N1, N2);
    assertThat(register.leased()).isTrue();
  }

  /** Answers the request for a lease that was sent last. */
  private void grant(Ballot ballot, NodeId... from) {
    long number = asked.take().stream()
        .filter(effect -> effect instanceof SentNow)
        .map(effect -> ((SentNow) effect).message())
        .filter(Lease.class::isInstance).mapToLong(message -> ((Lease) message).number())
        .max().orElseThrow();
    for (NodeId id : from) {
      register.onReply(id, new Leased(ballot, STORE, number));
    }
  }
}
