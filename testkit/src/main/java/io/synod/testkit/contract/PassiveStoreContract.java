package io.synod.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.model.Ballot;
import io.synod.api.model.Era;
import io.synod.api.model.Eras;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.model.Vote;
import io.synod.api.passive.PassiveStore;
import io.synod.api.passive.Step;
import io.synod.api.passive.View;
import io.synod.api.plugin.Plugin;
import io.synod.api.plugin.Slot;
import io.synod.api.storage.DurableRecord;
import io.synod.api.storage.DurableRecord.Activated;
import io.synod.api.storage.DurableRecord.Checkpoint;
import io.synod.api.storage.DurableRecord.DecidedUpTo;
import io.synod.api.storage.DurableRecord.Met;
import io.synod.api.storage.DurableRecord.Promised;
import io.synod.api.storage.DurableRecord.StoredOneC;
import io.synod.api.storage.DurableRecord.Voted;
import io.synod.api.storage.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every plugin for passive acceptors keeps. */
public abstract class PassiveStoreContract extends PassiveFixture {
  private static final int ROUNDS = 100;
  private static final long PATIENCE_SECONDS = 120;
  private static final Ballot LOW = ballot(3, ONE);
  private static final Ballot HIGH = ballot(5, TWO);

  @Test
  void thePluginIsFoundAndDescribed() {
    assertThat(plugin().slot()).isEqualTo(Slot.PASSIVE);
    assertThat(plugin().name()).isEqualTo(address().getScheme());
    assertThat(plugin().meaning()).isNotBlank();
    assertThat(plugin().flaw(address())).isEmpty();
    assertThat(ServiceLoader.load(Plugin.class).stream().map(ServiceLoader.Provider::type))
        .as("META-INF/services").anyMatch(type -> type == plugin().getClass());
  }

  @Test
  void aNewOneIsEmptyUnderTheGivenIncarnation() throws Exception {
    PassiveStore store = open(ONE);
    assertThat(store.incarnation()).isEqualTo(FIRST);
    assertThat(amount(store.own())).isEqualTo(View.EMPTY);
    assertThat(look(store)).isEqualTo(View.EMPTY);
  }

  @Test
  void theFirstIncarnationStaysForAll() throws Exception {
    open(ONE).close();
    assertThat(open(CLUSTER, ONE, DISK, new Incarnation(98)).incarnation()).isEqualTo(FIRST);
    assertThat(open(CLUSTER, TWO, DISK, new Incarnation(99)).incarnation()).isEqualTo(FIRST);
  }

  @Test
  void twoThatMakeItAtOnceMakeTheSame() throws Exception {
    List<Incarnation> seen = atOnce(
        () -> open(CLUSTER, ONE, DISK, new Incarnation(98)).incarnation(),
        () -> open(CLUSTER, TWO, DISK, new Incarnation(99)).incarnation());
    assertThat(seen.get(0)).isEqualTo(seen.get(1))
        .isIn(new Incarnation(98), new Incarnation(99));
  }

  @Test
  void anotherClustersOrMembersIsRefused() throws Exception {
    open(ONE).close();
    assertThatThrownBy(() -> open("elsewhere", TWO, DISK, FIRST))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("elsewhere").hasMessageContaining(CLUSTER);
    assertThatThrownBy(() -> open(CLUSTER, TWO, NodeId.of("d2"), FIRST))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("d1").hasMessageContaining("d2");
    assertThat(open(ONE).incarnation()).as("and is not touched").isEqualTo(FIRST);
  }

  @Test
  void whatWasWrittenIsOwnAgainAfterReopening() throws Exception {
    List<DurableRecord> records = List.of(
        new Met(ONE, FIRST), new Promised(LOW), oneC(LOW, 4, "x", "y"),
        voted(LOW, 6, "a", "b", "c"), new Activated(new Era(1), CONFIGURATION),
        new DecidedUpTo(InstanceId.of(4)));
    PassiveStore store = open(ONE);
    for (DurableRecord record : records) {
      write(store, record);
    }
    store.close();
    List<DurableRecord> own = open(ONE).own();
    assertThat(amount(own)).isEqualTo(amount(records));
    assertThat(own).contains(new Met(ONE, FIRST));
    assertThat(amount(own).votes()).containsExactly(
        new Vote(InstanceId.of(5), LOW, value("y")), new Vote(InstanceId.of(6), LOW, value("a")),
        new Vote(InstanceId.of(7), LOW, value("b")), new Vote(InstanceId.of(8), LOW, value("c")));
  }

  @Test
  void whatWasWrittenIsSeenByOthersAlsoAfterItsWriterHasGone() throws Exception {
    List<DurableRecord> records = List.of(
        oneC(LOW, 2, "x"), voted(LOW, 3, "a"), new Activated(new Era(1), CONFIGURATION));
    PassiveStore one = open(ONE);
    PassiveStore two = open(TWO);
    write(one, records.toArray(DurableRecord[]::new));
    assertThat(look(two)).isEqualTo(amount(records));
    one.close();
    two.close();
    assertThat(look(open(TWO))).isEqualTo(amount(records));
  }

  @Test
  void withoutAskingForVotesThereAreNoneButAllElse() throws Exception {
    write(open(ONE), oneC(LOW, 3, "x"), voted(LOW, 4, "a"),
        new Activated(new Era(1), CONFIGURATION), new DecidedUpTo(InstanceId.of(3)));
    assertThat(write(open(TWO))).isEqualTo(new View(LOW, new Era(1), new Era(1),
        InstanceId.of(4), InstanceId.of(4), Map.of(), List.of()));
  }

