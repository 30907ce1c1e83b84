package io.synod.server.kv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyCommandsTest {
  private final Machine kv = new Machine();

  @Test
  void keysExpireByLogTimeOnly() {
    kv.apply("SET", "k", "v", "PX", "100");
    assertThat(kv.apply("PTTL", "k")).isEqualTo(":100");
    kv.time += 99;
    assertThat(kv.query("GET", "k")).as("queries see the time of the last command")
        .isEqualTo("$1 v");
    assertThat(kv.apply("GET", "k")).isEqualTo("$1 v");
    kv.time += 1;
    assertThat(kv.query("GET", "k")).isEqualTo("$1 v");
    assertThat(kv.apply("GET", "k")).isEqualTo("$-1");
    assertThat(kv.query("GET", "k")).isEqualTo("$-1");
    assertThat(kv.query("TTL", "k")).isEqualTo(":-2");
  }

  @Test
  void moreKeysThanAreRemovedAtOnceAreInvisibleAllTheSame() {
    for (int i = 0; i < 1000; i++) {
      kv.apply("SET", "k" + i, "v", "EX", "1");
    }
    kv.apply("SET", "stays", "v");
    kv.time += 1000;
    assertThat(kv.apply("DBSIZE")).isEqualTo(":1");
    assertThat(kv.apply("KEYS", "*")).isEqualTo("*1 $5 stays");
    assertThat(kv.apply("SETNX", "k999", "again")).isEqualTo(":1");
    for (int i = 0; i < 5; i++) {
      kv.apply("DBSIZE");
    }
    assertThat(kv.apply("DBSIZE")).isEqualTo(":2");
    assertThat(kv.apply("GET", "k999")).isEqualTo("$5 again");
  }

  @Test
  void expireAndPersist() {
    assertThat(kv.apply("EXPIRE", "k", "10")).isEqualTo(":0");
    kv.apply("SET", "k", "v");
    assertThat(kv.apply("TTL", "k")).isEqualTo(":-1");
    assertThat(kv.apply("PERSIST", "k")).isEqualTo(":0");
    assertThat(kv.apply("EXPIRE", "k", "10")).isEqualTo(":1");
    assertThat(kv.apply("TTL", "k")).isEqualTo(":10");
    assertThat(kv.apply("PEXPIRE", "k", "1499")).isEqualTo(":1");
    assertThat(kv.apply("TTL", "k")).isEqualTo(":1");
    assertThat(kv.apply("PERSIST", "k")).isEqualTo(":1");
    assertThat(kv.apply("PTTL", "k")).isEqualTo(":-1");
    assertThat(kv.apply("EXPIRE", "k", "-1")).isEqualTo(":1");
    assertThat(kv.apply("EXISTS", "k")).isEqualTo(":0");
    assertThat(kv.apply("EXPIRE", "k", "x"))
        .isEqualTo("-ERR value is not an integer or out of range");
    assertThat(kv.apply("EXPIRE", "k", "9223372036854775807"))
        .isEqualTo("-ERR invalid expire time in 'expire' command");
    assertThat(kv.apply("EXPIRE", "k", "-9223372036854775808"))
        .isEqualTo("-ERR invalid expire time in 'expire' command");
  }

  @Test
  void expireObeysItsConditions() {
    kv.apply("SET", "k", "v");
    assertThat(kv.apply("EXPIRE", "k", "10", "XX")).isEqualTo(":0");
    assertThat(kv.apply("EXPIRE", "k", "10", "GT")).isEqualTo(":0");
    assertThat(kv.apply("EXPIRE", "k", "10", "NX")).isEqualTo(":1");
    assertThat(kv.apply("EXPIRE", "k", "20", "NX")).isEqualTo(":0");
    assertThat(kv.apply("EXPIRE", "k", "20", "LT")).isEqualTo(":0");
    assertThat(kv.apply("EXPIRE", "k", "20", "gt")).isEqualTo(":1");
    assertThat(kv.apply("EXPIRE", "k", "20", "QQ")).isEqualTo("-ERR Unsupported option QQ");
  }

  @Test
  void aPlainSetDropsTheTimeToLiveAndKeepTtlKeepsIt() {
    kv.apply("SET", "k", "v", "EX", "1");
    kv.apply("SET", "k", "w", "KEEPTTL");
    assertThat(kv.apply("PTTL", "k")).isEqualTo(":1000");
    kv.apply("SET", "k", "w");
    assertThat(kv.apply("PTTL", "k")).isEqualTo(":-1");
    kv.time += 5000;
    assertThat(kv.apply("GET", "k")).isEqualTo("$1 w");
  }

  @Test
  void scanSeesEveryKeyOnce() {
    Set<String> expected = new TreeSet<>();
    for (int i = 0; i < 5000; i++) {
      kv.apply("SET", "key:" + i, "v");
      expected.add("key:" + i);
    }
    Set<String> found = new TreeSet<>();
    String cursor = "0";
    do {
      String[] reply = kv.query("SCAN", cursor, "COUNT", "100").split(" ");
      cursor = reply[2];
      for (int i = 5; i < reply.length; i += 2) {
        assertThat(found.add(reply[i])).isTrue();
      }
    } while (!cursor.equals("0"));
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void scanFiltersAndRefuses() {
    kv.apply("MSET", "a1", "", "a2", "", "b1", "");
    assertThat(kv.query("SCAN", "0", "MATCH", "b*", "COUNT", "1000"))
        .isEqualTo("*2 $1 0 *1 $2 b1");
    assertThat(kv.query("SCAN", "0", "type", "string", "COUNT", "9")).startsWith("*2 $1 0 *3");
    assertThat(kv.query("SCAN", "x")).isEqualTo("-ERR invalid cursor");
    assertThat(kv.query("SCAN", "-1")).isEqualTo("-ERR invalid cursor");
    assertThat(kv.query("SCAN", "9999999")).isEqualTo("*2 $1 0 *0");
    assertThat(kv.query("SCAN", "0", "COUNT", "0")).isEqualTo("-ERR syntax error");
    assertThat(kv.query("SCAN", "0", "COUNT")).isEqualTo("-ERR syntax error");
    assertThat(kv.query("SCAN", "0", "WHAT", "1")).isEqualTo("-ERR syntax error");
  }

  @ParameterizedTest
  @CsvSource({"*,abc,true", "a*c,abc,true", "a*c,abd,false", "a?c,abc,true", "a?c,ac,false",
      "[a-c]x,bx,true", "[^a-c]x,bx,false", "[^a-c]x,dx,true", "[c-a]x,bx,true", "a\\*,a*,true",
      "a\\*,ab,false", "*a*b*c*,xxaxxbxxcxx,true", "*a*b*c*,xxaxxcxxbxx,false", "'',a,false",
      "[abc,a,true", "[,a,false", "a\\,a\\,true", "[\\]]x,]x,true", "**,'',true"})
  void patternsMatchAsInRedis(String pattern, String text, boolean matches) {
    assertThat(new Glob(pattern.getBytes(UTF_8)).matches(text.getBytes(UTF_8)))
        .isEqualTo(matches);
  }

  @Test
  void flushAllRemovesEverything() {
    kv.apply("SET", "a", "1", "EX", "1");
    assertThat(kv.apply("FLUSHALL", "LATER")).isEqualTo("-ERR syntax error");
    assertThat(kv.apply("FLUSHALL", "async")).isEqualTo("+OK");
    assertThat(kv.apply("DBSIZE")).isEqualTo(":0");
    kv.apply("SET", "a", "1");
    kv.time += 5000;
    assertThat(kv.apply("GET", "a")).isEqualTo("$1 1");
  }
}
