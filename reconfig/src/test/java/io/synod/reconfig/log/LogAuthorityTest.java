package io.synod.reconfig.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.ConsensusMode;
import io.synod.api.model.Era;
import io.synod.api.model.Eras;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Invariant;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.model.Reconfigure;
import io.synod.api.model.Value;
import io.synod.api.storage.DurableRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which eras were made, which is active, and what is kept of them. */
class LogAuthorityTest {
  private static final Era ONE = Era.ZERO.next();
  private static final Configuration FOUNDERS = members("n1", "n2", "n3");
  private static final Era TWO = ONE.next();
  private static final Configuration LATER = members("n1", "n2", "n4");
  private static final Configuration LATEST = members("n2", "n4", "n5");

  private final LogAuthority authority = new LogAuthority(FOUNDERS);

  private static Configuration members(String... ids) {
    return new Configuration(
        List.of(ids).stream().map(id -> Member.founding(id, id + ":1")).toList(), "majority");
  }

  private static OneC oneC(Era era, Configuration configuration) {
    Ballot ballot = new Ballot(1, NodeId.of("n1"), 0);
    return new OneC(ballot, era, configuration, InstanceId.FIRST, List.of());
  }

  private static DurableRecord.Checkpoint checkpoint(Eras eras, OneC oneC) {
    return new DurableRecord.Checkpoint(
        1, true, Map.of(), oneC.ballot(), Optional.of(oneC), InstanceId.FIRST, InstanceId.FIRST,
        oneC.era(), eras, Ballot.BOTTOM, InstanceId.NONE, List.of());
  }

  private static Value change(Era expected, Configuration next) {
    return new Reconfigure(expected, next).encode();
  }

  private static List<NodeId> ids(String... names) {
    return List.of(names).stream().map(NodeId::of).toList();
  }

  @Test
  void itBeginsWithTheFoundersInEraZero() {
    assertThat(authority.active()).isEqualTo(Era.ZERO);
    assertThat(authority.made()).isEqualTo(Era.ZERO);
    assertThat(authority.configuration(Era.ZERO)).isEqualTo(FOUNDERS);
    assertThat(authority.audience()).isEqualTo(ids("n1", "n2", "n3"));
    assertThat(authority.eras()).isEqualTo(Eras.founding(FOUNDERS));
  }

  @Test
  void anUnknownEraIsRefusedByNumber() {
    assertThat(authority.known(new Era(7))).isEmpty();
    assertThatThrownBy(() -> authority.configuration(new Era(7)))
        .isInstanceOf(Invariant.Broken.class)
        .hasMessageContaining("era 7 is unknown").hasMessageContaining("[0]");
  }

  @Test
  void theFirstReconfigureThatExpectsTheEraMadeLastMakesTheNext() {
    assertThat(authority.decided(change(Era.ZERO, LATER))).isTrue();
    assertThat(authority.made()).isEqualTo(ONE);
    assertThat(authority.configuration(ONE)).isEqualTo(LATER);
    assertThat(authority.decided(change(ONE, LATEST))).isTrue();
    assertThat(authority.made()).isEqualTo(TWO);
    assertThat(authority.configuration(TWO)).isEqualTo(LATEST);
  }

  @Test
  void aLaterReconfigureWithTheSameExpectationChangesNothing() {
    authority.decided(change(Era.ZERO, LATER));
    assertThat(authority.decided(change(Era.ZERO, LATEST))).isFalse();
    assertThat(authority.made()).isEqualTo(ONE);
    assertThat(authority.configuration(ONE)).isEqualTo(LATER);
    assertThat(authority.audience()).isEqualTo(ids("n1", "n2", "n3", "n4"));
  }

  @Test
  void aReconfigureThatExpectsAnEraNotMadeYetChangesNothing() {
    assertThat(authority.decided(change(ONE, LATEST))).isFalse();
    assertThat(authority.made()).isEqualTo(Era.ZERO);
    assertThat(authority.known(TWO)).isEmpty();
  }

  @Test
  void valuesOfOtherKindsMakeNoEra() {
    assertThat(authority.decided(Value.SKIP)).isFalse();
    assertThat(authority.decided(Value.of(new byte[] {1, 2}))).isFalse();
    assertThat(authority.made()).isEqualTo(Era.ZERO);
  }

