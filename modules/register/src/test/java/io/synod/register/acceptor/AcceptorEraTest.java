package io.synod.register.acceptor;

import static io.synod.register.Fixtures.N1;
import static io.synod.register.Fixtures.N2;
import static io.synod.register.Fixtures.N3;
import static io.synod.register.Fixtures.STORE;
import static io.synod.register.Fixtures.THREE;
import static io.synod.register.Fixtures.ballot;
import static io.synod.register.Fixtures.oneC;
import static io.synod.register.Fixtures.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.message.RegisterMessage.Accept;
import io.synod.api.message.RegisterMessage.Accepted;
import io.synod.api.message.RegisterMessage.Adopt;
import io.synod.api.message.RegisterMessage.Prepare;
import io.synod.api.message.RegisterMessage.Promise;
import io.synod.api.message.RegisterMessage.Stored;
import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Member;
import io.synod.api.model.OneC;
import io.synod.api.model.Role;
import io.synod.api.plugin.LayerContext;
import io.synod.api.reconfig.Authority;
import io.synod.api.storage.DurableRecord;
import io.synod.api.storage.DurableRecord.DecidedUpTo;
import io.synod.api.storage.DurableRecord.Promised;
import io.synod.api.storage.DurableRecord.StoredOneC;
import io.synod.register.Fixtures;
import io.synod.register.RecordingEffects;
import io.synod.register.RecordingEffects.Effect;
import io.synod.register.RecordingEffects.Effect.Persisted;
import io.synod.register.RecordingEffects.Effect.Sent;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which 1c an acceptor stores, and what it says of eras, stores and the decided prefix. */
class AcceptorEraTest {
  private static final Ballot B1 = ballot(1, N1);
  private static final Ballot B2 = ballot(2, N2);
  private static final Era ONE = new Era(1);
  private static final Era TWO = new Era(2);
  /** The acceptor under test, n3, is meant by its store. */
  private static final Configuration NAMED = with(STORE, Role.ACCEPTOR);

  private final RecordingEffects effects = new RecordingEffects();
  private final LayerContext context =
      Fixtures.context(N3, effects, new Fixtures.ManualTimers());
  private final Authority authority = Fixtures.authority(context);
  private final NodeAcceptor acceptor = new NodeAcceptor(context, authority, Durability.STABLE);

  @BeforeEach
  void first() {
    acceptor.founding(true);
  }

  private static Configuration with(Incarnation store, Role role) {
    Member own = new Member(N3, store, URI.create("node://h:3"), role);
    return new Configuration(List.of(Member.founding("n1", "h:1"), own), "majority");
  }

  private static Adopt adopt(Ballot ballot, Era era, Configuration configuration, long low) {
    return new Adopt(new OneC(ballot, era, configuration, InstanceId.of(low), List.of()));
  }

  private void prepare(Ballot ballot, Era era) {
    acceptor.onRequest(ballot.proposer(), new Prepare(ballot, era, InstanceId.FIRST));
  }

  private Promise promised() {
    List<Effect> all = effects.take();
    return (Promise) ((Sent) all.get(all.size() - 1)).message();
  }

  @Test
  void a1cOfALowerEraThanAdoptedIsNotStored() {
    acceptor.onRequest(N1, adopt(B1, TWO, NAMED, 1));
    effects.take();
    acceptor.onRequest(N2, adopt(B2, ONE, NAMED, 1));
    assertThat(effects.take()).isEmpty();
    assertThat(acceptor.promised()).isEqualTo(B1);
    acceptor.onRequest(N2, adopt(B2, TWO, NAMED, 1));
    assertThat(effects.take()).as("the same era is fine").hasSize(3);
  }

