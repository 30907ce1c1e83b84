package io.synod.storage.jdbc;

import io.synod.api.model.Ballot;
import io.synod.api.model.Incarnation;
import io.synod.api.plugin.Plugins.PassiveUse;
import io.synod.api.storage.StorageException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Makes the tables, or checks whose they are; then begins an opening. A schema holds one acceptor:
 * the primary key of its one row decides which of several that are made at once.
 */
final class Founding {
  static final int FORMAT = 1;
  private static final int ATTEMPTS = 3;

  /** The acceptor's comes last: where it is, the others are. */
  private static final List<String> TABLES = List.of(
      "CREATE TABLE IF NOT EXISTS synod_vote (instance BIGINT PRIMARY KEY,"
          + " ballot {KEY} NOT NULL, proposer VARCHAR(64) NOT NULL, content {BYTES} NOT NULL)",
      "CREATE TABLE IF NOT EXISTS synod_configuration (era BIGINT PRIMARY KEY,"
          + " content {BYTES} NOT NULL)",
      "CREATE TABLE IF NOT EXISTS synod_process (process VARCHAR(64) PRIMARY KEY,"
          + " opening BIGINT NOT NULL, met BIGINT)",
      "CREATE TABLE IF NOT EXISTS synod_acceptor (id INTEGER PRIMARY KEY CHECK (id = 1),"
          + " format INTEGER NOT NULL, cluster VARCHAR NOT NULL, member VARCHAR(64) NOT NULL,"
          + " incarnation BIGINT NOT NULL, promised {KEY} NOT NULL, adopted BIGINT NOT NULL,"
          + " active BIGINT NOT NULL, kept_from BIGINT NOT NULL, decided_below BIGINT NOT NULL,"
          + " one_c_ballot {KEY} NOT NULL, one_c {BYTES})");

  private static final String EXISTS = "SELECT COUNT(*) FROM information_schema.tables"
      + " WHERE table_schema = CURRENT_SCHEMA AND LOWER(table_name) = 'synod_acceptor'";
  private static final String FIRST_ROW = "INSERT INTO synod_acceptor (id, format, cluster,"
      + " member, incarnation, promised, adopted, active, kept_from, decided_below, one_c_ballot)"
      + " VALUES (1, " + FORMAT + ", ?, ?, ?, ?, 0, 0, 1, 1, ?)";
  private static final String WHOSE =
      "SELECT format, cluster, member, incarnation FROM synod_acceptor";

  private final Session session;
  private final PassiveUse use;

  private Founding(Session session, PassiveUse use) {
    this.session = session;
    this.use = use;
  }

  /** Whose it is, as found or made. */
  private record Whose(int format, String cluster, String member, Incarnation incarnation) {}

  /**
   * What this process opened.
   *
   * @param opening counts the openings by this process; all earlier ones are at an end
   */
  record Opened(Incarnation incarnation, long opening) {}

  static Opened open(Session session, PassiveUse use) throws StorageException {
    Founding founding = new Founding(session, use);
    Incarnation incarnation = session.transact(true, founding::madeOrFound);
    long opening = session.transact(true, founding::begin);
    return new Opened(incarnation, opening);
  }

  private Incarnation madeOrFound(Connection connection) throws SQLException, StorageException {
    for (int attempt = 1; !whole(connection); attempt++) {
      try {
        make(connection);
        connection.commit();
      } catch (SQLException e) {
        connection.rollback();
        if (attempt == ATTEMPTS) {
          throw e;
        }
        // Else somebody else may have made them at the same time.
      }
    }
    Whose whose = whose(connection);
    check(whose);
    return whose.incarnation;
  }

  private static boolean exists(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(EXISTS)) {
      return found.next() && found.getInt(1) > 0;
    }
  }

  private static boolean whole(Connection connection) throws SQLException {
    return exists(connection) && whose(connection) != null;
  }

  private void make(Connection connection) throws SQLException {
    if (!exists(connection)) {
      try (Statement statement = connection.createStatement()) {
        for (String table : TABLES) {
          statement.execute(session.dialect().sql(table));
        }
      }
    }
    try (PreparedStatement insert = connection.prepareStatement(FIRST_ROW)) {
      insert.setString(1, use.cluster());
      insert.setString(2, use.member().name());
      insert.setLong(3, use.newIncarnation().number());
      insert.setBytes(4, BallotKey.of(Ballot.BOTTOM));
      insert.setBytes(5, BallotKey.of(Ballot.BOTTOM));
      insert.executeUpdate();
    }
  }

  private static Whose whose(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(WHOSE)) {
      return found.next() ? new Whose(found.getInt(1), found.getString(2), found.getString(3),
          new Incarnation(found.getLong(4))) : null;
    }
  }

  private void check(Whose whose) throws StorageException {
    if (whose.format != FORMAT) {
      throw new StorageException("the database " + session.place() + " has tables of format"
          + " version " + whose.format + ", but this release reads version " + FORMAT
          + ": run the release that made them");
    } else if (!whose.cluster.equals(use.cluster())
        || !whose.member.equals(use.member().name())) {
      throw new StorageException("the database " + session.place() + " is the acceptor "
          + whose.member + " of cluster '" + whose.cluster + "', not " + use.member()
          + " of cluster '" + use.cluster()
          + "': give each acceptor a database, or a schema, of its own");
    }
  }

  /** Behind the lock of the row: what an earlier opening had under way is done, or undone. */
  private long begin(Connection connection) throws SQLException {
    AcceptorRows.lock(connection);
    String self = use.process().name();
    AcceptorRows.meet(connection, self);
    try (PreparedStatement raise = connection.prepareStatement(
        "UPDATE synod_process SET opening = opening + 1 WHERE process = ?")) {
      raise.setString(1, self);
      raise.executeUpdate();
    }
    try (PreparedStatement read = connection.prepareStatement(
        "SELECT opening FROM synod_process WHERE process = ?")) {
      read.setString(1, self);
      try (ResultSet found = read.executeQuery()) {
        found.next();
        return found.getLong(1);
      }
    }
  }
}
