package io.synod.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.synod.server.demo.DemoCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The demo, only shorter, in each variant. */
class DemoTest {
  /** In this JVM, as starting one takes as long as the demo. */
  private static JsonNode demo(String variant, int seconds) throws IOException {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit = new CommandLine(new DemoCommand())
        .setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(
            "--variant", variant, "--seconds", "" + seconds, "--clients", "4", "--json");
    assertThat(exit).as("%s%s", out, err).isZero();
    return new ObjectMapper().readTree(out.toString().lines().reduce((a, b) -> b).orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "fall", "classic", "crash-stop", "winter", "cheap", "spring", "summer", "cas", "leased",
      "vertical"})
  void theDemoFindsNothingWrong(String variant) throws IOException {
    JsonNode json = demo(variant, 3);
    assertThat(json.path("acknowledged").asLong()).isPositive();
    assertThat(json.path("lost").asLong(-1)).isZero();
    assertThat(json.path("duplicated").asLong(-1)).isZero();
    assertThat(json.path("linearizable").asBoolean()).isTrue();
    assertThat(json.path("replicasAgree").asBoolean()).isTrue();
    assertThat(json.path("failoverMillis").isIntegralNumber()).isTrue();
    assertThat(json.path("reconfigurationMillis").isIntegralNumber()).isTrue();
    assertThat(json.path("worstStallMillis").isIntegralNumber()).isTrue();
  }

  /** Registers have no leader to fail over from, and no members to replace. */
  @Test
  void theDemoOfRegistersFindsNothingWrong() throws IOException {
    JsonNode json = demo("abd", 4);
    assertThat(json.path("written").asLong()).isPositive();
    assertThat(json.path("read").asLong()).isPositive();
    assertThat(json.path("linearizable").asBoolean()).isTrue();
    assertThat(json.path("nodesAgree").asBoolean()).isTrue();
    assertThat(json.path("answered").asBoolean()).isTrue();
  }
}
