package io.synod.server.resp;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.server.ServerSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RespPipelineTest {
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

  private static String cmd(String... words) {
    return RespFixture.Raw.encode(words);
  }

  @Test
  void aReadSeesTheWritesBeforeItOnItsConnection() throws IOException {
    fixture.node.holdCommands();
    client.send(cmd("SET", "k", "1") + cmd("GET", "k"));
    fixture.connect().ask("GET", "k");
    fixture.node.releaseCommands();
    assertThat(client.reply()).isEqualTo("+OK");
    assertThat(client.reply()).isEqualTo("$1 1");
  }

  @Test
  void aReadDoesNotSeeTheWritesAfterIt() throws IOException {
    client.ask("SET", "k", "old");
    fixture.node.holdReads();
    client.send(cmd("GET", "k") + cmd("SET", "k", "new") + cmd("GET", "k"));
    fixture.connect().ask("SET", "other", "1");
    assertThat(fixture.node.applied()).as("the write waits for the read").isEqualTo(2);
    fixture.node.releaseReads();
    assertThat(client.reply()).isEqualTo("$3 old");
    assertThat(client.reply()).isEqualTo("+OK");
    assertThat(client.reply()).isEqualTo("$3 new");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aRandomPipelineAnswersAsIfOneByOne(long seed) throws Exception {
    Random random = new Random(seed);
    StringBuilder bytes = new StringBuilder();
    StringBuilder expected = new StringBuilder();
    int value = 0;
    client.ask("SET", "n", "0");
    for (int i = 0; i < 20_000; i++) {
      switch (random.nextInt(4)) {
        case 0 -> {
          bytes.append(cmd("INCR", "n"));
          expected.append(":").append(++value).append('\n');
        }
        case 1 -> {
          bytes.append(cmd("PING"));
          expected.append("+PONG\n");
        }
        default -> {
          bytes.append(cmd("GET", "n"));
          expected.append("$").append(("" + value).length()).append(' ').append(value).append('\n');
        }
      }
    }
    sendInPieces(random, bytes.toString());
    StringBuilder got = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      got.append(client.reply()).append('\n');
    }
    assertThat(got.toString()).isEqualTo(expected.toString());
  }

  private void sendInPieces(Random random, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    CompletableFuture.runAsync(() -> {
      try {
        OutputStream out = client.socket.getOutputStream();
        int at = 0;
        while (at < bytes.length) {
          int length = Math.min(bytes.length - at, 1 + random.nextInt(5000));
          out.write(bytes, at, length);
          at += length;
        }
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    });
  }

  @Test
  void aHundredThousandRequestsInOneGoStopTheReadingNotTheServer() throws Exception {
    fixture.node.holdCommands();
    byte[] all = cmd("INCR", "n").repeat(100_000).getBytes(StandardCharsets.ISO_8859_1);
    CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
      try {
        client.socket.getOutputStream().write(all);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    });
    assertThat(fixture.connect().ask("PING")).isEqualTo("+PONG");
    fixture.node.releaseCommands();
    for (int i = 1; i <= 100_000; i++) {
      assertThat(client.line()).isEqualTo(":" + i);
    }
    sent.join();
  }

  @Test
  void aRequestArrivingByteByByteIsUnderstood() throws IOException {
    client.socket.setTcpNoDelay(true);
    String text = cmd("SET", "k", "va\r\nlue") + "GET k\r\n" + cmd("GET", "k") + "\r\nPING\n";
    for (char c : text.toCharArray()) {
      client.send(String.valueOf(c));
    }
    assertThat(client.reply()).isEqualTo("+OK");
    assertThat(client.reply()).isEqualTo("$7 va\r\nlue");
    assertThat(client.reply()).isEqualTo("$7 va\r\nlue");
    assertThat(client.reply()).isEqualTo("+PONG");
  }

  @Test
  void inlineWordsMayStandInQuotes() throws IOException {
    client.send("set  k 'a b'  \r\nget \"k\"\r\n");
    assertThat(client.reply()).isEqualTo("+OK");
    assertThat(client.reply()).isEqualTo("$3 a b");
    client.send("get \"k\r\n");
    assertThat(client.line()).isEqualTo("-ERR Protocol error: unbalanced quotes in request");
    assertThat(client.line()).isNull();
  }

  @Test
  void aTooLargeRequestIsSkippedAndTheConnectionSurvives() throws IOException {
    String large = "x".repeat(300_000);
    client.send(cmd("SET", "a", "1") + cmd("SET", large, large) + cmd("MSET", "b", large, "c",
        large) + cmd("GET", "a"));
    assertThat(client.reply()).isEqualTo("+OK");
    assertThat(client.reply()).contains("request too large").contains("4096");
    assertThat(client.reply()).contains("request too large");
    assertThat(client.reply()).isEqualTo("$1 1");
    assertThat(client.ask("DBSIZE")).isEqualTo(":1");
    assertThat(client.ask("SET", "k", "x".repeat(RespFixture.LIMIT - 16))).isEqualTo("+OK");
    assertThat(client.ask("SET", "k", "x".repeat(RespFixture.LIMIT - 15))).contains("too large");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*1000000000\r\n", "*x\r\n", "*\r\n", "*99999999999999999999\r\n",
      "*1\r\n$-2\r\n", "*1\r\n$2147483647\r\n", "*1\r\n$9223372036854775807\r\n", "*1\r\n:1\r\n",
      "*1\r\n$1\r\nxyz", "*1\r\n$1\n", "*2\r\n*1\r\n", "*11111111111111111111111111111111"})
  void nonsenseIsRefusedAndClosesThatConnectionOnly(String bytes) throws IOException {
    client.send(cmd("SET", "k", "v") + bytes);
    assertThat(client.reply()).isEqualTo("+OK");
    assertThat(client.line()).startsWith("-ERR Protocol error: ");
    assertThat(client.line()).isNull();
    assertThat(fixture.connect().ask("GET", "k")).isEqualTo("$1 v");
  }

  @Test
  void emptyArraysAreIgnored() throws IOException {
    client.send("*0\r\n*-1\r\n\r\n\n" + cmd("PING"));
    assertThat(client.reply()).isEqualTo("+PONG");
  }

  @Test
  void garbageNeverHarmsTheOthers() throws IOException {
    Random random = new Random(3);
    for (int i = 0; i < 200; i++) {
      byte[] garbage = new byte[random.nextInt(500)];
      random.nextBytes(garbage);
      RespFixture.Raw raw = fixture.connect();
      try {
        raw.socket.getOutputStream().write(garbage);
        raw.socket.shutdownOutput();
      } catch (SocketException e) {
        assertThat(raw.socket.isConnected()).as("closed by the server meanwhile").isTrue();
      }
    }
    assertThat(client.ask("PING")).isEqualTo("+PONG");
  }

  @Test
  void aClientThatDoesNotFetchItsRepliesIsCut() throws Exception {
    try (RespFixture small = new RespFixture(
        RespFixture.with(ServerSettings.RESP_STALL_TIMEOUT, Duration.ofMillis(200)))) {
      RespFixture.Raw lazy = small.connect();
      lazy.ask("SET", "k", "x".repeat(4000));
      byte[] gets = cmd("GET", "k").repeat(1000).getBytes(StandardCharsets.ISO_8859_1);
      CompletableFuture<Boolean> cut = CompletableFuture.supplyAsync(() -> {
        try {
          while (true) {
            lazy.socket.getOutputStream().write(gets);
          }
        } catch (IOException e) {
          return true;
        }
      });
      assertThat(cut.get(20, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
      assertThat(small.connect().ask("PING")).isEqualTo("+PONG");
    }
  }

  @Test
  void halfRequestsAndIdleConnectionsAreClosed() throws Exception {
    try (RespFixture strict = new RespFixture(
        RespFixture.with(ServerSettings.RESP_STALL_TIMEOUT, Duration.ofMillis(100))
            .with(ServerSettings.RESP_IDLE_TIMEOUT, Duration.ofMillis(300)))) {
      assertThat(strict.connect().send("*2\r\n$3\r\nGE").line()).isNull();
      assertThat(strict.connect().line()).isNull();
    }
  }

  @Test
  void moreConnectionsThanAllowedAreTold() throws IOException {
    try (RespFixture few = new RespFixture(
        RespFixture.with(ServerSettings.RESP_MAX_CONNECTIONS, 1))) {
      RespFixture.Raw first = few.connect();
      assertThat(first.ask("PING")).isEqualTo("+PONG");
      assertThat(few.connect().line()).startsWith("-ERR max number of clients reached");
      first.socket.close();
      Awaitility.await().untilAsserted(() ->
          assertThat(few.connect().send("PING\r\n").line()).isEqualTo("+PONG"));
    }
  }

  @Test
  void closingAnswersWhatIsThere() throws Exception {
    fixture.node.holdCommands();
    client.send(cmd("SET", "k", "v"));
    fixture.connect().ask("GET", "k");
    CompletableFuture<Void> closed = CompletableFuture.runAsync(fixture.server()::close);
    fixture.node.releaseCommands();
    assertThat(client.reply()).isEqualTo("+OK");
    assertThat(client.line()).isNull();
    closed.join();
  }
}
