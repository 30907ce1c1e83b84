package io.synod.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import io.synod.api.model.Vote;
import io.synod.api.passive.PassiveStore;
import io.synod.api.plugin.Settings;
import io.synod.api.storage.StorageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresStoreTest extends JdbcStoreContract {
  private PostgresServer server;
  private String address;
  private int schemas;

  @BeforeAll
  void start() throws InterruptedException {
    try {
      server = PostgresServer.start();
      address = server.url();
    } catch (IOException e) {
      abort("PostgreSQL cannot be started here: " + e.getMessage());
    }
  }

  @AfterAll
  void stop() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void schema() throws Exception {
    address = server.url();
    sql("CREATE SCHEMA s" + ++schemas);
    address = server.url() + "&currentSchema=s" + schemas;
  }

  @Override
  protected URI address() {
    return URI.create(address);
  }

  @Test
  void aDatabaseThatIsStoppedUnderLoadFailsAndHasAllThatItAcknowledgedAfterwards()
      throws Exception {
    PassiveStore one = open(N1);
    Thread stopper = new Thread(this::down);
    long acknowledged = 0;
    StorageException failure = null;
    while (failure == null) {
      try {
        write(one, voted(ballot(3, N1), acknowledged + 1, "v" + acknowledged));
        if (++acknowledged == 5) {
          stopper.start();
        }
      } catch (StorageException e) {
        failure = e;
      }
    }
    stopper.join();
    assertThat(failure).hasMessageContaining("cannot be reached").hasMessageContaining(address);
    assertThatThrownBy(() -> open(N1)).isInstanceOf(StorageException.class)
        .hasMessageContaining("cannot be reached");
    server.up();
    PassiveStore again = open(N1);
    List<Vote> votes = look(again).votes();
    assertThat(votes).hasSizeGreaterThanOrEqualTo((int) acknowledged);
    assertThat(amount(again.own()).votes()).isEqualTo(votes);
    write(again, voted(ballot(3, N1), votes.size() + 1, "more"));
  }

  private void down() {
    try {
      server.down();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void refused(String url, Settings settings, String... why) {
    assertThatThrownBy(() -> openAt(URI.create(url), settings))
        .isInstanceOf(StorageException.class).hasMessageContainingAll(why);
  }

  @Test
  void whoMayNotMakeTablesIsToldSo() throws Exception {
    sql("CREATE ROLE poor" + schemas + " LOGIN");
    String poor = address.replace("user=synod", "user=poor" + schemas);
    refused(poor, settings(), "shows the user no schema", poor);
    sql("GRANT USAGE ON SCHEMA s" + schemas + " TO poor" + schemas);
    refused(poor, settings(), "refuses rights", poor);
  }

  @Test
  void aWrongUserOrDatabaseIsToldSo() {
    refused(address.replace("user=synod", "user=nobody9&password=secret"), settings(),
        "refuses the login", "nobody9", "password=***");
    refused(address.replace("/postgres?", "/nowhere9?"), settings(), "nowhere9", "not exist");
  }

  @Test
  void aServerThatNeverAnswersIsAFailure() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String url = "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/d1?user=u";
      refused(url, Settings.DEFAULTS.with(JdbcPlugin.TIMEOUT, Duration.ofMillis(300)), url);
    }
  }
}
