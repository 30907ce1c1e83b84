package io.synod.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three processes as in {@code examples/cluster}, under load: what votes for them goes from the
 * processes to three disks, to three databases, to processes and disks, to Cheap Paxos, and back:
 * the sequence of commands in {@code docs/passive.md}.
 */
class PassiveMovesTest {
  private static final int CLIENTS = 4;
  private static final int SOME = 40;

  @TempDir
  private Path directory;
  private Cluster cluster;

  @BeforeEach
  void start() throws IOException {
    for (int i = 1; i <= 3; i++) {
      Files.createDirectories(Places.disk(directory, i));
    }
    cluster = Cluster.started(directory, Map.of());
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void theAcceptorsGoFromOneKindToTheNextToCheapPaxosAndBackUnderLoad() throws Exception {
    try (Incrementers load = new Incrementers(cluster, "kinds", CLIENTS)) {
      load.awaitMore(SOME);
      cluster.set("majority", cluster.processes("proposer"), Places.disks(directory, 3));
      load.awaitMore(SOME);
      cluster.set("majority", cluster.processes("proposer"), Places.databases(directory, 3));
      load.awaitMore(SOME);
      whileADatabaseHangs(() -> load.awaitMore(SOME));
      cluster.set("majority", cluster.processes("acceptor"), Places.disks(directory, 2));
      load.awaitMore(SOME);
      cluster.set(
          "cheap", Stream.of(cluster.seat(0), cluster.seat(1), cluster.seat(2) + "=auxiliary"),
          Stream.of());
      cluster.members(List.of(0, 1));
      load.awaitMore(SOME);
      cluster.set("majority", cluster.processes("acceptor"), Stream.of());
      cluster.members(List.of(0, 1, 2));
      load.awaitMore(SOME);
      load.endAndCheck();
    }
    assertThat(cluster.status(cluster.awaitLeader()).path("era").asLong()).isEqualTo(5);
    cluster.awaitAgreement();
  }

  /** Holds the row that every step begins with. */
  private void whileADatabaseHangs(Runnable then) throws SQLException {
    try (Connection holder = DriverManager.getConnection(Places.database(directory, 2));
        Statement lock = holder.createStatement()) {
      holder.setAutoCommit(false);
      lock.execute("SELECT * FROM synod_acceptor FOR UPDATE");
      then.run();
      holder.rollback();
    }
  }

  @Test
  void oneProcessAndMostDisksAreEnough() throws IOException {
    cluster.set("majority", cluster.processes("proposer"), Places.disks(directory, 3));
    try (Incrementers load = new Incrementers(cluster, "lone", CLIENTS)) {
      load.awaitMore(SOME);
      Files.move(Places.disk(directory, 2), directory.resolve("unplugged"));
      load.awaitMore(SOME);
      int last = cluster.awaitLeader();
      cluster.kill(IntStream.range(0, Cluster.SIZE).filter(i -> i != last).toArray());
      load.awaitMore(SOME);
      Files.move(directory.resolve("unplugged"), Places.disk(directory, 2));
      cluster.startMissing();
      load.awaitMore(SOME);
      load.endAndCheck();
    }
    cluster.awaitAgreement();
  }
}