  @Test
  void a1cOfAConfigurationWithoutThisStoreIsNotStored() {
    List<Configuration> without = List.of(
        new Configuration(List.of(Member.founding("n1", "h:1")), "majority"),
        with(new Incarnation(8), Role.ACCEPTOR), with(STORE, Role.LEARNER));
    for (Configuration configuration : without) {
      acceptor.onRequest(N1, adopt(B1, ONE, configuration, 1));
      assertThat(effects.take()).as("%s", configuration).isEmpty();
      assertThat(acceptor.promised()).isEqualTo(Ballot.BOTTOM);
      assertThat(authority.known(ONE)).isEmpty();
    }
  }

  @Test
  void aFoundingMemberIsThisStoreOnlyIfItIsTheFirstUnderItsId() {
    acceptor.founding(false);
    acceptor.onRequest(N1, new Adopt(oneC(B1, 1)));
    assertThat(effects.take()).isEmpty();
    acceptor.founding(true);
    acceptor.onRequest(N1, new Adopt(oneC(B1, 1)));
    assertThat(effects.take()).contains(new Persisted(new StoredOneC(oneC(B1, 1))));
  }

  @Test
  void aStoreThatIsNamedVotesThoughItIsNotTheFirstUnderItsId() {
    StringBuilder heard = new StringBuilder();
    acceptor.founding(false);
    acceptor.onNamed(() -> heard.append("named "));
    acceptor.onRequest(N1, adopt(B1, ONE, NAMED, 1));
    assertThat(acceptor.named()).isTrue();
    acceptor.onRequest(
        N1, new Accept(B1, InstanceId.FIRST, List.of(value(5)), InstanceId.NONE));
    assertThat(effects.take()).contains(new Sent(N1, new Accepted(B1, STORE, InstanceId.FIRST)));
    acceptor.onRequest(N1, adopt(B1.nextInPlace(), TWO, NAMED, 1));
    assertThat(heard).as("told once").hasToString("named ");
  }

  @Test
  void beingAFoundingMemberIsNotBeingNamed() {
    acceptor.onNamed(() -> {
      throw new AssertionError("any first store is meant");
    });
    acceptor.onRequest(N1, new Adopt(oneC(B1, 1)));
    assertThat(acceptor.named()).isFalse();
  }

  @Test
  void a1cTellsTheAuthorityTheConfigurationOfItsEra() {
    acceptor.onRequest(N1, adopt(B1, ONE, NAMED, 1));
    assertThat(authority.known(ONE)).contains(NAMED);
    assertThat(authority.active()).as("stored by one is not active").isEqualTo(Era.ZERO);
  }

  @Test
  void theFloorRisesToTheLowOfA1cAndTheAdoptedEraWithIt() {
    acceptor.onRequest(N1, adopt(B1, ONE, NAMED, 5));
    effects.take();
    prepare(B2, Era.ZERO);
    assertThat(promised()).isEqualTo(new Promise(
        B2, STORE, true, InstanceId.FIRST, InstanceId.of(5), Era.ZERO, ONE, Map.of(ONE, NAMED),
        List.of()));
  }

  @Test
  void theFloorDoesNotFallToALower1c() {
    acceptor.onRequest(N1, adopt(B1, ONE, NAMED, 5));
    acceptor.onRequest(N2, adopt(B2, ONE, NAMED, 3));
    effects.take();
    prepare(ballot(3, N1), Era.ZERO);
    assertThat(promised().floor()).isEqualTo(InstanceId.of(5));
  }

  @Test
  void aPromiseTellsTheConfigurationsAboveTheEraAskedInAndTheActiveOne() {
    authority.activate(ONE, NAMED);
    authority.learn(TWO, THREE);
    prepare(B1, Era.ZERO);
    Promise all = promised();
    assertThat(all.active()).isEqualTo(ONE);
    assertThat(all.configurations()).isEqualTo(Map.of(ONE, NAMED, TWO, THREE));
    prepare(B2, ONE);
    assertThat(promised().configurations()).isEqualTo(Map.of(TWO, THREE));
  }

