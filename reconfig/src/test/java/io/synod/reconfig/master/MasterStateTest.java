package io.synod.reconfig.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.reconfig.master.MasterCommand.Complete;
import io.synod.reconfig.master.MasterCommand.Make;
import io.synod.reconfig.master.MasterCommand.Register;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The master's state machine, on all states that two leaders and three eras can reach. */
class MasterStateTest {
  private static final Configuration FOUNDERS = members("n1", "n2");
  private static final Configuration LATER = members("n1");
  private static final Ballot LOW = new Ballot(1, NodeId.of("n1"), 0);
  private static final Ballot HIGH = new Ballot(2, NodeId.of("n2"), 0);
  private static final Era ONE = new Era(1);
  private static final int LAST = 3;

  private static Configuration members(String... ids) {
    return new Configuration(
        Arrays.stream(ids).map(id -> Member.founding(id, id + ":1")).toList(), "all");
  }

  private static MasterState founding() {
    return MasterState.founding(FOUNDERS);
  }

  private static List<MasterCommand> commands() {
    List<MasterCommand> all = new ArrayList<>();
    for (Ballot ballot : List.of(LOW, HIGH)) {
      all.add(new Register(ballot));
      for (int era = 0; era < LAST; era++) {
        all.add(new Make(new Era(era), ballot.nextInPlace(), FOUNDERS));
        all.add(new Make(new Era(era), ballot.nextInPlace(), LATER));
      }
    }
    for (int era = 0; era <= LAST; era++) {
      all.add(new Complete(new Era(era)));
    }
    return all;
  }

  private static Set<MasterState> reachable() {
    Set<MasterState> found = new LinkedHashSet<>(List.of(founding()));
    ArrayDeque<MasterState> open = new ArrayDeque<>(found);
    while (!open.isEmpty()) {
      MasterState state = open.poll();
      for (MasterCommand command : commands()) {
        MasterState next = state.apply(command);
        if (found.add(next)) {
          open.add(next);
        }
      }
    }
    return found;
  }

  @Test
  void everyTransitionKeepsTheRules() {
    Set<MasterState> all = reachable();
    assertThat(all).hasSizeGreaterThan(100);
    for (MasterState state : all) {
      assertThat(MasterState.decode(state.encode())).isEqualTo(state);
      for (MasterCommand command : commands()) {
        judge(state, command, state.apply(command));
      }
    }
  }

  private static void judge(MasterState before, MasterCommand command, MasterState after) {
    String what = before + " after " + command;
    assertThat(after.apply(command)).as("%s, repeated", what).isEqualTo(after);
    assertThat(after.highest()).as(what).isGreaterThanOrEqualTo(before.highest());
    assertThat(after.eras().made()).as(what).isGreaterThanOrEqualTo(before.eras().made());
    assertThat(after.eras().active()).as(what).isGreaterThanOrEqualTo(before.eras().active())
        .isLessThanOrEqualTo(after.eras().made());
    assertThat(after.eras().configurations().keySet()).as(what)
        .hasSize((int) (after.eras().made().number() - after.eras().active().number() + 1))
        .contains(after.eras().active(), after.eras().made());
    after.eras().configurations().forEach((era, configuration) ->
        assertThat(before.eras().configurations().getOrDefault(era, configuration))
            .as("%s, era %s", what, era).isEqualTo(configuration));
    if (!after.eras().made().equals(before.eras().made())) {
      Make make = (Make) command;
      assertThat(make.expected()).as(what).isEqualTo(before.eras().made());
      assertThat(make.ballot()).as(what).isGreaterThanOrEqualTo(before.highest());
    }
  }

  /** What makes compare-and-set equal to the state machine: no state comes back. */
  @Test
  void aCommandThatHasEffectMakesAStateThatNeverWasBefore() {
    for (MasterState first : reachable()) {
      Set<MasterState> later = new LinkedHashSet<>();
      ArrayDeque<MasterState> open = new ArrayDeque<>(List.of(first));
      while (!open.isEmpty()) {
        MasterState state = open.poll();
        for (MasterCommand command : commands()) {
          MasterState next = state.apply(command);
          if (!next.equals(state) && later.add(next)) {
            open.add(next);
          }
        }
      }
      assertThat(later).as("what follows %s", first).doesNotContain(first);
    }
  }

  @Test
  void aLowerBallotMakesNoEraOnceAHigherOneIsRegistered() {
    MasterState state = founding().apply(new Register(LOW)).apply(new Register(HIGH));
    assertThat(state.apply(new Make(Era.ZERO, LOW.nextInPlace(), LATER))).isSameAs(state);
    MasterState made = state.apply(new Make(Era.ZERO, HIGH.nextInPlace(), LATER));
    assertThat(made.eras().made()).isEqualTo(ONE);
    assertThat(made.eras().active()).isEqualTo(Era.ZERO);
    assertThat(made.highest()).isEqualTo(HIGH.nextInPlace());
    assertThat(made.apply(new Register(LOW))).as("too late").isSameAs(made);
  }

  @Test
  void senselessBytesAreRefused() {
    byte[] sound = founding().encode();
    assertThatThrownBy(() -> MasterState.decode(Arrays.copyOf(sound, sound.length + 1)))
        .isInstanceOf(IllegalArgumentException.class);
    for (int length = 0; length < sound.length; length++) {
      byte[] cut = Arrays.copyOf(sound, length);
      assertThatThrownBy(() -> MasterState.decode(cut))
          .isInstanceOf(IllegalArgumentException.class);
    }
    sound[0] = 9;
    assertThatThrownBy(() -> MasterState.decode(sound)).hasMessageContaining("format 9");
  }
}
