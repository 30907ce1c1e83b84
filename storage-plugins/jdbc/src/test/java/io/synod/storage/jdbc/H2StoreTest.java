package io.synod.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.storage.StorageException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2StoreTest extends JdbcStoreContract {
  @TempDir
  Path directory;

  @Override
  protected URI address() {
    return URI.create("jdbc:h2:" + directory.resolve("acceptor"));
  }

  @Test
  void whoMayNotMakeTablesIsToldSo() throws SQLException {
    sql("CREATE USER keeper PASSWORD 'k' ADMIN", "CREATE USER poor PASSWORD 'secret'");
    URI poor = URI.create(address() + ";USER=poor;PASSWORD=secret");
    assertThatThrownBy(() -> openAt(poor, settings()))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("rights").hasMessageContaining(address().toString())
        .hasMessageContaining("PASSWORD=***")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
  }
}
