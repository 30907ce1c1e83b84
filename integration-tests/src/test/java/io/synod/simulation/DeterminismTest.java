package io.synod.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.testkit.sim.Simulation;
import io.synod.testkit.sim.SimulationReport;
import io.synod.testkit.sim.Variants;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same build, seed and options give the same run: after other seeds and in another JVM. */
class DeterminismTest {
  @TempDir Path directory;

  private static final long[] SEEDS = {5, 17, 42};

  private static String hash(String variant, long seed) {
    SimulationReport report =
        Simulation.of(new Variants().named(variant)).seed(seed).seconds(4).run();
    return Long.toHexString(report.traceHash()) + " after " + report.events();
  }

  private static String hashes() {
    StringBuilder all = new StringBuilder();
    for (String variant : Variants.names()) {
      for (long seed : SEEDS) {
        all.append(hash(variant, seed)).append('\n');
      }
    }
    return all.toString();
  }

  @Test
  void otherSeedsBeforeChangeNothing() {
    String first = hash("fall", 7);
    assertThat(hash("fall", 8)).isNotEqualTo(first);
    hash("classic", 9);
    assertThat(hash("fall", 7)).isEqualTo(first);
  }

  @Test
  void aFreshJvmChangesNothing() throws IOException, InterruptedException {
    Path answer = directory.resolve("hashes");
    Process other = new ProcessBuilder(
        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
        "-XX:+UnlockExperimentalVMOptions", "-XX:hashCode=2",
        "-cp", System.getProperty("java.class.path"), DeterminismTest.class.getName(),
        answer.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    assertThat(other.waitFor()).isZero();
    assertThat(Files.readString(answer)).isEqualTo(hashes());
  }

  /** Writes the hashes to a file, in the other JVM. */
  public static void main(String[] args) throws IOException {
    Files.writeString(Path.of(args[0]), hashes());
  }
}
