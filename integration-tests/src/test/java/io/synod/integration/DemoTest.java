package io.synod.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo as a person runs it, only shorter, in each variant. */
class DemoTest {
  @TempDir
  private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {
      "fall", "classic", "crash-stop", "winter", "cheap", "spring", "summer", "cas", "vertical"})
  void theDemoFindsNothingWrong(String variant) throws IOException {
    Child.Result result = Child.run(directory, "demo", "--variant", variant, "--seconds", "3",
        "--clients", "4", "--json");

    assertThat(result.exit()).as(result.out() + result.err()).isZero();
    JsonNode json = new ObjectMapper().readTree(result.lastLine());
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
    Child.Result result = Child.run(directory, "demo", "--variant", "abd", "--seconds", "4",
        "--clients", "4", "--json");

    assertThat(result.exit()).as(result.out() + result.err()).isZero();
    JsonNode json = new ObjectMapper().readTree(result.lastLine());
    assertThat(json.path("written").asLong()).isPositive();
    assertThat(json.path("read").asLong()).isPositive();
    assertThat(json.path("linearizable").asBoolean()).isTrue();
    assertThat(json.path("nodesAgree").asBoolean()).isTrue();
    assertThat(json.path("answered").asBoolean()).isTrue();
  }
}
