package io.synod.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.synod.api.plugin.Settings;
import io.synod.api.transport.PeerAddress;
import io.synod.server.admin.AdminServer;
import io.synod.server.admin.DiskUse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir
  private Path directory;

  private int run(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Main.commandLine()
        .setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)).execute(args);
  }

  private JsonNode lastLine() throws IOException {
    String[] lines = out.toString().strip().split("\n");
    return new ObjectMapper().readTree(lines[lines.length - 1]);
  }

  @Test
  void everyCommandHasHelpWithAnExample() {
    helpHasAnExample("", Main.commandLine());
    assertThat(run("--help")).isZero();
  }

  @Test
  void everyCommandTellsItsVersion() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).startsWith("synod ").contains("Java ");
    assertThat(run("members", "list", "--version")).isZero();
    assertThat(out.toString()).startsWith("synod ");
  }

  private void helpHasAnExample(String above, CommandLine of) {
    for (CommandLine command : of.getSubcommands().values()) {
      String words = above + command.getCommandName();
      assertThat(run((words + " --help").split(" "))).isZero();
      assertThat(out.toString()).contains("Example: synod " + words + " ");
      helpHasAnExample(words + " ", command);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nosuch", "server", "server --config", "config --format odd",
      "status", "status --server nonsense", "members --server nonsense list", "members list",
      "leader show", "log", "log verify", "check-config", "disk-server",
      "disk-server --listen here --data .", "history",
      "history check", "history check nosuch.jsonl"})
  void wrongUsageIsOneSentenceAndTwo(String words) {
    assertThat(run(words.isEmpty() ? new String[0] : words.split(" "))).isEqualTo(2);
    assertThat(err.toString()).startsWith("synod: ").doesNotContain("Exception");
  }

  @Test
  void sabotagesAreListedAndFound() throws IOException {
    assertThat(run("sim", "--sabotage", "list")).isZero();
    assertThat(out.toString()).contains("votes-forgotten", "rule broken");
    assertThat(run("sim", "--sabotage", "deliver-twice", "--seeds", "1-9", "--json")).isOne();
    assertThat(out.toString()).contains("replay: ", "--sabotage deliver-twice");
    assertThat(lastLine().get("property").asText()).isEqualTo("TotalOrder");
    assertThat(run("sim", "--sabotage", "nothing")).isEqualTo(2);
    assertThat(err.toString()).contains("no sabotage is named 'nothing'");
  }

  @Test
  void checkConfigTellsEveryError() throws IOException {
    Path good = write("good.properties", "synod.node = n1\nsynod.members = n1@127.0.0.1:7371\n"
        + "synod.data = " + directory.resolve("n1") + "\nsynod.resp.timeout = 3s\n");
    assertThat(run("check-config", good.toString())).isZero();
    assertThat(out.toString()).contains("synod.consensus");
    assertThat(run("check-config", good.toString(), "--json")).isZero();
    assertThat(lastLine().path("valid").asBoolean()).isTrue();
    assertThat(lastLine().path("modules").path("synod.consensus").asText()).isEqualTo("fast");
    Path bad = write("bad.properties", "synod.node = n1\nsynod.resp.tiemout = 3s\n"
        + "synod.resp.threads = 99999\n");
    assertThat(run("check-config", bad.toString(), "--json")).isEqualTo(2);
    assertThat(lastLine().path("valid").asBoolean()).isFalse();
    assertThat(lastLine().path("errors").toString())
        .contains("synod.resp.tiemout").contains("synod.resp.timeout")
        .contains("synod.resp.threads").contains("synod.members");
    assertThat(run("server", "--config", bad.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("synod.resp.tiemout").contains("synod.resp.threads");
    assertThat(run("check-config", directory.resolve("none.properties").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("none.properties");
  }

  @Test
  void historyCheckTellsWhatContradictsWhat() throws IOException {
    String set = "{\"op\":\"set\",\"key\":\"x\",\"arg\":\"a\",\"invoked\":1,\"returned\":2}\n";
    String get = "{\"op\":\"get\",\"key\":\"x\",\"result\":\"a\",\"invoked\":3,\"returned\":4}\n";
    String lost = "{\"op\":\"get\",\"key\":\"x\",\"invoked\":5,\"returned\":6}\n";
    assertThat(run("history", "check", write("good.jsonl", set + get).toString(), "--json"))
        .isZero();
    assertThat(lastLine().path("linearizable").asBoolean()).isTrue();
    assertThat(lastLine().path("operations").asInt()).isEqualTo(2);
    String bad = write("bad.jsonl", set + get + lost).toString();
    assertThat(run("history", "check", bad, "--json")).isEqualTo(1);
    assertThat(lastLine().path("linearizable").asBoolean(true)).isFalse();
    assertThat(lastLine().path("key").asText()).isEqualTo("x");
    assertThat(lastLine().path("prefix").asInt()).isEqualTo(3);
    assertThat(lastLine().path("essential")).hasSize(2);
    assertThat(run("history", "check", bad)).isEqualTo(1);
    assertThat(out.toString()).contains("x.read() = null");
    assertThat(run("history", "check", write("odd.jsonl", set + "{}\n").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("odd.jsonl line 2");
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  @Test
  void theExampleClusterIsSoundOnEveryNode() {
    for (int i = 1; i <= 6; i++) {
      assertThat(run("check-config", "../examples/cluster/n" + i + ".properties"))
          .as(err.toString()).isZero();
    }
  }

  @Test
  void explainShowsWhatFollowsFromAVariantOrAFile() throws IOException {
    assertThat(run("explain", "--variant", "cheap", "--nodes", "5", "--json")).isZero();
    assertThat(lastLine().path("modules").path("synod.quorum").asText()).isEqualTo("cheap");
    assertThat(lastLine().path("tolerates").asInt()).isEqualTo(2);
    assertThat(lastLine().path("messageDelays").asInt()).isEqualTo(2);
    assertThat(lastLine().path("forcedLogs").asInt()).isEqualTo(1);
    assertThat(lastLine().path("assumptions")).isNotEmpty();
    assertThat(run("explain", "--variant", "vertical", "--nodes", "3", "--json")).isZero();
    assertThat(lastLine().path("tolerates").asInt()).isEqualTo(2);
    for (String passive : List.of("summer", "cas", "leased")) {
      assertThat(run("explain", "--variant", passive, "--nodes", "2", "--json"))
          .as(err.toString()).isZero();
      assertThat(lastLine().path("acceptors").toString()).as(passive).contains("d1", "d2", "d3")
          .doesNotContain("n1");
      assertThat(lastLine().path("tolerates").asInt()).as("of three").isEqualTo(1);
    }
    assertThat(run("explain", "--variant", "classic")).isZero();
    assertThat(out.toString()).contains("└─ synod.broadcast = pipelined")
        .contains("forced logs one after the other");
    assertThat(run("explain")).isEqualTo(2);
    assertThat(run("explain", "--variant", "fal")).isEqualTo(2);
    assertThat(err.toString()).contains("did you mean fall?");
  }

  @Test
  void explainSaysWhatEachNodeBears() throws IOException {
    assertThat(run("explain", "--variant", "fall", "--json")).isZero();
    assertThat(lastLine().path("load").path("commands").path("load").asDouble())
        .isCloseTo(2.0 / 3, within(1e-6));
    assertThat(run("explain", "--variant", "fall", "--speeds", "n1=1000,n2=500,n3=100", "--json"))
        .isZero();
    JsonNode commands = lastLine().path("load").path("commands");
    assertThat(commands.path("capacity").asDouble()).isCloseTo(600, within(1e-6));
    assertThat(commands.path("utilisation").path("n1").asDouble()).isCloseTo(0.6, within(1e-6));
    assertThat(commands.path("sentToAll").asDouble()).isEqualTo(500);
    assertThat(run("explain", "--variant", "fall", "--speeds", "n1=1000,n2=500,n3=100")).isZero();
    assertThat(out.toString()).contains("capacity: commands 600 a second");
    for (String wrong : List.of("n1=1,n2=1", "n1=1,n2=1,n3=x", "n1=1,n2=1,n3=0",
        "n1=1,n2=1,n3=1,n4=1")) {
      assertThat(run("explain", "--variant", "fall", "--speeds", wrong)).as(wrong).isEqualTo(2);
      assertThat(err.toString()).contains("--speeds");
    }
  }

  @Test
  void configAndVariantsListWhatThereIs() throws IOException {
    assertThat(run("config", "--json")).isZero();
    assertThat(lastLine().path("keys").findValuesAsText("key"))
        .contains("synod.resp.listen", "synod.admin.listen", "synod.node", "synod.variant");
    assertThat(run("config", "--format", "markdown")).isZero();
    assertThat(out.toString()).contains("| --- |");
    assertThat(run("variants", "--json")).isZero();
    assertThat(lastLine().path("variants").findValuesAsText("name"))
        .contains("fall", "classic", "crash-stop", "winter", "cheap", "spring", "summer", "cas",
            "leased", "vertical", "abd");
    assertThat(lastLine().path("slots").path("synod.storage").findValuesAsText("name"))
        .contains("file", "memory");
  }

  @Test
  void statusAndSnapshotAskTheAdminPort() throws IOException {
    FakeNode node = new FakeNode();
    try (AdminServer admin = new AdminServer(node, new DiskUse(directory), Settings.DEFAULTS)) {
      String address = "127.0.0.1:" + admin.start(new PeerAddress("127.0.0.1", 0));
      assertThat(run("status", "--server", address)).isZero();
      assertThat(out.toString()).contains("ballot").contains("node://127.0.0.1:7371");
      assertThat(run("status", "--server", address, "--json")).isZero();
      assertThat(lastLine().path("node").asText()).isEqualTo("n1");
      assertThat(run("snapshot", "--server", address, "--json")).isZero();
      assertThat(lastLine().path("bytes").asLong()).isEqualTo(123);
      admin.close();
      assertThat(run("status", "--server", address)).isEqualTo(1);
      assertThat(err.toString()).contains(address);
    } finally {
      node.close();
    }
  }

  @Test
  void logOfNoStoreIsWrongUsage() {
    assertThat(run("log", "verify", directory.toString())).isEqualTo(2);
    assertThat(err.toString()).contains(directory.toString());
  }
}