  @Test
  void anEraMadeIsNotActiveUntilToldSo() {
    authority.decided(change(Era.ZERO, LATER));
    assertThat(authority.active()).isEqualTo(Era.ZERO);
    assertThat(authority.activate(ONE, LATER)).isTrue();
    assertThat(authority.active()).isEqualTo(ONE);
    assertThat(authority.activate(ONE, LATER)).as("no news").isFalse();
    assertThat(authority.activate(Era.ZERO, FOUNDERS)).as("older than what is").isFalse();
    assertThat(authority.active()).isEqualTo(ONE);
  }

  @Test
  void anEraMayBeActiveBeforeTheDecidedPrefixKnownHereHasMadeIt() {
    assertThat(authority.activate(TWO, LATEST)).isTrue();
    assertThat(authority.made()).isEqualTo(Era.ZERO);
    authority.decided(change(Era.ZERO, LATER));
    authority.decided(change(ONE, LATEST));
    assertThat(authority.made()).isEqualTo(TWO);
    assertThat(authority.active()).isEqualTo(TWO);
  }

  @Test
  void toldOfDecisionsAreTheMembersOfTheActiveEraAndOfLaterOnes() {
    authority.decided(change(Era.ZERO, LATER));
    assertThat(authority.audience()).isEqualTo(ids("n1", "n2", "n3", "n4"));
    authority.decided(change(ONE, LATEST));
    assertThat(authority.audience()).isEqualTo(ids("n1", "n2", "n3", "n4", "n5"));
    authority.activate(ONE, LATER);
    assertThat(authority.audience()).as("n3 has left").isEqualTo(ids("n1", "n2", "n4", "n5"));
    authority.activate(TWO, LATEST);
    assertThat(authority.audience()).isEqualTo(ids("n2", "n4", "n5"));
  }

  @Test
  void whatIsLearnedFromOthersIsKnownButNeitherMadeNorActive() {
    authority.learn(ONE, LATER);
    assertThat(authority.known(ONE)).contains(LATER);
    assertThat(authority.made()).isEqualTo(Era.ZERO);
    assertThat(authority.active()).isEqualTo(Era.ZERO);
    assertThat(authority.audience()).isEqualTo(ids("n1", "n2", "n3", "n4"));
  }

  @Test
  void twoConfigurationsOfOneEraAreABrokenInvariant() {
    authority.decided(change(Era.ZERO, LATER));
    assertThatThrownBy(() -> authority.learn(ONE, LATEST))
        .isInstanceOf(Invariant.Broken.class).hasMessageContaining("two configurations");
    assertThat(authority.configuration(ONE)).isEqualTo(LATER);
  }

  @Test
  void forgottenAreTheErasBeforeBothTheActiveOneAndTheOneThatTheLastOneMadeFollowed() {
    authority.decided(change(Era.ZERO, LATER));
    authority.decided(change(ONE, LATEST));
    assertThat(authority.known(Era.ZERO)).as("still active").contains(FOUNDERS);
    authority.activate(TWO, LATEST);
    assertThat(authority.eras()).isEqualTo(new Eras(TWO, TWO, Map.of(ONE, LATER, TWO, LATEST)));
  }

  @Test
  void whatNobodyCanAskForAnyMoreIsNotTakenUpAgain() {
    authority.decided(change(Era.ZERO, LATER));
    authority.decided(change(ONE, LATEST));
    authority.activate(TWO, LATEST);
    authority.learn(Era.ZERO, FOUNDERS);
    assertThat(authority.known(Era.ZERO)).isEmpty();
  }

  @Test
  void whatASnapshotSaysWasMadeIsMadeButNotActive() {
    authority.restore(new Eras(ONE, TWO, Map.of(ONE, LATER, TWO, LATEST)));
    assertThat(authority.made()).isEqualTo(TWO);
    assertThat(authority.active()).isEqualTo(Era.ZERO);
    assertThat(authority.configuration(TWO)).isEqualTo(LATEST);
    assertThat(authority.decided(change(TWO, FOUNDERS))).as("the log goes on there").isTrue();
  }

