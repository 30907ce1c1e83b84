package io.synod.server.kv;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StringCommandsTest {
  private static final String NOT_AN_INTEGER = "-ERR value is not an integer or out of range";
  private final Machine kv = new Machine();

  @Test
  void getAnswersTheValueOrNil() {
    assertThat(kv.apply("GET", "k")).isEqualTo("$-1");
    assertThat(kv.apply("SET", "k", "v")).isEqualTo("+OK");
    assertThat(kv.apply("GET", "k")).isEqualTo("$1 v");
    assertThat(kv.query("GET", "k")).isEqualTo("$1 v");
    assertThat(kv.apply("SET", "", "")).isEqualTo("+OK");
    assertThat(kv.apply("GET", "")).isEqualTo("$0");
  }

  @Test
  void setObeysItsConditions() {
    assertThat(kv.apply("SET", "k", "1", "XX")).isEqualTo("$-1");
    assertThat(kv.apply("SET", "k", "1", "nx")).isEqualTo("+OK");
    assertThat(kv.apply("SET", "k", "2", "NX")).isEqualTo("$-1");
    assertThat(kv.apply("SET", "k", "2", "IFEQ", "0")).isEqualTo("$-1");
    assertThat(kv.apply("SET", "k", "2", "IFEQ", "1")).isEqualTo("+OK");
    assertThat(kv.apply("SET", "none", "2", "IFEQ", "1")).isEqualTo("$-1");
    assertThat(kv.apply("SET", "k", "3", "XX", "GET")).isEqualTo("$1 2");
    assertThat(kv.apply("SET", "k", "4", "NX", "GET")).isEqualTo("$1 3");
    assertThat(kv.apply("SET", "new", "4", "GET")).isEqualTo("$-1");
    assertThat(kv.apply("GET", "k")).isEqualTo("$1 3");
    assertThat(kv.apply("GET", "new")).isEqualTo("$1 4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NX XX", "NX IFEQ 1", "EX", "PX", "IFEQ", "EX 1 PX 1", "KEEPTTL EX 1",
      "WHAT", "EX 1 EX 2"})
  void setRefusesWrongOptions(String options) {
    String[] words = ("SET k v " + options).split(" ");
    assertThat(kv.apply(words)).isEqualTo("-ERR syntax error");
    assertThat(kv.apply("GET", "k")).isEqualTo("$-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"EX 0", "PX -1", "EX 9223372036854775807", "PX 9223372036854775807"})
  void setRefusesTimesOutOfRange(String options) {
    String[] words = ("SET k v " + options).split(" ");
    assertThat(kv.apply(words)).isEqualTo("-ERR invalid expire time in 'set' command");
    assertThat(kv.apply("SET", "k", "v", "EX", "x")).isEqualTo(NOT_AN_INTEGER);
  }

  @Test
  void getSetSetNxAndCas() {
    assertThat(kv.apply("GETSET", "k", "1")).isEqualTo("$-1");
    assertThat(kv.apply("GETSET", "k", "2")).isEqualTo("$1 1");
    assertThat(kv.apply("SETNX", "k", "3")).isEqualTo(":0");
    assertThat(kv.apply("SETNX", "n", "3")).isEqualTo(":1");
    assertThat(kv.apply("CAS", "k", "1", "9")).isEqualTo(":0");
    assertThat(kv.apply("CAS", "k", "2", "9")).isEqualTo(":1");
    assertThat(kv.apply("CAS", "none", "", "9")).isEqualTo(":0");
    assertThat(kv.apply("GET", "k")).isEqualTo("$1 9");
  }

  @Test
  void manyKeysAtOnce() {
    assertThat(kv.apply("MSET", "a", "1", "b", "2")).isEqualTo("+OK");
    assertThat(kv.apply("MGET", "a", "x", "b")).isEqualTo("*3 $1 1 $-1 $1 2");
    assertThat(kv.apply("MSET", "a", "1", "b"))
        .isEqualTo("-ERR wrong number of arguments for 'mset' command");
    assertThat(kv.apply("EXISTS", "a", "a", "x")).isEqualTo(":2");
    assertThat(kv.apply("DEL", "a", "x", "a")).isEqualTo(":1");
    assertThat(kv.apply("DBSIZE")).isEqualTo(":1");
  }

  @Test
  void countersCountAndKeepTheirTimeToLive() {
    assertThat(kv.apply("INCR", "n")).isEqualTo(":1");
    assertThat(kv.apply("INCRBY", "n", "41")).isEqualTo(":42");
    assertThat(kv.apply("DECR", "n")).isEqualTo(":41");
    assertThat(kv.apply("DECRBY", "n", "50")).isEqualTo(":-9");
    assertThat(kv.apply("GET", "n")).isEqualTo("$2 -9");
    kv.apply("PEXPIRE", "n", "500");
    kv.apply("INCR", "n");
    assertThat(kv.apply("PTTL", "n")).isEqualTo(":500");
    kv.apply("SET", "big", "4294967296");
    assertThat(kv.apply("INCR", "big")).isEqualTo(":4294967297");
  }

  @ParameterizedTest
  @CsvSource({"x", "1.0", "' 1'", "+1", "01", "-0", "-", "9223372036854775808", "''"})
  void countersRefuseWhatIsNoInteger(String value) {
    kv.apply("SET", "n", value);
    assertThat(kv.apply("INCR", "n")).isEqualTo(NOT_AN_INTEGER);
    assertThat(kv.apply("INCRBY", "m", value)).isEqualTo(NOT_AN_INTEGER);
    assertThat(kv.apply("EXISTS", "m")).isEqualTo(":0");
  }

  @Test
  void countersDoNotOverflow() {
    String overflow = "-ERR increment or decrement would overflow";
    kv.apply("SET", "n", "9223372036854775807");
    assertThat(kv.apply("INCR", "n")).isEqualTo(overflow);
    kv.apply("SET", "n", "-9223372036854775808");
    assertThat(kv.apply("DECR", "n")).isEqualTo(overflow);
    assertThat(kv.apply("DECRBY", "n", "-9223372036854775808"))
        .isEqualTo("-ERR decrement would overflow");
    assertThat(kv.apply("INCRBY", "n", "9223372036854775807")).isEqualTo(":-1");
  }

  @Test
  void appendAndLength() {
    assertThat(kv.apply("STRLEN", "k")).isEqualTo(":0");
    assertThat(kv.apply("APPEND", "k", "ab")).isEqualTo(":2");
    kv.apply("EXPIRE", "k", "10");
    assertThat(kv.apply("APPEND", "k", "cde")).isEqualTo(":5");
    assertThat(kv.apply("TTL", "k")).isEqualTo(":10");
    assertThat(kv.apply("STRLEN", "k")).isEqualTo(":5");
    assertThat(kv.apply("GET", "k")).isEqualTo("$5 abcde");
  }

  @Test
  void appendStopsAtTheLimit() {
    byte[] key = {'k'};
    kv.apply(KvCodec.encode(Op.SET, key, new byte[StringCommands.LONGEST_VALUE]));
    assertThat(kv.apply("APPEND", "k", "x")).startsWith("-ERR string exceeds maximum");
    assertThat(kv.apply("STRLEN", "k")).isEqualTo(":" + StringCommands.LONGEST_VALUE);
  }
}
