package io.synod.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.memory.Counts;
import io.synod.sharedmemory.MemorySettings;
import io.synod.testkit.sabotage.Sabotages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Runs of atomic registers, and what their optimisation saves. */
class MemoryRunTest {
  private static final Path DOCUMENT = Path.of("../docs/variants/abd.md");
  private static final double[] SHARES = {0.5, 0.9, 0.99};
  private static final int[] REGISTERS = {1, 4, 64};

  private static MemoryRun run(String completion, MemoryLoad load) {
    SimulationOptions options = new SimulationOptions(
        new Variants().abd().with(MemorySettings.COMPLETION, completion)).with(o -> {
          o.seed = 1;
          o.nodes = 5;
          o.seconds = 10;
          o.faults = EnumSet.noneOf(FaultKind.class);
        });
    return new MemoryRun(options, load);
  }

  private static Counts counts(String completion, double reads, int registers) {
    MemoryRun run = run(
        completion, new MemoryLoad(8, 4 * World.MILLI, registers, reads, -1));
    assertThat(run.run().violations()).isEmpty();
    return run.counts();
  }

  private static String percent(long part, long all) {
    return String.format(Locale.ROOT, "%.1f %%", 100.0 * part / all);
  }

  /** One line of the table in the document. */
  private static String row(double share, int registers) {
    Counts off = counts("off", share, registers);
    Counts agreed = counts("agreed", share, registers);
    Counts announced = counts("announced", share, registers);
    return String.format(Locale.ROOT, "| %.0f %% | %d | %s | %s | %s |", 100 * share, registers,
        percent(off.propagations(), off.reads()), percent(agreed.propagations(), agreed.reads()),
        percent(announced.propagations(), announced.reads()));
  }

  @Test
  void theDocumentSaysWhatTheOptimisationSaves() throws IOException {
    List<String> rows = new ArrayList<>();
    for (double share : SHARES) {
      for (int registers : REGISTERS) {
        rows.add(row(share, registers));
      }
    }
    assertThat(Files.readString(DOCUMENT)).as("the table is to be:%n%s", String.join("\n", rows))
        .contains(String.join("\n", rows));
  }

  @Test
  void theSameSeedGivesTheSameRun() {
    Simulation simulation = Simulation.of(new Variants().abd()).seed(11).seconds(3);
    assertThat(simulation.run().traceHash()).isEqualTo(simulation.run().traceHash());
    assertThat(simulation.seed(12).run().traceHash())
        .isNotEqualTo(simulation.seed(11).run().traceHash());
  }

  @Test
  void aClusterOfRegistersReplicatesNoMachine() {
    assertThatThrownBy(() -> SimulatedCluster.of(Account::new)
        .commands(random -> Account.bytes(1)).variant("abd").run(1))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("state machine");
  }

  @Test
  void anAcknowledgementBeforeTheDiskIsSeen() {
    SimulationReport report =
        Sabotages.named("copy-before-force").simulation(new Variants()).seed(1).run();
    assertThat(report.property()).isEqualTo("CopyBeforeAck");
    assertThat(report.firstViolation().orElseThrow().first()).contains("acknowledges tag");
  }
}
