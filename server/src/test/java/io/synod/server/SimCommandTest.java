package io.synod.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.synod.testkit.sim.FaultKind;
import io.synod.testkit.trace.TraceEvent;
import io.synod.testkit.trace.TraceReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimCommandTest {
  private static final String SMALL = "sim --sim-seconds 0.5 --nodes 3 ";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir
  private Path directory;

  private int run(String words) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Main.commandLine()
        .setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true))
        .execute(words.split(" "));
  }

  private JsonNode lastLine() throws IOException {
    String[] lines = out.toString().strip().split("\n");
    return new ObjectMapper().readTree(lines[lines.length - 1]);
  }

  @Test
  void theSameSeedsGiveTheSameHashAndCounts() throws IOException {
    assertThat(run(SMALL + "--seeds 1-6 --json")).isZero();
    JsonNode first = lastLine();
    assertThat(run(SMALL + "--seeds 1-6 --json")).isZero();
    for (String field : new String[] {"traceHash", "seeds", "events", "commands", "elections"}) {
      assertThat(lastLine().get(field)).as(field).isEqualTo(first.get(field));
    }
    assertThat(first.get("seeds").asInt()).isEqualTo(6);
    assertThat(first.get("violations").asInt()).isZero();
    assertThat(first.get("eventsPerSecond").asLong()).isPositive();
    assertThat(first.get("seedsPerMinute").asLong()).isPositive();
    assertThat(first.get("realTimeRatio").asLong()).isPositive();
  }

  @Test
  void severalVariantsHaveAColumnEach() throws IOException {
    assertThat(run(SMALL + "--seeds 1-2 --variant all")).isZero();
    assertThat(out.toString().lines().findFirst().orElseThrow())
        .matches("what +fall +classic +crash-stop +winter +cheap +spring +summer +cas +leased"
            + " +vertical +abd +all");
    assertThat(run(SMALL + "--seeds 1-2 --variant fall,classic --json")).isZero();
    assertThat(lastLine().get("seeds").asInt()).isEqualTo(4);
    assertThat(lastLine().get("variants").get("classic").get("seeds").asInt()).isEqualTo(2);
  }

  @Test
  void theOptionsOfAReplayAreAccepted() {
    assertThat(run("sim --variant fall --seed 3 --nodes 3 --sim-seconds 0.125 --faults crash,loss"
        + " --only-faults crash.1,partition.2 --clients 0 --think-millis 40")).isZero();
    assertThat(run("sim --seed 3 --nodes 3 --sim-seconds 1 --faults none --only-faults none"
        + " --clients 1 --think-millis 12.5")).isZero();
    assertThat(run("sim --variant summer --seed 3 --nodes 3 --sim-seconds 1 --faults"
        + " passive-failing,passive-torn,passive-slow,passive-hanging,passive-away,passive-cut-off"
        + " --only-faults passive-away.1,passive-cut-off.2")).isZero();
  }

  @Test
  void aTraceCanBeReadBack() throws IOException {
    Path file = directory.resolve("run.jsonl");
    assertThat(run(SMALL + "--seed 4 --json --trace " + file)).isZero();
    JsonNode traced = lastLine();
    assertThat(TraceReader.read(file)).first()
        .isInstanceOfSatisfying(TraceEvent.Run.class, first -> {
          assertThat(first.seed()).isEqualTo(4);
          assertThat(first.nodes()).containsExactly("n1", "n2", "n3");
        });
    assertThat(run(SMALL + "--seed 4 --json")).isZero();
    assertThat(lastLine().get("traceHash")).isEqualTo(traced.get("traceHash"));
  }

  @Test
  void helpNamesEveryKindOfFault() {
    assertThat(run("sim --help")).isZero();
    String words = out.toString().replaceAll("\\s+", " ");
    assertThat(words).contains(Stream.of(FaultKind.values()).map(FaultKind::label).toList());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "--seeds 1-2 --trace FILE | --trace writes one run",
      "--variant all --trace FILE | --trace writes one run",
      "--only-faults crash | crash.3",
      "--only-faults flood.1 | no fault is named 'flood'",
      "--variant fall,odd | no variant is named 'odd'",
      "--clients -1 | 0 to 1000 clients",
      "--nodes 10 | 1 to 9 nodes",
      "--seed 1 --seeds 1-2 | exclude each other",
      "--seeds 2-1 | names no seed"})
  void wrongUsageIsOneSentenceAndTwo(String words, String sentence) {
    assertThat(run("sim " + words)).isEqualTo(2);
    assertThat(err.toString()).startsWith("synod: ").contains(sentence)
        .doesNotContain("Exception");
  }
}
