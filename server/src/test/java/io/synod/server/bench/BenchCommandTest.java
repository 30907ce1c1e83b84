package io.synod.server.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchCommandTest {
  @TempDir
  private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int bench(String... options) {
    return new CommandLine(new BenchCommand()).setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err)).execute(options);
  }

  private JsonNode json() throws IOException {
    List<String> lines = out.toString().lines().toList();
    return new ObjectMapper().readTree(lines.get(lines.size() - 1));
  }

  @Test
  void measuresDurableClustersWithTheFieldsOfTheContract() throws IOException {
    assertThat(bench("--seconds", "1", "--outstanding", "1,64", "--recovery", "--json",
        "--directory", directory.toString())).as(err.toString()).isZero();
    JsonNode results = json().get("results");
    assertThat(results).hasSize(2);
    for (JsonNode result : results) {
      for (String field : List.of("system", "durable", "outstanding", "payload", "throughput",
          "p50Micros", "p99Micros", "p999Micros", "cpuMicrosPerCommand")) {
        assertThat(result.has(field)).as(field).isTrue();
      }
      assertThat(result.get("throughput").asLong()).isPositive();
    }
    assertThat(json().get("forceMicros").asDouble()).isPositive();
    assertThat(json().get("roundTripMicros").asDouble()).isPositive();
    assertThat(json().get("recovery").get("commands").asLong()).isPositive();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void measuresThroughTheClientAndInMemory() throws IOException {
    assertThat(bench("--seconds", "1", "--outstanding", "32", "--via", "client", "--durable",
        "false", "--json")).as(err.toString()).isZero();
    assertThat(json().get("results").get(0).get("durable").asBoolean()).isFalse();
    assertThat(json().get("ratioToForceAndRoundTrip").isNull()).isTrue();
  }

  @Test
  void movesTheVoteThereAndBackUnderLoad() throws IOException {
    assertThat(bench("--move", "--seconds", "1", "--json", "--directory", directory.toString()))
        .as(err.toString()).isZero();
    JsonNode result = json().get("results").get(0);
    JsonNode moves = result.get("moves");
    assertThat(moves).hasSize(2);
    assertThat(moves.get(0).get("from").asText()).isEqualTo("n1,n2,n3");
    assertThat(moves.get(1).get("to").asText()).isEqualTo("n1,n2,n3");
    for (JsonNode move : moves) {
      for (String field : List.of("gapBeforeMillis", "gapDuringMillis", "gapAfterMillis",
          "throughputBefore", "throughputDuring", "throughputAfter", "activeMillis")) {
        assertThat(move.get(field).asDouble()).as(field).isPositive();
      }
    }
    assertThat(result.get("gapRatioMedian").asDouble()).isPositive();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void saysWhichOptionIsWrong() {
    assertThat(bench("--peers", "etcd")).isNotZero();
    assertThat(err.toString()).contains("--peers etcd");
    assertThat(bench("--move", "--peers", "zab")).isNotZero();
    assertThat(err.toString()).contains("--peers zab");
    assertThat(bench("--move", "--recovery")).isNotZero();
    assertThat(err.toString()).contains("--move");
    assertThat(bench("--outstanding", "0")).isNotZero();
    assertThat(err.toString()).contains("--outstanding 0");
  }
}
