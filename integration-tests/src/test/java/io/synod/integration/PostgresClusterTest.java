package io.synod.integration;

import static org.junit.jupiter.api.Assumptions.abort;

import io.synod.storage.jdbc.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The variant {@code cas} for real: three processes, whose acceptors are three PostgreSQL servers,
 * each with a data directory of its own.
 */
@Tag("slow")
class PostgresClusterTest {
  private static final int CLIENTS = 4;
  private static final int SOME = 40;

  @TempDir
  private Path directory;
  private final List<PostgresServer> databases = new ArrayList<>();
  private Cluster cluster;

  @BeforeEach
  void start() throws InterruptedException {
    try {
      for (int i = 0; i < Cluster.SIZE; i++) {
        databases.add(PostgresServer.start());
      }
    } catch (IOException e) {
      abort("PostgreSQL cannot be started here: " + e.getMessage());
    }
    cluster = new Cluster(directory, Map.of("synod.variant", "cas"));
    Map<String, String> members = Map.of("synod.members", Stream.concat(
        processes().mapToObj(i -> cluster.seat(i) + "=proposer"),
        processes().mapToObj(i -> "b" + (i + 1) + "@" + databases.get(i).url()))
        .collect(Collectors.joining(",")));
    processes().forEach(i -> cluster.launch(i, members));
    processes().forEach(i -> cluster.node(i).awaitReady());
    cluster.awaitLeader();
  }

  @AfterEach
  void stop() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
    for (PostgresServer database : databases) {
      database.close();
    }
  }

  private static IntStream processes() {
    return IntStream.range(0, Cluster.SIZE);
  }

  @Test
  void anyServerMayStopUnderLoadAndVotesAgainOnceItIsBack() throws Exception {
    try (Incrementers load = new Incrementers(cluster, "postgres", CLIENTS)) {
      load.awaitMore(SOME);
      databases.get(1).down();
      load.awaitMore(SOME);
      databases.get(1).up();
      load.awaitMore(SOME);
      databases.get(2).down(); // so that the one that was away before is needed
      load.awaitMore(SOME);
      databases.get(2).up();
      load.endAndCheck();
    }
  }
}
