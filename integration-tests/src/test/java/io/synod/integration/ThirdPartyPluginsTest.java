package io.synod.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** The jar of {@code examples/third-party}, dropped into processes and chosen by name. */
class ThirdPartyPluginsTest {
  @TempDir
  private Path directory;

  /** Its jar; where the build was not asked for jars, what would be in it. */
  private static Path plugins() throws IOException {
    Path target = Examples.root().resolve("examples/third-party/target");
    try (var jars = Files.newDirectoryStream(target, "synod-plugins-*.jar")) {
      for (Path jar : jars) {
        return jar;
      }
    }
    return target.resolve("classes");
  }

  private Child.Result run(String... arguments) throws IOException {
    try (Child child = Child.start(directory, List.of(plugins()), arguments)) {
      return child.result();
    }
  }

  @Test
  void theyAreListedAndAMisspeltOneNamesTheNearest() throws IOException {
    assertThat(run("variants").out()).contains("plain-files", "highest", "bully");
    Child.Result misspelt = run("check-config",
        Examples.root().resolve("examples/cluster/n1.properties").toString(),
        "-D", "synod.storage=plain-file", "-D", "synod.election=higest");
    assertThat(misspelt.exit()).isEqualTo(2);
    assertThat(misspelt.err()).contains("plain-file", "plain-files", "higest", "highest");
  }

  @Test
  void aClusterOfThemServesFailsOverAndComesBackFromItsFiles() throws IOException {
    Map<String, String> chosen =
        Map.of("synod.storage", "plain-files", "synod.election", "highest");
    try (Cluster cluster = new Cluster(directory, chosen, List.of(plugins()))) {
      cluster.startMissing();
      assertThat(cluster.awaitLeader()).as("the highest").isEqualTo(2);
      write(cluster, 0, "before");
      cluster.kill(2);
      assertThat(cluster.awaitLeader()).as("the next").isEqualTo(1);
      write(cluster, 0, "after");
      cluster.kill(0, 1);
      cluster.startMissing();
      assertThat(cluster.awaitAgreement()).containsKeys("before", "after");
      assertThat(cluster.data(2)).isDirectoryContaining("glob:**/journal-1");
    }
  }

  private static void write(Cluster cluster, int node, String key) {
    await().atMost(Child.PATIENCE).ignoreExceptions().until(() -> {
      try (Jedis redis = cluster.redis(node)) {
        return "OK".equals(redis.set(key, "1"));
      }
    });
  }
}
