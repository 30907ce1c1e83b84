package io.synod.storage.jdbc;

import io.synod.api.passive.PassiveStore;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Setting;
import io.synod.api.plugin.Settings;
import io.synod.api.storage.StorageException;
import io.synod.api.transport.MessageCodec;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Passive acceptors that are SQL databases. */
public final class JdbcPlugin implements Plugins.Passive {
  /** How long a database may take for one statement, a lock or a login. */
  public static final Setting<Duration> TIMEOUT = Setting.duration("synod.jdbc.timeout",
      Duration.ofSeconds(5), Duration.ofMillis(100), Duration.ofMinutes(10),
      "how long a database that is an acceptor may take to answer before it counts as failed");

  /** Who logs in where the address does not say it. */
  public static final Setting<String> USER = Setting.text("synod.jdbc.user", "",
      "who logs in to databases that are acceptors, where their addresses do not say it");

  /** Kept out of addresses, since those are shown to everybody. */
  public static final Setting<String> PASSWORD = Setting.text("synod.jdbc.password", "",
      "the password for that; one in an address is in the log, and is shown with the members");

  /** For the service loader. */
  public JdbcPlugin() {}

  @Override
  public String name() {
    return "jdbc";
  }

  @Override
  public String meaning() {
    return "an SQL database: jdbc:postgresql://host:port/database, or jdbc:h2:/path";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(TIMEOUT, USER, PASSWORD);
  }

  @Override
  public Optional<String> flaw(URI address) {
    return JdbcAddress.flaw(address);
  }

  @Override
  public PassiveStore open(
      URI address, Plugins.PassiveUse use, MessageCodec codec, Settings settings)
      throws StorageException {
    return JdbcStore.open(Session.open(JdbcAddress.of(address), settings), use, codec);
  }
}