  @Test
  void anOlderSnapshotTakesNothingBack() {
    authority.decided(change(Era.ZERO, LATER));
    authority.decided(change(ONE, LATEST));
    authority.restore(new Eras(Era.ZERO, ONE, Map.of(Era.ZERO, FOUNDERS, ONE, LATER)));
    assertThat(authority.made()).isEqualTo(TWO);
  }

  @Test
  void aStoredOneCTellsTheConfigurationOfItsEraButDoesNotMakeItActive() {
    authority.recover(new DurableRecord.StoredOneC(oneC(ONE, LATER)));
    assertThat(authority.configuration(ONE)).isEqualTo(LATER);
    assertThat(authority.active()).isEqualTo(Era.ZERO);
    assertThat(authority.made()).isEqualTo(Era.ZERO);
  }

  @Test
  void anActivatedRecordTellsTheActiveEra() {
    authority.recover(new DurableRecord.Activated(ONE, LATER));
    assertThat(authority.active()).isEqualTo(ONE);
    assertThat(authority.configuration(ONE)).isEqualTo(LATER);
    assertThat(authority.made()).isEqualTo(Era.ZERO);
  }

  @Test
  void theFileIsASeedThatIsIgnoredOnceA1cShowsTheFounders() {
    authority.recover(new DurableRecord.StoredOneC(oneC(Era.ZERO, LATER)));
    assertThat(authority.configuration(Era.ZERO)).isEqualTo(LATER);
  }

  @Test
  void theModeOfTheFileIsASeedThatCountsOnlyWhereThe1cNamesNone() {
    LogAuthority fast = new LogAuthority(FOUNDERS.mode(ConsensusMode.FAST));
    fast.recover(new DurableRecord.StoredOneC(oneC(Era.ZERO, FOUNDERS)));
    assertThat(fast.configuration(Era.ZERO).mode()).contains(ConsensusMode.FAST);
    fast.recover(
        new DurableRecord.StoredOneC(oneC(Era.ZERO, FOUNDERS.mode(ConsensusMode.CLASSIC))));
    assertThat(fast.configuration(Era.ZERO).mode()).contains(ConsensusMode.CLASSIC);
  }

  @Test
  void onlyTheAddressesOfFoundersMayBeNewerInTheFile() {
    Configuration moved = new Configuration(
        FOUNDERS.ids().stream().map(id -> Member.founding(id.name(), id + ":99")).toList(),
        FOUNDERS.quorum());
    authority.recover(new DurableRecord.StoredOneC(oneC(Era.ZERO, moved)));
    assertThat(authority.configuration(Era.ZERO)).isEqualTo(FOUNDERS);
  }

  @Test
  void aCheckpointBringsBackAllThatWasKnown() {
    LogAuthority former = new LogAuthority(FOUNDERS);
    former.decided(change(Era.ZERO, LATER));
    former.activate(ONE, LATER);
    former.decided(change(ONE, LATEST));
    authority.recover(checkpoint(former.eras(), oneC(TWO, LATEST)));
    assertThat(authority.eras()).isEqualTo(former.eras());
    assertThat(authority.audience()).isEqualTo(former.audience());
  }

  @Test
  void aCheckpointTellsTheConfigurationOfItsOneC() {
    authority.recover(checkpoint(Eras.founding(FOUNDERS), oneC(ONE, LATER)));
    assertThat(authority.configuration(ONE)).isEqualTo(LATER);
    assertThat(authority.active()).isEqualTo(Era.ZERO);
  }

  @Test
  void theActiveEraNeverFalls() {
    Map<Era, Configuration> both = Map.of(Era.ZERO, FOUNDERS, ONE, LATER);
    authority.recover(checkpoint(new Eras(ONE, ONE, both), oneC(ONE, LATER)));
    authority.recover(checkpoint(new Eras(Era.ZERO, ONE, both), oneC(ONE, LATER)));
    assertThat(authority.active()).isEqualTo(ONE);
  }

  @Test
  void recordsOfOtherLayersChangeNothing() {
    authority.recover(new DurableRecord.Booted(4));
    authority.recover(new DurableRecord.DecidedUpTo(InstanceId.of(9)));
    assertThat(authority.eras()).isEqualTo(Eras.founding(FOUNDERS));
  }
}
