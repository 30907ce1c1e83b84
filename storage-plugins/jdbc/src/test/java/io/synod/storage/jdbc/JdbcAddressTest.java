package io.synod.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcAddressTest {
  @ParameterizedTest
  @ValueSource(strings = {
      "jdbc:h2:/data/d1", "jdbc:h2:./d1;AUTO_SERVER=TRUE", "jdbc:h2:tcp://host/d1",
      "jdbc:postgresql://host/d1", "jdbc:postgresql://host:5432/d1?currentSchema=s&ssl=true"})
  void theseMayBeTried(String url) {
    assertThat(JdbcAddress.flaw(URI.create(url))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
      "jdbc:oracle:thin:@host/d1, expected jdbc:postgresql",
      "jdbc:h2:mem:d1, a database of its own",
      "jdbc:postgresql://host:port/d1, no driver"})
  void theseMayNot(String url, String why) {
    assertThat(JdbcAddress.flaw(URI.create(url))).hasValueSatisfying(
        flaw -> assertThat(flaw).contains(why));
  }

  @Test
  void thePlaceHasNoPassword() {
    assertThat(JdbcAddress.of(URI.create(
        "jdbc:postgresql://host/d1?user=u&password=secret&ssl=true")).place())
        .isEqualTo("jdbc:postgresql://host/d1?user=u&password=***&ssl=true");
    assertThat(JdbcAddress.masked("no postgresql://u:secret@host/d1\n there"))
        .isEqualTo("no postgresql://u:***@host/d1 there");
  }

  @Test
  void theSettingsLogInWhereTheUrlDoesNot() {
    assertThat(JdbcAddress.of(URI.create("jdbc:h2:/d1")).login("u", "p"))
        .containsEntry("user", "u").containsEntry("password", "p");
    assertThat(JdbcAddress.of(URI.create("jdbc:h2:/d1;USER=x;PASSWORD=y")).login("u", "p"))
        .isEmpty();
    assertThat(JdbcAddress.of(URI.create("jdbc:h2:/d1")).login("", "")).isEmpty();
  }
}
