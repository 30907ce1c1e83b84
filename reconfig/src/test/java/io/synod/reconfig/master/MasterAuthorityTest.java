package io.synod.reconfig.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.effect.Timers;
import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Eras;
import io.synod.api.model.Incarnation;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.model.Reconfigure;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Settings;
import io.synod.api.reconfig.Authority.Standing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Two nodes and one cell, whose answers are given by hand. */
class MasterAuthorityTest {
  private static final NodeId P = NodeId.of("p");
  private static final NodeId Q = NodeId.of("q");
  private static final Configuration FOUNDERS = members("p", "q");
  private static final Configuration ALONE = members("p");
  private static final Ballot LOW = new Ballot(1, P, 0);
  private static final Ballot HIGH = new Ballot(2, Q, 0);
  private static final Era ONE = Era.ZERO.next();

  private final ArrayDeque<Runnable> requests = new ArrayDeque<>();
  private final List<Runnable> timers = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<Standing> heard = new ArrayList<>();
  private final MasterAuthority p = authority(P);
  private final MasterAuthority q = authority(Q);
  private byte[] cell = {};
  private long now;

  private static Configuration members(String... ids) {
    return new Configuration(
        Arrays.stream(ids).map(id -> Member.founding(id, id + ":1")).toList(), "all");
  }

  private MasterAuthority authority(NodeId self) {
    LayerContext context = new LayerContext(
        self, Incarnation.FOUNDING, FOUNDERS, null, new TestClock(), this::timer, new Random(1),
        notes::add, Settings.DEFAULTS);
    return new MasterAuthority(context, this::swap);
  }

  private final class TestClock implements io.synod.api.effect.Clock {
    @Override
    public long nanos() {
      return now;
    }

    @Override
    public long wallMillis() {
      return 0;
    }
  }

  private Timers.Timer timer(long delay, Runnable task) {
    timers.add(task);
    return () -> timers.remove(task);
  }

  private void swap(byte[] expected, byte[] update, Consumer<byte[]> then) {
    requests.add(() -> {
      cell = Arrays.equals(cell, expected) ? update : cell;
      then.accept(cell);
    });
  }

  /** Everything that was asked is answered, and so is what that leads to. */
  private void answer() {
    while (!requests.isEmpty()) {
      requests.poll().run();
    }
  }

  /** Nothing was heard for a long time. */
  private void silence() {
    requests.clear();
    now += 3_000_000_000L;
    for (Runnable timer : List.copyOf(timers)) {
      timers.remove(timer);
      timer.run();
    }
  }

  private MasterState state() {
    return MasterState.decode(cell);
  }

  private static Reconfigure change(Era expected) {
    return new Reconfigure(expected, ALONE);
  }

  @Test
  void aLeaderRegistersMakesAndCompletes() {
    p.register(LOW, heard::add);
    assertThat(heard).as("nothing is known within the call").isEmpty();
    answer();
    assertThat(heard).containsExactly(new Standing(LOW, Era.ZERO));
    p.make(change(Era.ZERO), LOW.nextInPlace(), heard::add);
    assertThat(p.made()).isEqualTo(Era.ZERO);
    answer();
    assertThat(p.made()).isEqualTo(ONE);
    assertThat(p.configuration(ONE)).isEqualTo(ALONE);
    assertThat(p.active()).isEqualTo(Era.ZERO);
    p.complete(ONE);
    answer();
    assertThat(state()).isEqualTo(new MasterState(
        LOW.nextInPlace(), new Eras(ONE, ONE, Map.of(ONE, ALONE))));
  }

  @Test
  void aRivalThatRegistersBeforeAMakeForestallsIt() {
    p.register(LOW, heard::add);
    answer();
    q.register(HIGH, heard::add);
    answer();
    heard.clear();
    p.make(change(Era.ZERO), LOW.nextInPlace(), heard::add);
    answer();
    assertThat(heard).as("p is told by whom it is deposed")
        .containsExactly(new Standing(HIGH, Era.ZERO));
    assertThat(p.made()).isEqualTo(Era.ZERO);
    assertThat(state().eras().made()).isEqualTo(Era.ZERO);
  }