  @Test
  void votesAreThoseFromTheInstanceAskedFor() throws Exception {
    write(open(ONE), voted(LOW, 1, "a", "b", "c"));
    View view = open(TWO).exchange(
        new Step(Ballot.BOTTOM, List.of(), Optional.of(InstanceId.of(3))));
    assertThat(view.votes()).containsExactly(new Vote(InstanceId.of(3), LOW, value("c")));
  }

  @Test
  void aHigherPromiseIsSeenByWhoWritesBelow() throws Exception {
    PassiveStore one = open(ONE);
    PassiveStore two = open(TWO);
    assertThat(write(one, new Promised(LOW)).promised()).isLessThanOrEqualTo(LOW);
    write(two, new Promised(HIGH));
    View seen = one.exchange(new Step(LOW, List.of(voted(LOW, 1, "a")), Optional.empty()));
    assertThat(seen.promised()).isEqualTo(HIGH);
  }

  @Test
  void ofVotesThatOfTheHighestBallotCountsWhoeverWritesLast() throws Exception {
    PassiveStore one = open(ONE);
    PassiveStore two = open(TWO);
    write(two, voted(HIGH, 1, "a", "b"));
    one.exchange(new Step(LOW, List.of(voted(LOW, 2, "x", "y")), Optional.empty()));
    PassiveStore three = open(NodeId.of("n3"));
    View view = look(three);
    assertThat(view.promised()).isEqualTo(HIGH);
    assertThat(view.votes()).startsWith(new Vote(InstanceId.FIRST, HIGH, value("a")),
        new Vote(InstanceId.of(2), HIGH, value("b")));
    assertThat(view.votes().subList(2, view.votes().size()))
        .as("a refused step may leave a vote where there was none")
        .isSubsetOf(new Vote(InstanceId.of(3), LOW, value("y")));
  }

  @Test
  void aCheckpointTakesThePlaceOfAllBeforeIt() throws Exception {
    PassiveStore one = open(ONE);
    write(one, new Promised(LOW), voted(LOW, 1, "a", "b", "c"));
    Checkpoint checkpoint = new Checkpoint(0, false, Map.of(ONE, FIRST), LOW, Optional.empty(),
        InstanceId.of(2), InstanceId.of(2), new Era(1),
        new Eras(new Era(1), new Era(1), Map.of(new Era(1), CONFIGURATION)), Ballot.BOTTOM,
        InstanceId.FIRST, List.of(new Vote(InstanceId.of(3), LOW, value("c"))));
    write(one, voted(LOW, 4, "lost"), checkpoint, voted(LOW, 5, "e"));
    View expected = amount(List.of(checkpoint, voted(LOW, 5, "e")));
    assertThat(look(open(TWO))).isEqualTo(expected);
    one.close();
    assertThat(amount(open(ONE).own())).isEqualTo(expected);
  }

  @Test
  void manyStepsAndCheckpointsAreSeenWhileTheyAreWritten() throws Exception {
    PassiveStore one = open(ONE);
    PassiveStore two = open(TWO);
    atOnce(
        () -> {
          for (int i = 1; i <= ROUNDS; i++) {
            write(one, i % 10 == 0 ? checkpoint(i) : voted(LOW, i, "v" + i));
          }
          return null;
        },
        () -> {
          long last = 0;
          while (last < ROUNDS) {
            View view = look(two);
            long seen = view.votes().isEmpty() ? view.kept().number() - 1
                : view.votes().get(view.votes().size() - 1).instance().number();
            assertThat(seen).as("goes back").isGreaterThanOrEqualTo(last);
            assertThat(view.votes()).as("holes").hasSize((int) (seen - view.kept().number() + 1));
            last = seen;
          }
          return null;
        });
  }

  private static Checkpoint checkpoint(long upTo) {
    InstanceId next = InstanceId.of(upTo + 1);
    return new Checkpoint(0, false, Map.of(), LOW, Optional.empty(), next, next, Era.ZERO,
        new Eras(Era.ZERO, Era.ZERO, Map.of()), Ballot.BOTTOM, InstanceId.of(upTo), List.of());
  }

  @Test
  void ofTwoStepsAtOnceAtLeastOneSeesTheOther() throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    List<List<Ballot>> seen = atOnce(
        () -> promises(open(ONE), ONE, start), () -> promises(open(TWO), TWO, start));
    for (int i = 0; i < ROUNDS; i++) {
      boolean bySecond = !seen.get(1).get(i).before(ballot(i + 1, ONE));
      boolean byFirst = !seen.get(0).get(i).before(ballot(i + 1, TWO));
      assertThat(byFirst || bySecond).as("round " + (i + 1) + ": both saw nothing").isTrue();
    }
  }

  private static List<Ballot> promises(PassiveStore store, NodeId self, CyclicBarrier start)
      throws Exception {
    List<Ballot> seen = new ArrayList<>();
    for (int i = 1; i <= ROUNDS; i++) {
      start.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      Ballot ballot = ballot(i, self);
      DurableRecord record = i % 2 == 0 ? new Promised(ballot) : voted(ballot, 1, "v" + self);
      Optional<InstanceId> from = i % 3 == 0 ? ALL : Optional.empty();
      seen.add(store.exchange(new Step(ballot, List.of(record), from)).promised());
    }
    return seen;
  }

  private static <T> List<T> atOnce(Callable<T> one, Callable<T> two) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<T> first = threads.submit(one);
      Future<T> second = threads.submit(two);
      List<T> results = new ArrayList<>();
      results.add(first.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
      results.add(second.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  private static StoredOneC oneC(Ballot ballot, long low, String... window) {
    Voted values = voted(ballot, low, window);
    return new StoredOneC(
        new OneC(ballot, new Era(1), CONFIGURATION, InstanceId.of(low), values.values()));
  }
}
