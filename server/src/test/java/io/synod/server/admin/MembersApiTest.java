package io.synod.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.synod.api.membership.Change;
import io.synod.api.membership.ChangeOutcome;
import io.synod.api.membership.Seat;
import io.synod.api.model.ConsensusMode;
import io.synod.api.model.Era;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.Settings;
import io.synod.api.transport.PeerAddress;
import io.synod.server.FakeMembership;
import io.synod.server.FakeNode;
import io.synod.server.ServerSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MembersApiTest {
  private static final Duration STALL = Duration.ofMillis(300);
  private static final String REMOVE = "{\"kind\":\"remove\",\"id\":\"n1\"}";

  private final FakeNode node = new FakeNode();
  private final FakeMembership membership = new FakeMembership();
  private final HttpClient http = HttpClient.newHttpClient();
  private AdminServer server;
  private int port;

  @BeforeEach
  void start() throws IOException {
    node.membership(membership);
    server = new AdminServer(node, new DiskUse(Path.of("")),
        Settings.DEFAULTS.with(ServerSettings.ADMIN_STALL_TIMEOUT, STALL));
    port = server.start(new PeerAddress("127.0.0.1", 0));
  }

  @AfterEach
  void stop() {
    server.close();
    node.close();
  }

  private HttpRequest request(String path, String body) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + port + path)).timeout(Duration.ofSeconds(20));
    return body == null ? builder.build()
        : builder.POST(HttpRequest.BodyPublishers.ofString(body)).build();
  }

  private HttpResponse<String> send(String path, String body) throws Exception {
    return http.send(request(path, body), HttpResponse.BodyHandlers.ofString());
  }

  private static Seat seat(String text) {
    return Seat.parse(text);
  }

  static List<Change> changes() {
    return List.of(new Change.Add(seat("n4@host:7374=learner")), new Change.Remove(NodeId.of("n1")),
        new Change.Replace(NodeId.of("n1"), seat("n4@host:7374")),
        new Change.Set(List.of(seat("n4@host:7374"), seat("n5@host:7375"))),
        new Change.Whole(List.of(seat("n4@host:7374")), "all"), new Change.Quorum("majority"),
        new Change.Mode(ConsensusMode.FAST));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void everyKindOfChangeArrivesAsItWasSent(Change change) throws Exception {
    membership.end(new ChangeOutcome.Refused("no"));
    for (Optional<Era> era : List.of(Optional.<Era>empty(), Optional.of(new Era(3)))) {
      ChangeRequest sent = new ChangeRequest(era, change);
      assertThat(ChangeRequest.parse(sent.toJson())).isEqualTo(sent);
      send("/members", new String(sent.toJson(), StandardCharsets.UTF_8));
    }
    assertThat(membership.asked()).containsExactly(
        new FakeMembership.Asked(Optional.empty(), change),
        new FakeMembership.Asked(Optional.of(new Era(3)), change));
  }

  @Test
  void everyOutcomeHasItsStatusCode() throws Exception {
    List<ChangeOutcome> outcomes = List.of(
        FakeMembership.active(new Change.Remove(NodeId.of("n1")), "n1"),
        new ChangeOutcome.Refused("because"), new ChangeOutcome.Indeterminate("who knows"),
        new ChangeOutcome.NotLeader(Optional.of(NodeId.of("n2"))));
    List<Integer> codes = List.of(200, 409, 504, 503);
    List<String> words = List.of("\"safeToStop\":[\"n1\"]", "because", "not known", "n2 does");
    for (int i = 0; i < outcomes.size(); i++) {
      FakeMembership fresh = new FakeMembership();
      fresh.end(outcomes.get(i));
      node.membership(fresh);
      HttpResponse<String> answer = send("/members", REMOVE);
      assertThat(answer.statusCode()).isEqualTo(codes.get(i));
      assertThat(answer.body()).contains(words.get(i));
    }
    membership.fail(new IllegalArgumentException("n1 is no member"));
    node.membership(membership);
    assertThat(send("/members", REMOVE).statusCode()).isEqualTo(400);
    FakeMembership stopping = new FakeMembership();
    stopping.fail(new IllegalStateException("the node has stopped"));
    node.membership(stopping);
    assertThat(send("/members", REMOVE).statusCode()).isEqualTo(504);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "`` | a JSON object", "nonsense | not JSON", "[] | a JSON object",
      "{\"kind\":\"remove\",\"id\":\"n1\"} x | not JSON", "{\"kind\":1} | 'kind'",
      "{\"kind\":\"grow\"} | no change is of kind 'grow'",
      "{\"kind\":\"remove\",\"node\":\"n1\"} | unknown field 'node'",
      "{\"kind\":\"remove\",\"id\":\"n1\",\"seats\":[]} | unknown field 'seats'",
      "{\"kind\":\"remove\"} | 'id'", "{\"kind\":\"remove\",\"id\":\"a b\"} | a b",
      "{\"kind\":\"add\",\"seats\":\"n4@h:1\"} | a list as 'seats'",
      "{\"kind\":\"add\",\"seats\":[]} | one seat", "{\"kind\":\"add\",\"seats\":[\"n4\"]} | n4",
      "{\"kind\":\"add\",\"seats\":[7]} | 'seats'", "{\"kind\":\"quorum\"} | 'spec'",
      "{\"kind\":\"remove\",\"id\":\"n1\",\"expectedEra\":-1} | not negative",
      "{\"kind\":\"remove\",\"id\":\"n1\",\"expectedEra\":\"1\"} | 'expectedEra'",
      "{\"kind\":\"remove\",\"id\":\"n1\",\"id\":\"n2\"} | not JSON"})
  void aBadBodyIsRefusedByWhatIsWrongWithIt(String body, String sentence) throws Exception {
    for (String path : List.of("/members", "/members/plan")) {
      HttpResponse<String> answer = send(path, body);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
      assertThat(answer.body()).contains(sentence);
    }
    assertThat(membership.asked()).isEmpty();
  }

  @Test
  void aChangeMayTakeLongerThanAClientMayDawdle() throws Exception {
    CompletableFuture<HttpResponse<String>> answer = http.sendAsync(
        request("/members", REMOVE), HttpResponse.BodyHandlers.ofString());
    await().until(() -> !membership.asked().isEmpty());
    long asked = System.nanoTime();
    try (Socket idle = new Socket("127.0.0.1", port)) {
      idle.setSoTimeout(20_000);
      idle.getOutputStream().write("POST /members HTTP/1.1\r\nContent-Length: 10\r\n\r\nx"
          .getBytes(StandardCharsets.US_ASCII));
      assertThat(idle.getInputStream().read()).as("cut: its request never ends").isEqualTo(-1);
    }
    await().until(() -> System.nanoTime() - asked > 3 * STALL.toNanos());
    membership.end(FakeMembership.active(new Change.Remove(NodeId.of("n1")), "n1"));
    assertThat(answer.get().statusCode()).isEqualTo(200);
    assertThat(answer.get().body()).contains("\"activeMillis\":").contains("\"era\":8");
  }

  @Test
  void anOversizedBodyIsRefusedWhetherAnnouncedOrNot() throws Exception {
    String large = "{\"kind\":\"" + "x".repeat(1 << 20) + "\"}";
    HttpResponse<String> announced = send("/members", large);
    assertThat(announced.statusCode()).isEqualTo(413);
    assertThat(announced.body()).contains("16384");
    HttpResponse<String> chunked = http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/members"))
            .timeout(Duration.ofSeconds(20)).POST(HttpRequest.BodyPublishers.ofInputStream(() ->
                new ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8)))).build(),
        HttpResponse.BodyHandlers.ofString());
    assertThat(chunked.statusCode()).isEqualTo(413);
    assertThat(send("/snapshot", "x").statusCode()).isEqualTo(400);
    assertThat(membership.asked()).isEmpty();
  }

  @Test
  void membersAreListedAsTheyStand() {
    AdminClient client = AdminClient.of("127.0.0.1:" + port);
    JsonNode members = client.get("/members", Duration.ofSeconds(20));
    assertThat(members.path("era").asInt()).isEqualTo(7);
    assertThat(members.path("made").asInt()).isEqualTo(8);
    assertThat(members.path("pending").path("members")).hasSize(2);
    assertThat(members.path("change").isNull()).isTrue();
    JsonNode first = members.path("members").get(0);
    assertThat(first.path("id").asText()).isEqualTo("n1");
    assertThat(first.path("leader").asBoolean()).isTrue();
    assertThat(first.path("store").asText()).isEqualTo("ab");
    assertThat(first.path("heard").asBoolean()).isTrue();
    assertThat(first.path("decided").asInt()).isEqualTo(90);
    assertThat(first.path("recorded").asInt()).isEqualTo(7);
    assertThat(members.path("members").get(1).path("heard").asBoolean()).as("too long").isFalse();
    assertThat(members.path("members").get(2).path("decided").isNull()).as("never").isTrue();
    assertThat(members.path("others").get(0).path("id").asText()).isEqualTo("n4");
    client.postLater("/members", REMOVE.getBytes(StandardCharsets.UTF_8), Duration.ofSeconds(20));
    await().until(() -> !membership.asked().isEmpty());
    membership.tell("the leader elsewhere waits for n4");
    assertThat(client.get("/members", Duration.ofSeconds(20)).path("change").asText())
        .as("a follower hears what its own change waits for").contains("waits for n4");
    membership.doing("waits for n5");
    assertThat(client.get("/members", Duration.ofSeconds(20)).path("change").asText())
        .isEqualTo("waits for n5");
  }

  @Test
  void leadershipIsShownAndHandedOver() throws Exception {
    assertThat(send("/leader", null).body()).contains("\"leader\":\"n1\"");
    assertThat(send("/leader?to=n2", "").body()).contains("\"leader\":\"n2\"");
    assertThat(send("/leader?to=n9", "").statusCode()).isEqualTo(400);
    assertThat(send("/leader?to=n3", "").statusCode()).isEqualTo(504);
    assertThat(send("/leader", "").statusCode()).isEqualTo(400);
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.getOutputStream().write("POST /leader?to=%zz HTTP/1.1\r\nContent-Length: 0\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 400");
    }
    assertThatThrownBy(() -> AdminClient.of("127.0.0.1:" + port)
        .post("/live", Duration.ofSeconds(20))).hasMessageContaining("/live takes GET");
  }
}
