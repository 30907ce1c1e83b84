package io.synod.storage.jdbc;

import io.synod.api.plugin.Settings;
import io.synod.api.storage.StorageException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/** A connection to a database, of no use after the first failure. One thread. */
final class Session implements AutoCloseable {
  private final JdbcAddress address;
  private final Duration patience;
  private final Connection connection;
  private StorageException failure;

  /** What is done in a transaction. */
  interface Work<T> {
    T run(Connection connection) throws SQLException, StorageException;
  }

  private Session(JdbcAddress address, Duration patience, Connection connection) {
    this.address = address;
    this.patience = patience;
    this.connection = connection;
  }

  /** Logs in; makes nothing there yet, except that H2 makes an empty database. May block. */
  static Session open(JdbcAddress address, Settings settings) throws StorageException {
    Duration patience = settings.get(JdbcPlugin.TIMEOUT);
    Properties login = address.login(
        settings.get(JdbcPlugin.USER), settings.get(JdbcPlugin.PASSWORD));
    address.dialect().bound(login, patience);
    Session session;
    try {
      session = new Session(
          address, patience, DriverManager.getConnection(address.url(), login));
    } catch (SQLException e) {
      throw Trouble.of(address, patience, e);
    }
    session.begin();
    return session;
  }

  private void begin() throws StorageException {
    String forgetful = transact(false, open -> {
      dialect().begin(open, patience);
      return dialect().forgetful(open);
    });
    if (!forgetful.isEmpty()) {
      close();
      throw new StorageException("the database " + place() + " " + forgetful);
    }
  }

  Dialect dialect() {
    return address.dialect();
  }

  /** For people. */
  String place() {
    return address.place();
  }

  /**
   * Does all of it or, by an exception, nothing that anybody sees; only a commit that failed may
   * have been done all the same.
   *
   * @param durable whether to return only when it is
   */
  <T> T transact(boolean durable, Work<T> work) throws StorageException {
    if (failure != null) {
      throw new StorageException("the database " + place()
          + " has failed and is to be opened again: " + failure.getMessage(), failure);
    }
    try {
      T result = work.run(connection);
      connection.commit();
      if (durable) {
        dialect().force(connection);
      }
      return result;
    } catch (SQLException | StorageException | RuntimeException e) {
      failure = Trouble.of(address, patience, e);
      close();
      throw failure;
    }
  }

  /** What is not committed is undone by the database. */
  @Override
  public void close() {
    try {
      if (!connection.isClosed()) {
        connection.rollback();
        connection.close();
      }
    } catch (SQLException e) {
      abandon();
    }
  }

  private void abandon() {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      return; // it is as closed as it can be
    }
  }
}
