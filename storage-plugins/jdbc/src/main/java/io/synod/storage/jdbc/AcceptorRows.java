package io.synod.storage.jdbc;

import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.model.Value;
import io.synod.api.model.Vote;
import io.synod.api.passive.View;
import io.synod.api.storage.DurableRecord;
import io.synod.api.transport.MessageCodec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The statements on an acceptor's tables, all within a transaction of the caller's. */
final class AcceptorRows {
  /** Every transaction that writes begins with this row, so they come one after the other. */
  private static final String RAISE = "UPDATE synod_acceptor SET"
      + " promised = GREATEST(promised, ?), adopted = GREATEST(adopted, ?),"
      + " active = GREATEST(active, ?), kept_from = GREATEST(kept_from, ?),"
      + " decided_below = GREATEST(decided_below, ?)";
  private static final String UNLESS_REFUSED = " WHERE promised <= ?";
  private static final String LOCK = "SELECT id FROM synod_acceptor FOR UPDATE";
  private static final String STORE =
      "UPDATE synod_acceptor SET one_c_ballot = ?, one_c = ? WHERE one_c_ballot < ?";
  private static final String VOTE = "INSERT INTO synod_vote (instance, ballot, proposer, content)"
      + " SELECT CAST(? AS BIGINT), CAST(? AS {KEY}), CAST(? AS VARCHAR(64)), CAST(? AS {BYTES})"
      + " WHERE NOT EXISTS (SELECT 1 FROM synod_vote WHERE instance = ?)";
  private static final String VOTE_AGAIN = "UPDATE synod_vote SET ballot = ?, proposer = ?,"
      + " content = ? WHERE instance = ? AND ballot <= ?";
  private static final String CONFIGURE =
      "INSERT INTO synod_configuration (era, content) VALUES (?, ?)";
  private static final String CONFIGURE_AGAIN =
      "UPDATE synod_configuration SET content = ? WHERE era = ?";
  private static final String MEET = "INSERT INTO synod_process (process, opening)"
      + " SELECT CAST(? AS VARCHAR(64)), 0"
      + " WHERE NOT EXISTS (SELECT 1 FROM synod_process WHERE process = ?)";
  private static final String MET =
      "UPDATE synod_process SET met = ? WHERE process = ? AND met IS NULL";
  private static final String ROW = "SELECT promised, adopted, active, kept_from, decided_below,"
      + " (SELECT opening FROM synod_process WHERE process = ?) FROM synod_acceptor";
  private static final String VOTES = "SELECT instance, ballot, content FROM synod_vote"
      + " WHERE instance >= ? ORDER BY instance";

  private final Connection connection;
  private final Dialect dialect;
  private final MessageCodec codec;

  AcceptorRows(Connection connection, Dialect dialect, MessageCodec codec) {
    this.connection = connection;
    this.dialect = dialect;
    this.codec = codec;
  }

