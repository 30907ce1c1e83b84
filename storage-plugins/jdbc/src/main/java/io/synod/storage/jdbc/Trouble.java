package io.synod.storage.jdbc;

import io.synod.api.storage.StorageException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;

/** What a database reports, as one sentence that names it without its password. */
final class Trouble {
  private static final Set<String> RIGHTS = Set.of("42501", "90096", "90040");
  private static final Set<String> TIME = Set.of("57014", "55P03", "HYT00", "25P03");
  private static final Set<String> AWAY = Set.of("57P01", "57P02", "57P03");
  private static final String NO_SCHEMA = "3F000";
  private static final String H2_IN_USE = "90020";

  private Trouble() {}

  static StorageException of(JdbcAddress address, Duration patience, Exception why) {
    if (why instanceof StorageException told) {
      return told;
    }
    String said = JdbcAddress.masked(String.valueOf(why.getMessage()));
    return new StorageException(
        "the database " + address.place() + " " + sentence(why, patience, said), why);
  }

  private static String sentence(Exception why, Duration patience, String said) {
    String state = why instanceof SQLException sql ? String.valueOf(sql.getSQLState()) : "";
    if (TIME.contains(state) || timedOut(why)) {
      return "did not answer within " + patience.toMillis() + " ms (" + JdbcPlugin.TIMEOUT.key()
          + "): " + said;
    } else if (RIGHTS.contains(state)) {
      return "refuses rights that are needed: " + said + "; the user must be allowed to create"
          + " tables in its schema, and to read and write them (H2: to be an administrator)";
    } else if (state.equals(NO_SCHEMA)) {
      return "shows the user no schema to make tables in: there is none of that name, or the user"
          + " has no rights on it: " + said;
    } else if (state.startsWith("28")) {
      return "refuses the login: " + said;
    } else if (state.equals(H2_IN_USE)) {
      return "is in use by another process: " + said + "; with ;AUTO_SERVER=TRUE at the end of"
          + " the URL the processes of one machine share it";
    } else if (state.startsWith("08") || AWAY.contains(state)) {
      return "cannot be reached: " + said;
    }
    return "reports: " + said;
  }

  private static boolean timedOut(Throwable why) {
    for (Throwable cause = why; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException) {
        return true;
      }
    }
    return false;
  }
}