  @Test
  void aStoreThatNobodyKnowsYetAnswersTheReaderOfTheChain() {
    acceptor.founding(false);
    prepare(B1, ONE);
    assertThat(effects.take()).containsExactly(
        new Persisted(new Promised(B1)),
        new Sent(N1, new Promise(
            B1, STORE, false, InstanceId.FIRST, InstanceId.FIRST, Era.ZERO, Era.ZERO, Map.of(),
            List.of())));
  }

  @Test
  void whatIsHeldIsMarkedOnDiskBeforeOthersCountOnIt() {
    acceptor.held(InstanceId.of(4));
    assertThat(effects.take()).as("nobody asks").isEmpty();
    acceptor.onRequest(N1, adopt(B1, ONE, NAMED, 5));
    List<Effect> all = effects.take();
    Persisted mark = new Persisted(new DecidedUpTo(InstanceId.of(4)));
    Sent stored = new Sent(N1, new Stored(B1, STORE, InstanceId.of(4)));
    assertThat(all).containsSubsequence(mark, stored);
    acceptor.onRequest(N1, adopt(B1, ONE, NAMED, 5));
    assertThat(effects.take()).as("marked once").contains(stored).doesNotContain(mark);
  }

  @Test
  void aPromiseWhoseKeptSaysMoreThanTheDiskIsMarkedFirst() {
    acceptor.held(InstanceId.of(4));
    prepare(B1, Era.ZERO);
    assertThat(effects.take()).containsSubsequence(
        new Persisted(new DecidedUpTo(InstanceId.of(4))),
        new Sent(N1, new Promise(
            B1, STORE, true, InstanceId.of(5), InstanceId.of(5), Era.ZERO, Era.ZERO, Map.of(),
            List.of())));
  }

  @Test
  void storedIsSentAgainWhenThePrefixBelowTheLowArrivesLater() {
    acceptor.onRequest(N1, adopt(B1, ONE, NAMED, 5));
    assertThat(effects.take()).contains(new Sent(N1, new Stored(B1, STORE, InstanceId.NONE)));
    acceptor.held(InstanceId.of(3));
    assertThat(effects.take()).as("one is missing").isEmpty();
    acceptor.held(InstanceId.of(4));
    assertThat(effects.take()).containsExactly(
        new Persisted(new DecidedUpTo(InstanceId.of(4))),
        new Sent(N1, new Stored(B1, STORE, InstanceId.of(4))));
  }

  @Test
  void whatIsHeldIsNotToldToAProposerThatIsOver() {
    acceptor.onRequest(N1, adopt(B1, ONE, NAMED, 5));
    prepare(B2, Era.ZERO);
    effects.take();
    acceptor.held(InstanceId.of(6));
    assertThat(effects.take()).isEmpty();
  }

  @Test
  void nobodyIsToldWhileTheJournalIsReplayed() {
    acceptor.recover(new StoredOneC(
        new OneC(B1, ONE, NAMED, InstanceId.of(5), List.of())));
    acceptor.held(InstanceId.of(6));
    assertThat(effects.take()).isEmpty();
  }

  @Test
  void aReplayedStoreIsNamedAgainAndRefusesLowerErasAgain() {
    acceptor.onRequest(N1, adopt(B1, TWO, NAMED, 5));
    DurableRecord.Checkpoint checkpoint = acceptor.checkpoint(Fixtures.nothingElse());
    RecordingEffects later = new RecordingEffects();
    LayerContext again = Fixtures.context(N3, later, new Fixtures.ManualTimers());
    NodeAcceptor replayed =
        new NodeAcceptor(again, Fixtures.authority(again), Durability.STABLE);
    replayed.recover(checkpoint);
    assertThat(replayed.named()).isTrue();
    replayed.onRequest(N1, adopt(B1.nextInPlace(), ONE, NAMED, 5));
    assertThat(later.take()).isEmpty();
    assertThat(replayed.promised()).isEqualTo(B1);
  }
}
