package io.synod.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command line answers to a configuration that cannot be meant. */
class BadConfigurationTest {
  private static final List<String> GOOD = List.of(
      "synod.node = n1", "synod.cluster = example", "synod.members = n1@127.0.0.1:7371",
      "synod.data = data/n1");

  @TempDir
  private Path directory;

  private Path file(String... more) throws IOException {
    List<String> lines = new ArrayList<>(GOOD);
    lines.addAll(List.of(more));
    return Files.write(directory.resolve("node.properties"), lines);
  }

  @Test
  void aMisspeltKeyIsRefusedWithItsPlaceAndTheNearestOne() throws IOException {
    Path file = file("synod.replication.max-comand = 2M");

    Child.Result result = Child.run(directory, "server", "--config", file.toString());

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.sentences()).singleElement().asString()
        .contains(file + ":5", "synod.replication.max-comand", "unknown key",
            "did you mean synod.replication.max-command?");
    assertThat(result.out()).isEmpty();
    assertThat(directory.resolve("data")).doesNotExist();
  }

  @Test
  void keysThatContradictEachOtherAreRefusedByName() throws IOException {
    Path file = file("synod.election.heartbeat = 200ms",
        "synod.replication.max-command = 2M", "synod.replication.max-waiting-bytes = 1M");

    Child.Result result = Child.run(directory, "server", "--config", file.toString());

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.sentences()).hasSize(2)
        .anySatisfy(s -> assertThat(s)
            .contains("synod.election.timeout", "synod.election.heartbeat", "less than 3 times"))
        .anySatisfy(s -> assertThat(s).contains("synod.replication.max-command is above "
            + "synod.replication.max-waiting-bytes"));
    assertThat(directory.resolve("data")).doesNotExist();
  }

  @Test
  void allErrorsAreToldTogether() throws IOException {
    Path file = file("synod.replication.max-comand = 2M", "synod.quorum = majorty",
        "synod.broadcast.window = many", "synod.election.heartbeat = 200ms",
        "synod.members = n1@127.0.0.1:7371,n2");

    Child.Result result = Child.run(directory, "check-config", file.toString(), "--json");

    assertThat(result.exit()).isEqualTo(2);
    JsonNode json = new ObjectMapper().readTree(result.lastLine());
    assertThat(json.path("valid").asBoolean(true)).isFalse();
    List<String> errors = new ArrayList<>();
    json.path("errors").forEach(error -> errors.add(error.asText()));
    assertThat(errors)
        .anySatisfy(e -> assertThat(e).contains("did you mean synod.replication.max-command?"))
        .anySatisfy(e -> assertThat(e).contains("synod.quorum", "did you mean majority?"))
        .anySatisfy(e -> assertThat(e).contains("synod.broadcast.window", "many"))
        .anySatisfy(e -> assertThat(e).contains("synod.members", "twice"))
        .hasSameSizeAs(result.sentences());
  }

  @Test
  void theExamplesAreGood() {
    for (String example : List.of("n1", "n4")) {
      Path file = Examples.root().resolve("examples/cluster/" + example + ".properties");
      Child.Result result = Child.run(directory, "check-config", file.toString(), "--json");
      assertThat(result.exit()).as(result.err()).isZero();
      assertThat(result.lastLine()).contains("\"valid\":true");
    }
  }
}
