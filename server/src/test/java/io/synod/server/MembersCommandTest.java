package io.synod.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.synod.api.membership.Change;
import io.synod.api.membership.ChangeOutcome;
import io.synod.api.membership.Seat;
import io.synod.api.model.ConsensusMode;
import io.synod.api.model.Era;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.Settings;
import io.synod.api.transport.PeerAddress;
import io.synod.server.admin.AdminServer;
import io.synod.server.admin.DiskUse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code members} and {@code leader} against a node over HTTP. */
class MembersCommandTest {
  private static final Change REMOVE = new Change.Remove(NodeId.of("n1"));

  private final FakeNode node = new FakeNode();
  private final FakeMembership membership = new FakeMembership();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private AdminServer server;
  private String address;

  @BeforeEach
  void start() throws IOException {
    node.membership(membership);
    server = new AdminServer(node, new DiskUse(Path.of("")), Settings.DEFAULTS);
    address = "127.0.0.1:" + server.start(new PeerAddress("127.0.0.1", 0));
  }

  @AfterEach
  void stop() {
    server.close();
    node.close();
  }

  private int run(String words) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    List<String> args = new ArrayList<>(List.of(words.split(" ")));
    args.addAll(1, List.of("--server", address));
    return Main.commandLine().setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true)).execute(args.toArray(new String[0]));
  }

  private JsonNode lastLine() throws IOException {
    String[] lines = out.toString().strip().split("\n");
    return new ObjectMapper().readTree(lines[lines.length - 1]);
  }

  private static List<String> ids(JsonNode members) {
    List<String> ids = new ArrayList<>();
    members.forEach(member -> ids.add(member.path("id").asText()));
    return ids;
  }

  @ParameterizedTest
  @CsvSource({"add n4@127.0.0.1:7374=learner", "remove n1", "replace n2 n4@127.0.0.1:7374",
      "quorum all", "mode classic"})
  void aChangeIsAskedForAndReported(String words) throws IOException {
    Change change = switch (words.split(" ")[0]) {
      case "add" -> new Change.Add(Seat.parse("n4@127.0.0.1:7374=learner"));
      case "remove" -> REMOVE;
      case "replace" -> new Change.Replace(NodeId.of("n2"), Seat.parse("n4@127.0.0.1:7374"));
      case "mode" -> new Change.Mode(ConsensusMode.CLASSIC);
      default -> new Change.Quorum("all");
    };
    membership.end(FakeMembership.active(change, "n1", "n2"));
    assertThat(run("members " + words + " --json --expected-era 7")).isZero();
    assertThat(membership.asked())
        .containsExactly(new FakeMembership.Asked(Optional.of(new Era(7)), change));
    assertThat(lastLine().path("era").asInt()).isEqualTo(8);
    assertThat(ids(lastLine().path("members"))).isEqualTo(
        change.applyTo(FakeMembership.BEFORE).ids().stream().map(NodeId::name).toList());
    assertThat(lastLine().path("mode").asText("fast"))
        .isEqualTo(change instanceof Change.Mode ? "classic" : "fast");
    assertThat(lastLine().path("activeMillis").isIntegralNumber()).isTrue();
    assertThat(lastLine().path("safeToStop").toString()).isEqualTo("[\"n1\",\"n2\"]");
    assertThat(run("members " + words)).isZero();
    assertThat(out.toString()).contains("era", "n1, n2 may be switched off now");
  }

  @Test
  void setTakesSeatsAndPerhapsQuorums() {
    membership.end(FakeMembership.active(REMOVE));
    assertThat(run("members set n4@h:1,n5@h:2")).isZero();
    assertThat(run("members set n4@h:1 --quorum all")).isZero();
    assertThat(out.toString()).doesNotContain("switched off");
    assertThat(membership.asked()).extracting(FakeMembership.Asked::change).containsExactly(
        new Change.Set(List.of(Seat.parse("n4@h:1"), Seat.parse("n5@h:2"))),
        new Change.Whole(List.of(Seat.parse("n4@h:1")), "all"));
  }

  @Test
  void whatIsRefusedOrUnknownIsOneSentenceAndOne() throws IOException {
    membership.end(new ChangeOutcome.Refused("another change is on its way"));
    assertThat(run("members remove n1 --json")).isOne();
    assertThat(err.toString()).contains(address + ": another change is on its way");
    assertThat(lastLine().path("error").asText()).contains("another change is on its way");
    assertThat(lastLine().path("era").asInt()).isEqualTo(7);
    assertThat(ids(lastLine().path("members"))).containsExactly("n1", "n2", "n3");
    assertThat(lastLine().path("activeMillis").isNull()).isTrue();
    assertThat(lastLine().path("safeToStop")).isEmpty();
    FakeMembership unknown = new FakeMembership();
    unknown.end(new ChangeOutcome.Indeterminate("leadership was lost"));
    node.membership(unknown);
    assertThat(run("members remove n1")).isOne();
    assertThat(err.toString()).contains("not known").contains("leadership was lost");
    server.close();
    assertThat(run("members remove n1 --json")).isOne();
    assertThat(err.toString()).contains("no answer").doesNotContain("not known");
    assertThat(lastLine().path("era").isNull()).isTrue();
  }

  @Test
  void aNodeThatDiesMeanwhileLeavesTheOutcomeUnknown() {
    CompletableFuture<Integer> code =
        CompletableFuture.supplyAsync(() -> run("members remove n1 --json"));
    await().until(() -> !membership.asked().isEmpty());
    server.close();
    assertThat(code.join()).isOne();
    assertThat(err.toString()).contains("it is not known whether").contains("members list");
  }

  @Test
  void listShowsWhoIsHow() throws IOException {
    membership.doing("waits for n4");
    assertThat(run("members list")).isZero();
    assertThat(out.toString()).contains("era 7, quorum majority, mode fast",
        "era 8 is made and not active yet: n2, n3", "waits for n4", "n4",
        "no member", "node://127.0.0.1:7372");
    assertThat(run("members list --json")).isZero();
    assertThat(lastLine().path("era").asInt()).isEqualTo(7);
    assertThat(ids(lastLine().path("members"))).containsExactly("n1", "n2", "n3");
    assertThat(lastLine().path("change").asText()).isEqualTo("waits for n4");
    assertThat(lastLine().path("mode").asText()).isEqualTo("fast");
    assertThat(lastLine().has("activeMillis")).isTrue();
    assertThat(lastLine().path("safeToStop").isArray()).isTrue();
  }

  @Test
  void planTellsAndChangesNothing() throws IOException {
    assertThat(run("members plan replace n1 n4@127.0.0.1:7374")).isZero();
    assertThat(out.toString()).contains("before", "during", "after", "n4 must copy 3.0 MiB",
        "1234 instances", "warning: mind the gap", "would be accepted");
    assertThat(run("members plan add n4@127.0.0.1:7374 --json")).isZero();
    assertThat(lastLine().path("tolerates").toString())
        .isEqualTo("{\"before\":1,\"during\":1,\"after\":2}");
    assertThat(lastLine().path("copies").get(0).path("bytes").asInt()).isEqualTo(3 << 20);
    assertThat(lastLine().path("warnings").get(0).asText()).isEqualTo("mind the gap");
    assertThat(ids(lastLine().path("members"))).containsExactly("n1", "n2", "n3", "n4");
    assertThat(lastLine().path("before").path("silent").get(0).asText()).isEqualTo("n2");
    membership.refuse("the service would stop");
    assertThat(run("members plan remove n1")).isOne();
    assertThat(out.toString()).contains("would be refused: the service would stop");
    membership.refuse();
    assertThat(run("members plan remove n1 --expected-era 6 --json")).isOne();
    assertThat(lastLine().path("refusals").get(0).asText()).contains("era 7 is in force, not");
    assertThat(run("members plan remove n9 --json")).isOne();
    assertThat(err.toString()).contains("n9 is no member");
    assertThat(lastLine().path("error").asText()).contains("n9 is no member");
    assertThat(lastLine().path("tolerates").path("after").isNull()).isTrue();
  }

  @Test
  void leadershipIsShownAndHandedOver() throws IOException {
    assertThat(run("leader show")).isZero();
    assertThat(out.toString()).contains("n1 leads");
    assertThat(run("leader transfer n2 --json")).isZero();
    assertThat(lastLine().path("leader").asText()).isEqualTo("n2");
    assertThat(run("leader transfer n9 --json")).isOne();
    assertThat(err.toString()).contains("n9 may not lead");
    assertThat(run("leader transfer n3")).isOne();
    assertThat(err.toString()).contains("does not lead after 10 s");
    node.setLeaderless(true);
    assertThat(run("leader show --json")).isOne();
    assertThat(lastLine().path("leader").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"members", "members grow", "members add", "members add n4",
      "members add n4@h", "members add n4@h:1=king", "members set n4@h:1,", "members replace n1",
      "members remove a/b", "members mode", "members mode slow",
      "members remove n1 --expected-era -1", "members plan",
      "members plan list", "members remove n1 --expected-era x", "members force", "leader",
      "leader transfer", "leader transfer a/b"})
  void wrongUsageIsTwoAndAsksForNothing(String words) {
    assertThat(run(words)).isEqualTo(2);
    assertThat(err.toString()).startsWith("synod: ").doesNotContain("Exception");
    assertThat(membership.asked()).isEmpty();
  }
}
