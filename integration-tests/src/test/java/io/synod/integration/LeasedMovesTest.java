package io.synod.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Under load: three processes move their votes to three plain memories under leases, the process
 * that holds the leases is killed, and back.
 */
@Tag("slow")
class LeasedMovesTest {
  private static final int CLIENTS = 4;
  private static final int SOME = 40;

  @TempDir
  private Path directory;
  private Cluster cluster;

  @BeforeEach
  void start() throws IOException {
    for (int i = 1; i <= 3; i++) {
      Files.createDirectories(memory(i));
    }
    cluster = Cluster.started(directory, Map.of());
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void theAcceptorsGoFromProcessesToPlainMemoriesAndBackUnderLoad() throws IOException {
    try (Incrementers load = new Incrementers(cluster, "leased", CLIENTS)) {
      load.awaitMore(SOME);
      cluster.set("majority", cluster.processes("proposer"), memories());
      load.awaitMore(SOME);
      cluster.kill(cluster.awaitLeader());
      load.awaitMore(SOME);
      cluster.startMissing();
      cluster.set("majority", cluster.processes("acceptor"), Stream.of());
      load.awaitMore(SOME);
      load.endAndCheck();
    }
    assertThat(cluster.status(cluster.awaitLeader()).path("era").asLong()).isEqualTo(2);
    cluster.awaitAgreement();
  }

  private Path memory(int number) {
    return directory.resolve("memories").resolve("m" + number);
  }

  private Stream<String> memories() {
    return IntStream.rangeClosed(1, 3).mapToObj(
        i -> "m" + i + "@leased://" + memory(i) + "?write=300ms&lease=2s");
  }
}