  @Test
  void aRivalThatRegistersAfterAMakeKnowsOfTheEra() {
    p.register(LOW, heard::add);
    answer();
    p.make(change(Era.ZERO), LOW.nextInPlace(), heard::add);
    answer();
    q.register(HIGH, heard::add);
    answer();
    assertThat(q.made()).isEqualTo(ONE);
    assertThat(q.configuration(ONE)).isEqualTo(ALONE);
  }

  /** The swap of the make is overtaken by a registration. */
  @Test
  void aMakeOnItsWayIsForestalledToo() {
    p.register(LOW, heard::add);
    answer();
    p.make(change(Era.ZERO), LOW.nextInPlace(), heard::add);
    Runnable late = requests.poll();
    q.register(HIGH, heard::add);
    answer();
    late.run();
    answer();
    assertThat(state()).isEqualTo(new MasterState(HIGH, Eras.founding(FOUNDERS)));
    assertThat(p.made()).isEqualTo(Era.ZERO);
  }

  @Test
  void aLowerBallotIsShownTheHigherOneAndLearnsNoEraAsMade() {
    q.register(HIGH, heard::add);
    answer();
    q.make(change(Era.ZERO), HIGH.nextInPlace(), heard::add);
    answer();
    heard.clear();
    p.register(LOW, heard::add);
    answer();
    assertThat(heard).containsExactly(new Standing(HIGH.nextInPlace(), Era.ZERO));
    assertThat(p.made()).as("learned from above").isEqualTo(Era.ZERO);
    assertThat(p.known(ONE)).contains(ALONE);
  }

  @Test
  void whatIsNotAnsweredIsAskedAgainAndDoneOnce() {
    p.register(LOW, heard::add);
    answer();
    heard.clear();
    p.make(change(Era.ZERO), LOW.nextInPlace(), heard::add);
    Runnable unanswered = requests.peek();
    unanswered.run();
    silence();
    answer();
    unanswered.run();
    answer();
    assertThat(heard).hasSize(1);
    assertThat(state().eras().made()).isEqualTo(ONE);
  }

  @Test
  void peopleHearThatTheMasterIsAwayAndThatItIsBack() {
    p.register(LOW, heard::add);
    for (int i = 0; i < 5; i++) {
      silence();
    }
    assertThat(notes).hasSize(1).allMatch(note -> note.contains("does not answer"));
    answer();
    assertThat(heard).hasSize(1);
    assertThat(notes).hasSize(2).anyMatch(note -> note.contains("answers again"));
  }

  @Test
  void aMasterThatHasLostItsDataIsNotBelieved() {
    q.register(HIGH, heard::add);
    answer();
    heard.clear();
    p.activate(new Era(3), ALONE);
    p.register(LOW, heard::add);
    answer();
    assertThat(heard).isEmpty();
    assertThat(notes).anyMatch(note -> note.contains("era 3 is active"));
    assertThat(state().highest()).as("nothing is written").isEqualTo(HIGH);
  }

  @Test
  void aLeaderTellsWhatItsPredecessorDidNotComeToTell() {
    p.register(LOW, heard::add);
    answer();
    p.make(change(Era.ZERO), LOW.nextInPlace(), heard::add);
    answer();
    q.activate(ONE, ALONE);
    q.register(HIGH, heard::add);
    answer();
    assertThat(state().eras().active()).isEqualTo(ONE);
  }

  @Test
  void snapshotsTellWhichEraIsActiveAndNothingOfWhatWasMade() {
    p.activate(ONE, ALONE);
    Eras said = p.asOfSnapshot();
    assertThat(said).isEqualTo(new Eras(ONE, ONE, Map.of(ONE, ALONE)));
    q.restore(said);
    assertThat(q.active()).as("to be recorded first").isEqualTo(Era.ZERO);
    assertThat(q.asOfSnapshot()).isEqualTo(said);
    assertThat(q.made()).isEqualTo(Era.ZERO);
    assertThat(p.inForce()).isEqualTo(ONE);
  }
}