  /** Holds off all who write until this transaction ends. */
  static void lock(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(LOCK)) {
      found.next();
    }
  }

  /** Sees to it that the process has a row. */
  static void meet(Connection connection, String process) throws SQLException {
    update(connection, MEET, process, process);
  }

  /** Writes it if nobody has promised more than {@code ballot}; else nothing. */
  boolean speak(Ballot ballot, Said said, NodeId self) throws SQLException {
    List<Object> raised = raised(said.view());
    raised.add(BallotKey.of(ballot));
    if (update(RAISE + UNLESS_REFUSED, raised.toArray()) == 0) {
      return false;
    }
    if (said.anew()) {
      update("DELETE FROM synod_vote WHERE proposer = ?", self.name());
    }
    vote(said.view().votes());
    if (said.oneC().isPresent()) {
      store(said.oneC().get());
    }
    rest(said);
    return true;
  }

  /** Writes what is true whoever leads. */
  void note(Said said) throws SQLException {
    update(RAISE, raised(said.view()).toArray());
    rest(said);
  }

  private static List<Object> raised(View view) {
    return new ArrayList<>(List.of(
        BallotKey.of(view.promised()), view.adopted().number(), view.active().number(),
        view.kept().number(), view.floor().number()));
  }

  private void rest(Said said) throws SQLException {
    for (Map.Entry<Era, Configuration> known : said.view().configurations().entrySet()) {
      configure(known.getKey(), known.getValue());
    }
    for (Map.Entry<NodeId, Incarnation> met : said.met().entrySet()) {
      meet(connection, met.getKey().name());
      update(MET, met.getValue().number(), met.getKey().name());
    }
    if (InstanceId.FIRST.before(said.view().kept())) {
      update("DELETE FROM synod_vote WHERE instance < ?", said.view().kept().number());
    }
  }

  private void store(OneC oneC) throws SQLException {
    byte[] key = BallotKey.of(oneC.ballot());
    update(STORE, key, stream(encode(new DurableRecord.StoredOneC(oneC))), key);
  }

  private void configure(Era era, Configuration configuration) throws SQLException {
    byte[] content = encode(new DurableRecord.Activated(era, configuration));
    if (update(CONFIGURE_AGAIN, stream(content), era.number()) == 0) {
      update(CONFIGURE, era.number(), stream(content));
    }
  }

  /** In one batch where there is no vote yet; in a second one where there is. */
  private void vote(List<Vote> votes) throws SQLException {
    List<Vote> again = new ArrayList<>();
    List<Object[]> fresh = votes.stream().map(vote -> new Object[] {
        vote.instance().number(), BallotKey.of(vote.ballot()), vote.ballot().proposer().name(),
        stream(vote.value().bytes()), vote.instance().number()}).toList();
    int[] written = batch(VOTE, fresh);
    for (int i = 0; i < written.length; i++) {
      if (written[i] == 0) {
        again.add(votes.get(i));
      }
    }
    batch(VOTE_AGAIN, again.stream().map(vote -> new Object[] {
        BallotKey.of(vote.ballot()), vote.ballot().proposer().name(),
        stream(vote.value().bytes()), vote.instance().number(),
        BallotKey.of(vote.ballot())}).toList());
  }

  /** The acceptor's row as this transaction sees it, without votes and configurations. */
  Row row(NodeId self) throws SQLException {
    try (PreparedStatement select = prepared(connection, ROW, self.name());
        ResultSet found = select.executeQuery()) {
      if (!found.next()) {
        throw new SQLDataException("the acceptor's row is gone");
      }
      View view = new View(
          BallotKey.read(found.getBytes(1)), new Era(found.getLong(2)), new Era(found.getLong(3)),
          InstanceId.of(found.getLong(4)), InstanceId.of(found.getLong(5)), Map.of(), List.of());
      return new Row(view, found.getLong(6));
    }
  }

  /**
   * What is read of the acceptor.
   *
   * @param opening the last one of the process that reads
   */
  record Row(View view, long opening) {}

  /** With votes and configurations. */
  View with(View view, InstanceId from) throws SQLException {
    return new View(view.promised(), view.adopted(), view.active(), view.kept(), view.floor(),
        configurations(), votes(InstanceId.max(from, view.kept())));
  }

  private List<Vote> votes(InstanceId from) throws SQLException {
    List<Vote> votes = new ArrayList<>();
    try (PreparedStatement select = prepared(connection, VOTES, from.number());
        ResultSet found = select.executeQuery()) {
      while (found.next()) {
        votes.add(new Vote(InstanceId.of(found.getLong(1)), BallotKey.read(found.getBytes(2)),
            Value.of(bytes(found, 3))));
      }
    }
    return votes;
  }

  private Map<Era, Configuration> configurations() throws SQLException {
    Map<Era, Configuration> configurations = new TreeMap<>();
    try (PreparedStatement select = prepared(
            connection, "SELECT content FROM synod_configuration");
        ResultSet found = select.executeQuery()) {
      while (found.next()) {
        if (decode(bytes(found, 1)) instanceof DurableRecord.Activated known) {
          configurations.put(known.era(), known.configuration());
        }
      }
    }
    return configurations;
  }

  /** The 1c of the highest ballot, without its window. */
  Optional<OneC> oneC() throws SQLException {
    try (PreparedStatement select = prepared(
            connection, "SELECT one_c FROM synod_acceptor WHERE one_c IS NOT NULL");
        ResultSet found = select.executeQuery()) {
      return found.next() && decode(bytes(found, 1)) instanceof DurableRecord.StoredOneC stored
          ? Optional.of(stored.oneC()) : Optional.empty();
    }
  }

  /** Which store each process was met with first. */
  List<DurableRecord> met() throws SQLException {
    List<DurableRecord> met = new ArrayList<>();
    try (PreparedStatement select = prepared(connection, "SELECT process, met FROM synod_process"
            + " WHERE met IS NOT NULL ORDER BY process");
        ResultSet found = select.executeQuery()) {
      while (found.next()) {
        met.add(new DurableRecord.Met(
            NodeId.of(found.getString(1)), new Incarnation(found.getLong(2))));
      }
    }
    return met;
  }

  private byte[] encode(DurableRecord record) {
    ByteBuffer encoded = codec.encodeRecord(record);
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    return bytes;
  }

  private DurableRecord decode(byte[] bytes) throws SQLDataException {
    try {
      return codec.decodeRecord(ByteBuffer.wrap(bytes));
    } catch (MessageCodec.MalformedException e) {
      throw new SQLDataException("a record in the tables is damaged: " + e.getMessage(), e);
    }
  }

  /** H2 takes no more than a megabyte as an array. */
  private static InputStream stream(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  private static byte[] bytes(ResultSet found, int column) throws SQLException {
    try (InputStream in = found.getBinaryStream(column)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new SQLException("a column cannot be read: " + e.getMessage(), e);
    }
  }

  private int update(String sql, Object... values) throws SQLException {
    return update(connection, sql, values);
  }

  private static int update(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = prepared(connection, sql, values)) {
      return statement.executeUpdate();
    }
  }

  private int[] batch(String sql, List<Object[]> rows) throws SQLException {
    if (rows.isEmpty()) {
      return new int[0];
    }
    try (PreparedStatement statement = connection.prepareStatement(dialect.sql(sql))) {
      for (Object[] row : rows) {
        set(statement, row);
        statement.addBatch();
      }
      return statement.executeBatch();
    }
  }

  private static PreparedStatement prepared(Connection connection, String sql, Object... values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    set(statement, values);
    return statement;
  }

  private static void set(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      if (values[i] instanceof Long number) {
        statement.setLong(i + 1, number);
      } else if (values[i] instanceof byte[] key) {
        statement.setBytes(i + 1, key);
      } else if (values[i] instanceof ByteArrayInputStream content) {
        statement.setBinaryStream(i + 1, content, content.available());
      } else {
        statement.setString(i + 1, (String) values[i]);
      }
    }
  }
}
