package io.synod.storage.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;

/** What differs from one database to another; all else is standard SQL. */
enum Dialect {
  /** Commits reach the disk some time later unless it is told to wait for that. */
  H2("jdbc:h2:", "VARBINARY(128)", "BLOB") {
    @Override
    void bound(Properties login, Duration patience) {
      // The database is in the process, or its lock and query time-outs bound the waiting.
    }

    @Override
    List<String> session(Duration patience) {
      return List.of("SET LOCK_TIMEOUT " + patience.toMillis(),
          "SET QUERY_TIMEOUT " + patience.toMillis());
    }

    @Override
    void force(Connection connection) throws SQLException {
      execute(connection, "CHECKPOINT SYNC");
    }
  },

  /** A commit is on the disk, as long as nobody has switched that off. */
  POSTGRESQL("jdbc:postgresql:", "BYTEA", "BYTEA") {
    @Override
    void bound(Properties login, Duration patience) {
      String seconds = Long.toString(patience.plusMillis(999).toSeconds());
      for (String what : List.of("loginTimeout", "connectTimeout", "socketTimeout")) {
        login.setProperty(what, seconds);
      }
    }

    @Override
    List<String> session(Duration patience) {
      return List.of("SET statement_timeout = " + patience.toMillis(),
          "SET lock_timeout = " + patience.toMillis(),
          // What a proposer leaves behind that has hung or gone holds the row no longer.
          "SET idle_in_transaction_session_timeout = " + patience.toMillis(),
          "SET synchronous_commit = on");
    }

    @Override
    void force(Connection connection) throws SQLException {
      // Done by the commit.
    }

    @Override
    String forgetful(Connection connection) throws SQLException {
      try (Statement statement = connection.createStatement();
          ResultSet found = statement.executeQuery("SHOW fsync")) {
        return found.next() && "off".equals(found.getString(1))
            ? "runs with fsync = off, and would forget what it has acknowledged" : "";
      }
    }
  };

  /** Beyond its own time-outs, which tell more. */
  private static final int NETWORK_SLACK_MILLIS = 500;

  private final String prefix;
  private final String keyType;
  private final String bytesType;

  Dialect(String prefix, String keyType, String bytesType) {
    this.prefix = prefix;
    this.keyType = keyType;
    this.bytesType = bytesType;
  }

  /** How its URLs begin. */
  String prefix() {
    return prefix;
  }

  /** A statement with its types in it. */
  String sql(String text) {
    return text.replace("{KEY}", keyType).replace("{BYTES}", bytesType);
  }

  /** Bounds the login. */
  abstract void bound(Properties login, Duration patience);

  /** Statements that begin a session. */
  abstract List<String> session(Duration patience);

  /** Returns when what was committed is durable. */
  abstract void force(Connection connection) throws SQLException;

  /** Why it may forget what is committed; empty if it does not. */
  String forgetful(Connection connection) throws SQLException {
    return "";
  }

  /** Makes a session of a new connection. */
  void begin(Connection connection, Duration patience) throws SQLException {
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    connection.setNetworkTimeout(
        Runnable::run, (int) patience.toMillis() + NETWORK_SLACK_MILLIS);
    for (String statement : session(patience)) {
      execute(connection, statement);
    }
    connection.commit();
  }

  private static void execute(Connection connection, String text) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(text);
    }
  }
}
