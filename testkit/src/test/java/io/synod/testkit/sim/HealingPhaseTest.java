package io.synod.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.model.NodeId;
import io.synod.codec.KryoCodec;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What does not come back when all faults have ended is a violation. */
class HealingPhaseTest {
  private static SimulationReport run(Optional<NodeId> leader) {
    return Simulation.of(
            new Variants().fall(),
            variant -> ScriptedProcess.factory(new ArrayList<>(), leader), KryoCodec::new)
        .nodes(3).seconds(0.1).faults(EnumSet.noneOf(FaultKind.class)).run();
  }

  @Test
  void aLeaderWhomAllTrustMustDecideInTime() {
    SimulationReport report = run(Optional.of(NodeId.of("n2")));
    assertThat(report.property()).isEqualTo("LeaderDecidesInTime");
    assertThat(report.simulatedSeconds()).isLessThan(9);
  }

  @Test
  void withoutALeaderEverybodyWaitsInVain() {
    SimulationReport report = run(Optional.empty());
    assertThat(report.property()).isEqualTo("EventuallyOneLeader");
    assertThat(report.violations().get(0).second()).contains("n1 names nobody");
  }
}
