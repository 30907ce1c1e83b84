package io.synod.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.synod.api.replication.StateMachine;
import io.synod.api.storage.SnapshotContent;
import io.synod.server.local.NodeStarter;
import io.synod.server.local.SynodStarter;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The demo passes on a good system and tells what is wrong with a bad one. */
class DemoCommandTest {
  private static final NodeStarter GOOD = new SynodStarter();

  @TempDir
  private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int demo(NodeStarter starter, String... more) {
    CommandLine command = new CommandLine(new DemoCommand(starter))
        .setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    String[] options = {"--seconds", "3", "--clients", "4", "--transport", "local", "--keep",
        directory.resolve("kept").toString(), "--json"};
    return command.execute(List.of(List.of(options), List.of(more)).stream()
        .flatMap(List::stream).toArray(String[]::new));
  }

  private JsonNode json() throws IOException {
    List<String> lines = out.toString().lines().toList();
    return new ObjectMapper().readTree(lines.get(lines.size() - 1));
  }

  private static NodeStarter sabotaged(String node, UnaryOperator<StateMachine> sabotage) {
    return (keys, machine) -> GOOD.start(keys,
        node.equals("all") || node.equals(keys.get("synod.node"))
            ? sabotage.apply(machine) : machine);
  }

  @Test
  void aGoodSystemPassesAndSaysSoInTheFieldsOfTheContract() throws IOException {
    assertThat(demo(GOOD)).as(err.toString()).isZero();
    JsonNode line = json();
    assertThat(line.get("acknowledged").asLong()).isPositive();
    assertThat(line.get("lost").asLong()).isZero();
    assertThat(line.get("duplicated").asLong()).isZero();
    assertThat(line.get("linearizable").asBoolean()).isTrue();
    assertThat(line.get("replicasAgree").asBoolean()).isTrue();
    assertThat(line.get("failoverMillis").isIntegralNumber()).isTrue();
    assertThat(line.get("reconfigurationMillis").isIntegralNumber()).isTrue();
    assertThat(line.has("worstStallMillis") && line.has("throughput") && line.has("p50Micros")
        && line.has("p99Micros")).isTrue();
    assertThat(directory.resolve("kept/history.jsonl")).isNotEmptyFile();
  }

  @Test
  void aNewMemberThatDropsAnIncrementIsFound() throws IOException {
    assertThat(demo(sabotaged("n4", m -> new Bad(m, Bad.Fault.DROP)))).isEqualTo(1);
    assertThat(json().get("lost").asLong()).isPositive();
    assertThat(json().get("replicasAgree").asBoolean()).isFalse();
  }

  @Test
  void incrementsAppliedTwiceEverywhereAreFound() throws IOException {
    assertThat(demo(sabotaged("all", m -> new Bad(m, Bad.Fault.DOUBLE)))).isEqualTo(1);
    assertThat(json().get("duplicated").asLong()).isPositive();
  }

  @Test
  void readsThatMissAnIncrementAreFound() throws IOException {
    assertThat(demo(sabotaged("all", m -> new Bad(m, Bad.Fault.STALE)))).isEqualTo(1);
    assertThat(json().get("linearizable").asBoolean()).isFalse();
  }

  @Test
  void wrongUsageNamesTheOption() {
    assertThat(demo(GOOD, "--nodes", "0")).isNotZero();
    assertThat(err.toString()).contains("--nodes 0");
  }

  /** A state machine with one fault, now and then. */
  private static final class Bad implements StateMachine {
    enum Fault { DROP, DOUBLE, STALE }

    private static final int NOW_AND_THEN = 50;

    private final StateMachine good;
    private final Fault fault;
    private int commands;
    private int queries;

    Bad(StateMachine good, Fault fault) {
      this.good = good;
      this.fault = fault;
    }

    @Override
    public byte[] apply(Context context, ByteBuffer command) {
      boolean now = ++commands % NOW_AND_THEN == 0;
      if (now && fault == Fault.DROP) {
        return new byte[Long.BYTES];
      }
      if (now && fault == Fault.DOUBLE) {
        good.apply(context, command.duplicate());
      }
      return good.apply(context, command);
    }

    @Override
    public byte[] query(ByteBuffer query) {
      byte[] answer = good.query(query);
      if (fault == Fault.STALE && answer.length == Long.BYTES && ++queries % 5 == 0) {
        return ByteBuffer.allocate(Long.BYTES).putLong(LedgerMachine.value(answer) - 1).array();
      }
      return answer;
    }

    @Override
    public SnapshotContent snapshot() {
      return good.snapshot();
    }

    @Override
    public void restore(InputStream snapshot) throws IOException {
      good.restore(snapshot);
    }
  }
}
