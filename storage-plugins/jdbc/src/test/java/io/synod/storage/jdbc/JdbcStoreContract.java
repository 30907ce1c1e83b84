package io.synod.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.model.Ballot;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.Vote;
import io.synod.api.passive.PassiveStore;
import io.synod.api.passive.Step;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.api.storage.DurableRecord;
import io.synod.api.storage.DurableRecord.DecidedUpTo;
import io.synod.api.storage.DurableRecord.Met;
import io.synod.api.storage.DurableRecord.Promised;
import io.synod.api.storage.StorageException;
import io.synod.codec.KryoCodec;
import io.synod.testkit.contract.PassiveStoreContract;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every database keeps, beyond what every passive acceptor does. */
abstract class JdbcStoreContract extends PassiveStoreContract {
  static final NodeId N1 = NodeId.of("n1");
  static final NodeId N2 = NodeId.of("n2");
  static final Incarnation STORE = new Incarnation(12);
  private static final Ballot LOW = ballot(3, N1);
  private static final Ballot HIGH = ballot(5, N2);

  @Override
  protected Plugins.Passive plugin() {
    return new JdbcPlugin();
  }

  /** Does that to the tables behind the plugin's back. */
  void sql(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(address().toString());
        Statement statement = connection.createStatement()) {
      for (String text : statements) {
        statement.execute(text);
      }
    }
  }

  /** Opens it under that URL. */
  PassiveStore openAt(URI url, Settings settings) throws StorageException {
    return plugin().open(url, new Plugins.PassiveUse("contract", N1, NodeId.of("d1"), STORE),
        new KryoCodec(), settings);
  }

  private static Step step(Ballot ballot, DurableRecord... records) {
    return new Step(ballot, List.of(records), Optional.empty());
  }

  @Test
  void ofARefusedStepOnlyWhatIsTrueWhoeverLeadsIsWritten() throws Exception {
    PassiveStore one = open(N1);
    PassiveStore two = open(N2);
    write(two, new Promised(HIGH), voted(HIGH, 2, "b"));
    assertThat(one.exchange(step(LOW, voted(LOW, 1, "x", "y", "z"), new Met(N1, STORE),
        new DecidedUpTo(InstanceId.FIRST))).promised()).isEqualTo(HIGH);
    assertThat(one.own()).contains(new Met(N1, STORE));
    assertThat(look(two).kept()).isEqualTo(InstanceId.of(2));
    assertThat(look(one).votes()).containsExactly(new Vote(InstanceId.of(2), HIGH, value("b")));
  }

  @Test
  void theFirstStoreMetStays() throws Exception {
    PassiveStore one = open(N1);
    write(one, new Met(N1, STORE));
    write(one, new Met(N1, new Incarnation(77)));
    assertThat(one.own()).contains(new Met(N1, STORE))
        .doesNotContain(new Met(N1, new Incarnation(77)));
  }

  @Test
  void anotherOpeningByTheSameProcessEndsTheFirst() throws Exception {
    PassiveStore first = open(N1);
    write(first, voted(LOW, 1, "a"));
    PassiveStore second = open(N1);
    assertThatThrownBy(() -> write(first, voted(LOW, 2, "late")))
        .isInstanceOf(StorageException.class).hasMessageContaining("another life of n1");
    assertThatThrownBy(() -> look(first)).isInstanceOf(StorageException.class)
        .hasMessageContaining("opened again");
    assertThat(look(second).votes())
        .containsExactly(new Vote(InstanceId.FIRST, LOW, value("a")));
    assertThat(amount(second.own()).votes()).isEqualTo(look(second).votes());
  }

  @Test
  void aCheckpointDropsNoVoteInAnotherProcessBallot() throws Exception {
    PassiveStore one = open(N1);
    PassiveStore two = open(N2);
    write(one, voted(LOW, 1, "a", "b"));
    List<DurableRecord> known = one.own();
    write(two, voted(HIGH, 2, "c", "d"));
    write(one, known.get(0));
    assertThat(look(one).votes()).containsExactly(
        new Vote(InstanceId.FIRST, LOW, value("a")), new Vote(InstanceId.of(2), HIGH, value("c")),
        new Vote(InstanceId.of(3), HIGH, value("d")));
  }

  @Test
  void valuesOfManyMegabytesAndManyInstancesGoThroughInOneStep() throws Exception {
    String large = "x".repeat(3 << 20);
    String[] many = new String[2_000];
    Arrays.setAll(many, i -> "v" + i);
    PassiveStore one = open(N1);
    write(one, voted(LOW, 1, large, "b"), voted(LOW, 3, many));
    List<Vote> votes = look(open(N2)).votes();
    assertThat(votes).hasSize(2 + many.length);
    assertThat(votes.get(0).value()).isEqualTo(value(large));
    assertThat(votes.get(1 + many.length).value()).isEqualTo(value("v1999"));
    assertThat(amount(one.own()).votes()).isEqualTo(votes);
  }

  @Test
  void tablesOfAnotherFormatAreRefused() throws Exception {
    open(N1).close();
    sql("UPDATE synod_acceptor SET format = 9");
    assertThatThrownBy(() -> open(N1)).isInstanceOf(StorageException.class)
        .hasMessageContaining("format version 9").hasMessageContaining("version 1");
  }

  @Test
  void aLockThatIsHeldForEverIsAFailureAndThenForgotten() throws Exception {
    open(N1).close();
    Settings hurried = Settings.DEFAULTS.with(JdbcPlugin.TIMEOUT, Duration.ofMillis(200));
    PassiveStore store = openAt(address(), hurried);
    try (Connection other = DriverManager.getConnection(address().toString());
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("SELECT * FROM synod_acceptor FOR UPDATE");
      assertThatThrownBy(() -> write(store, voted(LOW, 1, "a")))
          .isInstanceOf(StorageException.class).hasMessageContaining("synod.jdbc.timeout")
          .hasMessageContaining("200 ms");
      other.rollback();
    }
    store.close();
    assertThat(look(open(N1)).votes()).isEmpty();
  }

  @Test
  void noVoteOfALowerBallotComesAfterWhoPromisedMoreHasRead() throws Exception {
    Rivals rivals = new Rivals(30);
    PassiveStore one = open(N1);
    PassiveStore two = open(N2);
    rivals.run(new Rivals.Proposer(N1, one), new Rivals.Proposer(N2, two));
    assertThat(rivals.promises()).as("both got through").hasSizeGreaterThan(10);
    assertThat(rivals.late(look(open(NodeId.of("n3"))))).isEmpty();
  }
}
