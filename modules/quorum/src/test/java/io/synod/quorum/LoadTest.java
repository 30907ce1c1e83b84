package io.synod.quorum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.synod.api.model.Configuration;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Quorums;
import io.synod.api.plugin.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Loads that are known from the theory of quorum systems, or counted by hand. */
class LoadTest {
  private static final Map<String, Plugins.Quorum> KNOWN = Map.of(
      "majority", new MajorityPlugin(), "grid", new GridPlugin(), "all", new AllPlugin(),
      "explicit", new ExplicitPlugin(), "flexible", new FlexiblePlugin());

  private static QuorumSystem system(int size, String spec) {
    List<Member> members = IntStream.rangeClosed(1, size)
        .mapToObj(i -> Member.founding("n" + i, "h" + i + ":1")).toList();
    return new Quorums(KNOWN::get, Settings.DEFAULTS).apply(new Configuration(members, spec));
  }

  private static Map<NodeId, Double> speeds(QuorumSystem system, double... each) {
    Map<NodeId, Double> speeds = new LinkedHashMap<>();
    for (int i = 0; i < system.acceptors().size(); i++) {
      speeds.put(system.acceptors().get(i), each[i % each.length]);
    }
    return speeds;
  }

  /** Majorities: the size of a quorum by n. A grid of r rows: 1 by r rows; reads 1 by columns. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "3|majority|0.666667|0.666667",
      "4|majority|0.75|0.75",
      "9|majority|0.555556|0.555556",
      "15|majority|0.533333|0.533333",
      "5|flexible:read=4|0.8|0.4",
      "6|grid:rows=2|0.333333|0.5",
      "4|all|0.25|1",
  })
  void theLoadOfEqualAcceptorsIsThatOfTheTheory(
      int size, String spec, double reads, double writes) {
    QuorumSystem system = system(size, spec);
    Load read = Load.ofReads(system, speeds(system, 1));
    Load write = Load.ofWrites(system, speeds(system, 1));
    assertThat(read.busiest()).isCloseTo(reads, within(1e-6));
    assertThat(write.busiest()).isCloseTo(writes, within(1e-6));
    assertThat(write.capacity()).as("1 by the load").isCloseTo(1 / writes, within(1e-4));
  }

  @Test
  void aSlowAcceptorIsAskedForWhatItBears() {
    QuorumSystem system = system(3, "majority");
    Load load = Load.ofWrites(system, speeds(system, 1000, 500, 100));
    assertThat(load.capacity()).as("500 with n2 and 100 with n3").isCloseTo(600, within(1e-6));
    assertThat(load.shares().values().stream().mapToDouble(share -> share).toArray())
        .containsExactly(new double[] {1, 5.0 / 6, 1.0 / 6}, within(1e-6));
    assertThat(load.utilisation().values().stream().mapToDouble(share -> share).toArray())
        .containsExactly(new double[] {0.6, 1, 1}, within(1e-6));
    assertThat(load.sentToAll()).as("as fast as n2").isEqualTo(500);
  }

  @Test
  void aListedSystemIsBoundByWhoeverIsInAllOfIt() {
    QuorumSystem system =
        system(3, "explicit:read=n1/n2+n3,write=n1+n2/n1+n3");
    Load load = Load.ofWrites(system, speeds(system, 100, 300, 300));
    assertThat(load.capacity()).isCloseTo(100, within(1e-6));
    assertThat(load.shares().get(NodeId.of("n1"))).isCloseTo(1, within(1e-6));
    assertThat(Load.ofReads(system, speeds(system, 100, 300, 300)).capacity())
        .as("n1 alone, or the two others").isCloseTo(400, within(1e-6));
  }

  @Test
  void nobodyIsAskedForMoreThanItBearsAndSomebodyIsFull() {
    for (String spec : List.of("majority", "grid:rows=3", "flexible:read=6", "all")) {
      QuorumSystem system = system(7, spec);
      Load load = Load.ofWrites(system, speeds(system, 10, 7, 7, 3, 1, 25, 4));
      assertThat(load.utilisation().values()).as(spec)
          .allSatisfy(used -> assertThat(used).isBetween(0.0, 1 + 1e-6))
          .anySatisfy(used -> assertThat(used).isCloseTo(1, within(1e-6)));
      assertThat(load.capacity()).as(spec).isGreaterThanOrEqualTo(load.sentToAll() - 1e-6);
    }
  }

  @Test
  void anAcceptorWithoutASpeedIsNamed() {
    QuorumSystem system = system(3, "majority");
    Map<NodeId, Double> speeds = speeds(system, 1);
    speeds.put(NodeId.of("n2"), 0.0);
    assertThatThrownBy(() -> Load.ofReads(system, speeds))
        .hasMessage("no speed above 0 for n2");
  }
}
