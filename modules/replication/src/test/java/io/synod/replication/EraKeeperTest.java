package io.synod.replication;

import static io.synod.replication.Kit.N1;
import static io.synod.replication.Kit.N2;
import static io.synod.replication.Kit.N3;
import static io.synod.replication.Kit.N4;
import static io.synod.replication.Kit.STORE;
import static io.synod.replication.Kit.THREE;
import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.message.ReconfigMessage.EraActive;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Eras;
import io.synod.api.model.Incarnation;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.model.Reconfigure;
import io.synod.api.model.Role;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Settings;
import io.synod.api.reconfig.Authority;
import io.synod.api.storage.DurableRecord.Activated;
import io.synod.api.transport.PeerAddress;
import io.synod.reconfig.log.LogReconfigPlugin;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever hears that an era is active records it, and tells whom it concerns. */
class EraKeeperTest {
  private static final Era ONE = new Era(1);
  private static final Era TWO = new Era(2);
  private static final Configuration LATER = Kit.members("n1", "n3", "n4");

  private final Kit kit = new Kit();
  private final FakeBroadcast broadcast = new FakeBroadcast();
  private final LayerContext context = kit.context(Settings.DEFAULTS);
  private final Authority authority = new LogReconfigPlugin().create(context);
  private final List<Configuration> elected = new ArrayList<>();
  private final List<Map<NodeId, PeerAddress>> books = new ArrayList<>();
  private final Map<NodeId, Incarnation> met = new TreeMap<>();
  private final EraKeeper keeper =
      new EraKeeper(context, authority, broadcast, elected::add, () -> met);

  @BeforeEach
  void started() {
    keeper.addressBook(books::add);
    keeper.start();
  }

  @Test
  void theElectionAndTheAddressBookBeginWithTheEraThatIsActive() {
    assertThat(elected).containsExactly(THREE);
    assertThat(books).singleElement().satisfies(book -> assertThat(book)
        .containsOnlyKeys(N1, N2, N3).containsEntry(N2, PeerAddress.parse("n2:1")));
  }

  @Test
  void anEraIsRecordedBeforeItCountsAsRecordedHere() {
    keeper.onMessage(N2, new EraActive(ONE, LATER));
    assertThat(kit.takePersisted()).containsExactly(new Activated(ONE, LATER));
    assertThat(authority.active()).isEqualTo(ONE);
    assertThat(keeper.recorded(N1, ONE)).as("not on disk yet").isFalse();
    kit.forced();
    assertThat(keeper.recorded(N1, ONE)).isTrue();
    assertThat(keeper.recorded(N1, TWO)).isFalse();
  }

  @Test
  void aPeerHasRecordedWhatItSays() {
    assertThat(keeper.recorded(N2, Era.ZERO)).as("never heard").isFalse();
    broadcast.heard(N2, 1, new Incarnation(2), ONE);
    assertThat(keeper.recorded(N2, ONE)).isTrue();
    assertThat(keeper.recorded(N2, TWO)).isFalse();
  }

  @Test
  void oldAndNewMembersAreToldAndTheElectionGetsTheNewOnes() {
    keeper.active(ONE, LATER);
    EraActive news = new EraActive(ONE, LATER);
    assertThat(kit.takeSent()).containsExactly(
        new Kit.Sent(N2, news), new Kit.Sent(N3, news), new Kit.Sent(N4, news));
    assertThat(broadcast.reports()).isEqualTo(1);
    assertThat(elected).containsExactly(THREE, LATER);
  }

  @Test
  void whatIsNoNewsIsNeitherRecordedNorTold() {
    keeper.active(TWO, LATER);
    kit.takePersisted();
    kit.takeSent();
    keeper.active(TWO, LATER);
    keeper.active(ONE, Kit.members("n2", "n3"));
    assertThat(kit.takePersisted()).isEmpty();
    assertThat(kit.takeSent()).isEmpty();
    assertThat(elected).containsExactly(THREE, LATER);
    assertThat(authority.active()).isEqualTo(TWO);
  }

  @Test
  void whoeverTellsWhatIsNoNewsHearsHowFarThisNodeIs() {
    keeper.onMessage(N3, new EraActive(ONE, LATER));
    assertThat(broadcast.reportedTo()).as("news is told to all").isEmpty();
    keeper.onMessage(N2, new EraActive(ONE, LATER));
    assertThat(broadcast.reportedTo()).containsExactly(N2);
  }

  @Test
  void whoeverWaitsForTheRecordHearsWhenItIsOnDisk() {
    List<Boolean> recorded = new ArrayList<>();
    keeper.onRecorded(() -> recorded.add(keeper.recorded(N1, ONE)));
    keeper.onMessage(N2, new EraActive(ONE, LATER));
    assertThat(recorded).isEmpty();
    kit.forced();
    assertThat(recorded).containsExactly(true);
  }

  @Test
  void theAddressBookGrowsOnlyByWhatIsNewAndReachableAsANode() {
    keeper.reachable(THREE);
    assertThat(books).as("known already").hasSize(1);
    keeper.reachable(new Configuration(
        List.of(
            Member.founding("n2", "elsewhere:2"),
            new Member(N4, new Incarnation(4), URI.create("disk://shelf:9"), Role.PASSIVE)),
        "majority"));
    assertThat(books).hasSize(2);
    assertThat(books.get(1)).containsEntry(N2, PeerAddress.parse("elsewhere:2"))
        .containsKeys(N1, N3).doesNotContainKey(N4);
    assertThat(books.get(0)).as("what was given out does not change")
        .containsEntry(N2, PeerAddress.parse("n2:1"));
  }

  @Test
  void theStoreThatVotesIsTheNamedOneOrTheFirstThatWasMet() {
    Member founding = THREE.member(N2).orElseThrow();
    assertThat(keeper.voting(founding)).isEmpty();
    met.put(N2, new Incarnation(5));
    assertThat(keeper.voting(founding)).contains(new Incarnation(5));
    Member named =
        new Member(N2, new Incarnation(6), founding.acceptor(), founding.role());
    assertThat(keeper.voting(named)).contains(new Incarnation(6));
    assertThat(keeper.store(N1)).contains(STORE);
    assertThat(keeper.store(N2)).as("not heard").isEmpty();
  }

  @Test
  void aRestoredSnapshotShowsWhatWasMadeAndThatTheEraBeforeIsActive() {
    Configuration third = Kit.members("n3", "n4", "n5");
    keeper.restored(new Eras(ONE, TWO, Map.of(ONE, LATER, TWO, third)));
    keeper.afterRestore();
    assertThat(authority.made()).isEqualTo(TWO);
    assertThat(authority.active()).isEqualTo(ONE);
    assertThat(authority.configuration(TWO)).isEqualTo(third);
    assertThat(kit.takePersisted()).containsExactly(new Activated(ONE, LATER));
    assertThat(elected).last().isEqualTo(LATER);
    assertThat(books.get(books.size() - 1)).containsKey(NodeId.of("n5"));
  }

  @Test
  void whatWasActiveBeforeARestartIsNotRecordedAgain() {
    authority.recover(new Activated(ONE, LATER));
    authority.decided(new Reconfigure(Era.ZERO, LATER).encode());
    keeper.start();
    keeper.afterRestore();
    assertThat(keeper.recorded(N1, ONE)).isTrue();
    assertThat(kit.takePersisted()).isEmpty();
    assertThat(elected).last().isEqualTo(LATER);
  }
}
