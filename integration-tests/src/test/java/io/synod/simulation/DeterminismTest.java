package io.synod.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.synod.testkit.sim.Simulation;
import io.synod.testkit.sim.SimulationReport;
import io.synod.testkit.sim.Variants;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same build, seed and options give the same run: after other seeds, in another JVM with
 * other identity hashes, and on every release of Java that is installed beside this one.
 */
class DeterminismTest {
  @TempDir Path directory;

  private static final long[] SEEDS = {5, 17, 42};
  private static final int OLDEST = 17;

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
    all.append(hash(Variants.ABD, SEEDS[0])).append('\n');
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
    assertThat(hashesOf(Path.of(System.getProperty("java.home")))).isEqualTo(hashes());
  }

  @Test
  void anotherReleaseOfJavaChangesNothing() throws IOException, InterruptedException {
    Map<Integer, Path> others = otherReleases();
    assumeThat(others).as("another JDK from " + OLDEST + " on, beside the one that runs this")
        .isNotEmpty();
    String here = hashes();
    for (Map.Entry<Integer, Path> other : others.entrySet()) {
      assertThat(hashesOf(other.getValue())).as("on Java " + other.getKey()).isEqualTo(here);
    }
  }

  /** By feature release: the directories beside this JDK's whose file {@code release} says so. */
  private static Map<Integer, Path> otherReleases() throws IOException {
    Map<Integer, Path> found = new TreeMap<>();
    Path beside = Path.of(System.getProperty("java.home")).toRealPath().getParent();
    try (DirectoryStream<Path> homes = Files.newDirectoryStream(beside)) {
      for (Path home : homes) {
        int feature = feature(home);
        if (feature >= OLDEST && feature != Runtime.version().feature()
            && Files.isExecutable(java(home))) {
          found.put(feature, home);
        }
      }
    }
    return found;
  }

  private static int feature(Path home) throws IOException {
    Path release = home.resolve("release");
    if (!Files.isReadable(release)) {
      return 0;
    }
    Properties properties = new Properties();
    try (var in = Files.newBufferedReader(release)) {
      properties.load(in);
    }
    String version = properties.getProperty("JAVA_VERSION", "").replace("\"", "");
    return version.matches("\\d+.*") ? Runtime.Version.parse(version).feature() : 0;
  }

  private static Path java(Path home) {
    return home.resolve("bin").resolve("java");
  }

  private String hashesOf(Path home) throws IOException, InterruptedException {
    Path answer = Files.createTempFile(directory, "hashes", "");
    Process other = new ProcessBuilder(
        java(home).toString(), "-XX:+UnlockExperimentalVMOptions", "-XX:hashCode=2",
        "-XX:+IgnoreUnrecognizedVMOptions", "--sun-misc-unsafe-memory-access=allow",
        "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
        "-cp", System.getProperty("java.class.path"), DeterminismTest.class.getName(),
        answer.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    assertThat(other.waitFor()).as("exit code of Java in " + home).isZero();
    return Files.readString(answer);
  }

  /** Writes the hashes to a file, in the other JVM. */
  public static void main(String[] args) throws IOException {
    Files.writeString(Path.of(args[0]), hashes());
  }
}
