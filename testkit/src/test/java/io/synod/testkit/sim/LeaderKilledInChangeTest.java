package io.synod.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.membership.Change;
import io.synod.api.membership.ChangeOutcome;
import io.synod.api.membership.Seat;
import io.synod.api.model.NodeId;
import io.synod.api.model.Role;
import io.synod.replication.MembershipDesk;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The leader is killed at each step of a change: before and after each record that it writes and
 * before each message that it sends, from the moment at which the change is asked for until it is
 * in force. The change comes into force all the same, and nothing is lost.
 */
class LeaderKilledInChangeTest {
  private static final long ASKED_AT = World.SECOND;
  private static final double LASTS_SECONDS = 5;
  private static final int NEVER = -1;

  /** One change of three founders, asked for at one that is not the leader. */
  static final class Drill implements Script, MembershipDesk.Listener {
    private final String members;
    private final int killAfter;
    private World world;
    private SimulatedNode leader;
    ChangeOutcome outcome;
    private long stepsBefore;
    private long steps;
    long activeAt;

    Drill(String members, int killAfter) {
      this.members = members;
      this.killAfter = killAfter;
    }

    @Override
    public void begin(World runs, List<SimulatedNode> nodes) {
      world = runs;
      world.after(ASKED_AT, () -> {
        List<SimulatedNode> founders = new ArrayList<>(nodes.subList(0, 3));
        leader = founders.stream().filter(n -> n.trusts(n.id())).findFirst().orElseThrow();
        founders.remove(leader);
        SimulatedNode other = founders.get(0);
        Change change = change(members
            .replace("leader", leader.id().name()).replace("other1", other.id().name())
            .replace("other2", founders.get(1).id().name()));
        stepsBefore = leader.effects().steps();
        leader.effects().crashAfter(killAfter);
        other.event(() -> other.process().membership().change(Optional.empty(), change, this));
      });
    }

    @Override
    public void doing(String what) {}

    @Override
    public void done(ChangeOutcome known) {
      outcome = known;
      activeAt = world.now();
      steps = leader.effects().steps() - stepsBefore;
    }
  }

  static Change change(String members) {
    return new Change.Set(Arrays.stream(members.split(" "))
        .map(id -> new Seat(NodeId.of(id), URI.create("node://" + id + ":1"), Role.ACCEPTOR))
        .toList());
  }

  private static Drill run(Variant variant, String members, int killAfter, boolean restarts) {
    Drill drill = new Drill(members, killAfter);
    SimulationReport report = Simulation.of(variant).nodes(3).seconds(LASTS_SECONDS).load(1, 50)
        .faults(EnumSet.noneOf(FaultKind.class)).script(drill, restarts).run();
    assertThat(report.firstViolation()).as("killed at step %s: %s", killAfter, report).isEmpty();
    assertThat(drill.outcome).as("killed at step %s", killAfter)
        .isInstanceOf(ChangeOutcome.Active.class);
    assertThat(drill.activeAt).as("killed at step %s, in force", killAfter)
        .isLessThan((long) (LASTS_SECONDS * World.SECOND));
    return drill;
  }

  @ParameterizedTest
  @CsvSource({
      "fall, leader other1 n4, false, 1", "fall, n4 n5 n6, true, 1",
      "fall, other1 other2, false, 7",
      "fall, leader other1 n4, true, 7", "fall, n4 n5 n6, false, 7",
      "classic, other1 n4 n5, true, 7"})
  void theChangeComesIntoForceAtWhicheverStepTheLeaderIsKilled(
      String variantName, String members, boolean restarts, int stride, TestReporter report) {
    Variant variant = new Variants().named(variantName);
    long steps = run(variant, members, NEVER, restarts).steps;
    assertThat(steps).as("steps of the leader in the change").isGreaterThan(20);
    for (int step = 0; step <= steps; step += stride) {
      run(variant, members, step, restarts);
    }
    report.publishEntry("steps at which the leader was killed", Long.toString(steps / stride + 1));
  }
}
