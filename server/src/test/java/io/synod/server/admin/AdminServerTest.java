package io.synod.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.synod.api.plugin.Settings;
import io.synod.api.transport.PeerAddress;
import io.synod.server.FakeNode;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminServerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final FakeNode node = new FakeNode();
  @TempDir
  private Path directory;
  private AdminServer server;
  private AdminClient client;
  private int port;

  @BeforeEach
  void start() throws IOException {
    server = new AdminServer(node, new DiskUse(directory), Settings.DEFAULTS);
    port = server.start(new PeerAddress("127.0.0.1", 0));
    client = AdminClient.of("127.0.0.1:" + port);
  }

  @AfterEach
  void stop() {
    server.close();
    node.close();
  }

  @Test
  void statusHasTheFieldsOfTheContract() throws IOException {
    Files.write(directory.resolve("file"), new byte[1234]);
    JsonNode status = client.get("/status", PATIENCE);
    assertThat(status.path("node").asText()).isEqualTo("n1");
    assertThat(status.path("leader").asText()).isEqualTo("n1");
    for (String field : new String[] {"ballot", "era", "decided", "applied", "lag", "waiting"}) {
      assertThat(status.hasNonNull(field)).as(field).isTrue();
    }
    assertThat(status.path("diskBytes").asLong()).isEqualTo(1234);
    assertThat(status.path("members").get(0).path("id").asText()).isEqualTo("n1");
    assertThat(status.path("members").get(0).path("leader").asBoolean()).isTrue();
  }

  @Test
  void probesSayWhetherTheNodeLivesAndServes() {
    assertThat(client.get("/live", PATIENCE).path("live").asBoolean()).isTrue();
    assertThat(client.get("/ready", PATIENCE).path("ready").asBoolean()).isTrue();
    node.setLeaderless(true);
    assertThat(client.get("/live", PATIENCE).path("live").asBoolean()).isTrue();
    assertThatThrownBy(() -> client.get("/ready", PATIENCE)).hasMessageContaining("no leader");
    assertThat(client.get("/status", PATIENCE).get("leader").isNull()).isTrue();
    node.close();
    assertThatThrownBy(() -> client.get("/live", PATIENCE)).hasMessageContaining("has stopped");
  }

  @Test
  void snapshotAnswersWhatWasTaken() {
    JsonNode taken = client.post("/snapshot", PATIENCE);
    assertThat(taken.path("bytes").asLong()).isEqualTo(123);
    assertThat(taken.hasNonNull("instance")).isTrue();
    assertThat(taken.hasNonNull("millis")).isTrue();
    assertThatThrownBy(() -> client.get("/snapshot", PATIENCE))
        .hasMessageContaining("/snapshot takes POST");
    assertThatThrownBy(() -> client.get("/nothing", PATIENCE))
        .hasMessageContaining("there is no /nothing");
  }

  @Test
  void garbageClosesThatConnectionOnly() throws IOException {
    Random random = new Random(11);
    for (int i = 0; i < 50; i++) {
      byte[] garbage = new byte[1 + random.nextInt(300)];
      random.nextBytes(garbage);
      garbage[garbage.length - 1] = '\n';
      try (Socket socket = new Socket("127.0.0.1", port)) {
        socket.getOutputStream().write(garbage);
        socket.shutdownOutput();
        socket.setSoTimeout(20_000);
        socket.getInputStream().readAllBytes();
      } catch (java.net.SocketException e) {
        assertThat(e).as("closed with bytes unread").hasMessageContaining("reset");
      }
    }
    assertThat(client.get("/live", PATIENCE).path("live").asBoolean()).isTrue();
  }

  @Test
  void aLargeBodyIsRefused() throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(("POST /snapshot HTTP/1.1\r\nHost: x\r\n"
          + "Content-Length: 99999999999\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      String answer = new String(
          socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(answer).startsWith("HTTP/1.1 413");
    }
  }

  @Test
  void nobodyThereIsOneSentenceThatNamesTheAddress() {
    server.close();
    assertThatThrownBy(() -> client.get("/status", PATIENCE))
        .hasMessageContaining("127.0.0.1:" + port).hasMessageContaining("synod.admin.listen");
    assertThatThrownBy(() -> AdminClient.of("nonsense")).hasMessageContaining("--server");
  }
}
