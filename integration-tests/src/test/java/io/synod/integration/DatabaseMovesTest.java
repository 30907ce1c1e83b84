package io.synod.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Under load: three processes move their votes to three databases, one hangs, and back. */
class DatabaseMovesTest {
  private static final int CLIENTS = 4;
  private static final int SOME = 40;

  @TempDir
  private Path directory;
  private Cluster cluster;

  @BeforeEach
  void start() throws IOException {
    cluster = Cluster.started(directory, Map.of());
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void theAcceptorsGoFromProcessesToDatabasesAndBackUnderLoad() throws Exception {
    try (Incrementers load = new Incrementers(cluster, "databases", CLIENTS)) {
      load.awaitMore(SOME);
      cluster.set("majority", cluster.processes("proposer"), Places.databases(directory, 3));
      load.awaitMore(SOME);
      whileOneHangs(() -> load.awaitMore(SOME));
      load.awaitMore(SOME);
      cluster.set("majority", cluster.processes("acceptor"), Stream.of());
      load.awaitMore(SOME);
      load.endAndCheck();
    }
    assertThat(cluster.status(cluster.awaitLeader()).path("era").asLong()).isEqualTo(2);
    cluster.awaitAgreement();
  }

  /** Holds the row that every step begins with. */
  private void whileOneHangs(Runnable then) throws SQLException {
    try (Connection holder = DriverManager.getConnection(Places.database(directory, 2));
        Statement lock = holder.createStatement()) {
      holder.setAutoCommit(false);
      lock.execute("SELECT * FROM synod_acceptor FOR UPDATE");
      then.run();
      holder.rollback();
    }
  }
}
