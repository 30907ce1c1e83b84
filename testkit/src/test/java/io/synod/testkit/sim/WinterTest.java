package io.synod.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.model.Configuration;
import io.synod.api.model.Incarnation;
import io.synod.api.model.Member;
import io.synod.quorum.WinterPlugin;
import io.synod.replication.ReplicationSettings;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deconstructing Paxos, §6.1 and figure 16: no stable storage, and processes that come back. */
class WinterTest {
  private static final long WARM = 2 * World.SECOND;
  private static final int LAST = 3;

  private static Variant winter(String consensus, boolean readmit) {
    Variants variants = new Variants();
    return variants.winter().with(variants.named(consensus).consensus())
        .with(WinterPlugin.CRASHES, 1).with(ReplicationSettings.WINTER_READMIT, readmit);
  }

  private static void run(Variant variant, int seconds, Script script) {
    SimulationReport report = Simulation.of(variant).nodes(LAST + 1).seconds(seconds)
        .faults(EnumSet.noneOf(FaultKind.class)).load(3, 20).script(script, false).run();
    assertThat(report.firstViolation()).as(report.toString()).isEmpty();
  }

  private static Incarnation named(SimulatedNode asked, SimulatedNode node) {
    Configuration inForce = asked.eras().configurations().get(asked.eras().active());
    return inForce.member(node.id()).map(Member::incarnation).orElseThrow();
  }

  /** One of four has recovered, so that two are enough: with three needed nobody could go on. */
  @ParameterizedTest
  @ValueSource(strings = {"fall", "classic"})
  void thoseThatHaveRecoveredAreNotWaitedFor(String consensus) {
    long[] applied = new long[2];
    run(winter(consensus, false), 10, (world, nodes) -> {
      SimulatedNode recovered = nodes.get(LAST);
      world.after(WARM, recovered::crash);
      world.after(WARM + World.SECOND, recovered::start);
      world.after(WARM + 3 * World.SECOND, () -> {
        assertThat(named(nodes.get(0), recovered)).isEqualTo(Incarnation.FOUNDING);
        applied[0] = nodes.get(0).applied();
        nodes.get(LAST - 1).crash();
      });
      world.after(WARM + 5 * World.SECOND - 1, () -> applied[1] = nodes.get(0).applied());
    });
    assertThat(applied[1] - applied[0]).as("instances with two voters of four").isGreaterThan(20);
  }

  @Test
  void whoHasRecoveredLearnsAndThenVotesAgainAsANewStore() {
    run(winter("fall", true), 12, (world, nodes) -> {
      SimulatedNode recovered = nodes.get(LAST);
      SimulatedNode asked = nodes.get(0);
      world.after(WARM, recovered::crash);
      world.after(WARM + World.SECOND, recovered::start);
      world.after(WARM + 6 * World.SECOND, () -> {
        assertThat(named(asked, recovered)).isEqualTo(recovered.disk().incarnation());
        nodes.get(1).crash(); // the budget is whole again
      });
      world.after(WARM + 7 * World.SECOND, nodes.get(1)::start);
      world.after(WARM + 10 * World.SECOND - 1, () ->
          assertThat(named(asked, nodes.get(1))).isEqualTo(nodes.get(1).disk().incarnation()));
    });
  }
}
