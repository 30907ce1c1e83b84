package io.synod.storage.jdbc;

import java.net.URI;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/**
 * Where a database is.
 *
 * @param url for the driver
 */
record JdbcAddress(String url, Dialect dialect) {
  /** What is wrong with it, for people. */
  static Optional<String> flaw(URI address) {
    try {
      JdbcAddress read = of(address);
      return read.hasDriver() ? Optional.empty()
          : Optional.of("no driver on the class path takes it: the driver's jar is missing, or"
              + " the URL is not one of " + read.dialect.prefix());
    } catch (IllegalArgumentException e) {
      return Optional.of(e.getMessage());
    }
  }

  /** Reads it; says what is wrong with it. */
  static JdbcAddress of(URI address) {
    String url = address.toString();
    for (Dialect dialect : Dialect.values()) {
      if (url.startsWith(dialect.prefix())) {
        return new JdbcAddress(url, dialect).checked();
      }
    }
    throw new IllegalArgumentException("expected jdbc:postgresql://host:port/database, or"
        + " jdbc:h2:/path for a database that H2 keeps in a file; no other is known");
  }

  private JdbcAddress checked() {
    if (url.startsWith(Dialect.H2.prefix() + "mem:")) {
      throw new IllegalArgumentException("each process would have a database of its own in"
          + " memory: an acceptor is one for all, and lasts");
    }
    return this;
  }

  private boolean hasDriver() {
    for (Iterator<Driver> all = DriverManager.drivers().iterator(); all.hasNext();) {
      try {
        if (all.next().acceptsURL(url)) {
          return true;
        }
      } catch (SQLException e) {
        return false; // its own driver says that it is malformed
      }
    }
    return false;
  }

  /** Whether it says itself who logs in. */
  boolean namesUser() {
    return url.toLowerCase(Locale.ROOT).matches(".*[;?&]user=.*");
  }

  /** For the driver: who logs in, if that is given. */
  Properties login(String user, String password) {
    Properties login = new Properties();
    if (!namesUser()) {
      if (!user.isEmpty()) {
        login.setProperty("user", user);
      }
      if (!password.isEmpty()) {
        login.setProperty("password", password);
      }
    }
    return login;
  }

  /** For people: without any password. */
  String place() {
    return masked(url);
  }

  /** A text that may quote a URL, without any password, in one line. */
  static String masked(String text) {
    return text.replaceAll("(?i)(password=)[^;&\\s\"']*", "$1***")
        .replaceAll("(//[^/:@\\s]+:)[^/@\\s]+@", "$1***@").replaceAll("\\s+", " ").strip();
  }
}
