package io.synod.server.resp;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.model.InstanceId;
import io.synod.api.replication.Outcome;
import io.synod.api.replication.ReadMode;
import io.synod.server.ServerSettings;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RespCommandsTest {
  private RespFixture fixture;
  private RespFixture.Raw client;

  @BeforeEach
  void start() throws IOException {
    fixture = new RespFixture();
    client = fixture.connect();
  }

  @AfterEach
  void stop() throws IOException {
    fixture.close();
  }

  @Test
  void connectionCommands() throws IOException {
    assertThat(client.ask("PING")).isEqualTo("+PONG");
    assertThat(client.ask("ping", "x")).isEqualTo("$1 x");
    assertThat(client.ask("ECHO", "")).isEqualTo("$0 ");
    assertThat(client.ask("SELECT", "0")).isEqualTo("+OK");
    assertThat(client.ask("SELECT", "1")).startsWith("-ERR DB index is out of range");
    assertThat(client.ask("AUTH", "x")).startsWith("-ERR AUTH called without any password");
    assertThat(client.ask("COMMAND", "COUNT")).isEqualTo(":" + Command.list().size());
    assertThat(client.ask("COMMAND")).startsWith("*" + Command.list().size() + " *6 $3 get :2");
    assertThat(client.ask("COMMAND", "INFO", "mset", "x"))
        .isEqualTo("*2 *6 $4 mset :-3 *1 +write :1 :-1 :2 $-1");
    assertThat(client.ask("COMMAND", "DOCS")).isEqualTo("*0");
    assertThat(client.ask("CONFIG", "GET", "appendonly")).isEqualTo("*2 $10 appendonly $3 yes");
    assertThat(client.ask("CLIENT", "SETNAME", "me")).isEqualTo("+OK");
    assertThat(client.ask("CLIENT", "GETNAME")).isEqualTo("$2 me");
    assertThat(client.ask("INFO")).contains("role:master").contains("synod_node:n1");
    assertThat(client.ask("QUIT")).isEqualTo("+OK");
    assertThat(client.line()).isNull();
  }

  @Test
  void unknownCommandsAndWrongArityAreNamed() throws IOException {
    assertThat(client.ask("FOO", "bar")).isEqualTo(
        "-ERR unknown command 'FOO', with args beginning with: 'bar' ");
    assertThat(client.ask("\r\n", "\n")).startsWith("-ERR unknown command '  '");
    assertThat(client.ask("MULTI", "x"))
        .isEqualTo("-ERR wrong number of arguments for 'multi' command");
    assertThat(client.ask("GET")).isEqualTo("-ERR wrong number of arguments for 'get' command");
    assertThat(fixture.node.applied()).isZero();
    assertThat(client.ask("DIGEST")).startsWith("-ERR unknown command");
  }

  @Test
  void helloSpeaksTwoAndThree() throws IOException {
    assertThat(client.ask("HELLO")).startsWith("*14 $6 server $5 synod");
    assertThat(client.ask("HELLO", "4")).startsWith("-NOPROTO");
    assertThat(client.ask("HELLO", "3", "SETNAME", "me")).startsWith("%7 ").contains("proto :3");
    assertThat(client.ask("GET", "k")).isEqualTo("_");
    client.ask("SET", "k", "$-1\r\nx");
    assertThat(client.ask("MGET", "none", "k", "none")).isEqualTo("*3 _ $6 $-1\r\nx _");
    assertThat(client.ask("HELLO", "2")).startsWith("*14");
    assertThat(client.ask("GET", "none")).isEqualTo("$-1");
  }

  @Test
  void aPasswordIsAskedForBeforeAnythingElse() throws IOException {
    try (RespFixture locked = new RespFixture(
        RespFixture.with(ServerSettings.RESP_PASSWORD, "secret"))) {
      RespFixture.Raw raw = locked.connect();
      assertThat(raw.ask("GET", "k")).startsWith("-NOAUTH");
      assertThat(raw.ask("HELLO", "3")).startsWith("-NOAUTH");
      assertThat(raw.ask("AUTH", "wrong")).startsWith("-WRONGPASS");
      assertThat(raw.ask("PING")).startsWith("-NOAUTH");
      assertThat(raw.ask("HELLO", "2", "AUTH", "default", "secret")).startsWith("*14");
      assertThat(raw.ask("GET", "k")).isEqualTo("$-1");
    }
  }

  @Test
  void multiIsOneCommand() throws IOException {
    assertThat(client.ask("EXEC")).isEqualTo("-ERR EXEC without MULTI");
    assertThat(client.ask("DISCARD")).isEqualTo("-ERR DISCARD without MULTI");
    assertThat(client.ask("MULTI")).isEqualTo("+OK");
    assertThat(client.ask("MULTI")).startsWith("-ERR MULTI calls can not be nested");
    assertThat(client.ask("SET", "k", "1")).isEqualTo("+QUEUED");
    assertThat(client.ask("INCR", "k")).isEqualTo("+QUEUED");
    assertThat(client.ask("GET", "k")).isEqualTo("+QUEUED");
    assertThat(client.ask("EXEC")).isEqualTo("*3 +OK :2 $1 2");
    assertThat(fixture.node.applied()).isEqualTo(1);
    client.ask("MULTI");
    assertThat(client.ask("SET", "k", "9")).isEqualTo("+QUEUED");
    assertThat(client.ask("DISCARD")).isEqualTo("+OK");
    assertThat(client.ask("GET", "k")).isEqualTo("$1 2");
  }

  @Test
  void aSpoiledMultiDoesNothing() throws IOException {
    for (String[] wrong : new String[][] {{"NOSUCH"}, {"GET"}, {"PING"}, {"SET", "k", "x".repeat(
        RespFixture.LIMIT)}}) {
      client.ask("MULTI");
      assertThat(client.ask("SET", "k", "9")).isEqualTo("+QUEUED");
      assertThat(client.ask(wrong)).startsWith("-ERR");
      assertThat(client.ask("EXEC")).startsWith("-EXECABORT");
    }
    client.ask("MULTI");
    String large = "x".repeat(RespFixture.LIMIT / 2);
    assertThat(client.ask("SET", "k", large)).isEqualTo("+QUEUED");
    assertThat(client.ask("SET", "k", large)).startsWith("-ERR request too large");
    assertThat(client.ask("EXEC")).startsWith("-EXECABORT");
    assertThat(fixture.node.applied()).isZero();
  }

  @Test
  void onceTakesEffectOnceOverAnyConnection() throws IOException {
    assertThat(client.ask("ONCE", "me", "1", "INCR", "n")).isEqualTo(":1");
    assertThat(fixture.connect().ask("ONCE", "me", "1", "INCR", "n")).isEqualTo(":1");
    assertThat(client.ask("ONCE", "me", "2", "INCR", "n")).isEqualTo(":2");
    assertThat(client.ask("ONCE", "me", "x", "INCR", "n")).startsWith("-ERR value is not");
    assertThat(client.ask("ONCE", "me", "3", "INCR")).startsWith("-ERR wrong number");
    assertThat(client.ask("ONCE", "me", "3", "ONCE", "me", "4", "INCR", "n")).startsWith("-ERR");
  }

  @Test
  void readModes() throws IOException {
    client.ask("SET", "k", "v");
    assertThat(client.ask("GET", "k")).isEqualTo("$1 v");
    assertThat(client.ask("READMODE", "stale")).isEqualTo("+OK");
    client.ask("SET", "k", "w");
    assertThat(client.ask("GET", "k")).isEqualTo("$1 w");
    assertThat(client.ask("READMODE", "lease")).isEqualTo("+OK");
    assertThat(client.ask("GET", "k")).isEqualTo("$1 w");
    assertThat(client.ask("READMODE", "follower")).isEqualTo("+OK");
    assertThat(client.ask("GET", "k")).isEqualTo("$1 w");
    assertThat(client.ask("READMODE", "sloppy")).startsWith("-ERR READMODE is");
    assertThat(fixture.node.modes()).containsExactly(
        ReadMode.LINEARIZABLE, ReadMode.STALE, ReadMode.LEASE, ReadMode.FOLLOWER);
    assertThat(fixture.node.minima().get(1)).as("a stale read shows at least what was answered")
        .isEqualTo(InstanceId.of(2));
  }

  @Test
  void outcomesSayWhatMayBeConcluded() throws IOException {
    fixture.node.refuse(new Outcome.Rejected(Outcome.Rejected.Reason.OVERLOADED, "full"));
    assertThat(client.ask("SET", "k", "v")).startsWith("-BUSY").endsWith("full");
    fixture.node.refuse(new Outcome.Rejected(Outcome.Rejected.Reason.UNAVAILABLE, "no leader"));
    assertThat(client.ask("SET", "k", "v")).startsWith("-UNAVAILABLE").endsWith("no leader");
    fixture.node.refuse(new Outcome.Rejected(Outcome.Rejected.Reason.TOO_LARGE, "1 MB"));
    assertThat(client.ask("SET", "k", "v")).startsWith("-ERR request too large").endsWith("1 MB");
    fixture.node.refuse(new Outcome.Indeterminate("leader lost"));
    assertThat(client.ask("SET", "k", "v")).isEqualTo("-TIMEOUT outcome unknown: leader lost");
    fixture.node.refuseReads(true);
    client.send(RespFixture.Raw.encode("GET", "a") + RespFixture.Raw.encode("GET", "b"));
    assertThat(client.reply()).isEqualTo("-UNAVAILABLE nothing was done: no quorum");
    assertThat(client.reply()).isEqualTo("-UNAVAILABLE nothing was done: no quorum");
  }

  @Test
  void withoutAnAnswerInTimeAWriteIsUnknownAndAReadUnavailable() throws IOException {
    try (RespFixture impatient = new RespFixture(RespFixture.impatient())) {
      impatient.node.holdCommands();
      impatient.node.holdReads();
      RespFixture.Raw raw = impatient.connect();
      assertThat(raw.ask("SET", "k", "v")).isEqualTo(
          "-TIMEOUT outcome unknown: no answer within 50 ms");
      assertThat(raw.ask("GET", "k")).isEqualTo(
          "-UNAVAILABLE nothing was done: no answer within 50 ms");
      impatient.node.releaseCommands();
      impatient.node.releaseReads();
      assertThat(raw.ask("GET", "k")).as("late answers do not shift the replies")
          .isEqualTo("$1 v");
    }
  }
}
