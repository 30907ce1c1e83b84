package io.synod.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.testkit.oracle.Violation;
import io.synod.testkit.sabotage.Sabotage;
import io.synod.testkit.sabotage.Sabotages;
import io.synod.testkit.sim.Alteration;
import io.synod.testkit.sim.Simulation;
import io.synod.testkit.sim.SimulationReport;
import io.synod.testkit.sim.Variants;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The default oracles find every rule that is broken on purpose. The search begins at a seed that
 * has shown it before, so that the build is quick; when runs change, it goes on for a while, and
 * the seeds below are to be renewed from {@code synod sim --sabotage all}.
 */
class SabotageTest {
  private static final int SEEDS = 200;
  private static final String QUICKEST = """
      promise-before-force          1 CONSENSUS
      vote-before-force             1 CONSENSUS
      stored-before-force           1 CONSENSUS
      promise-not-recorded          1 CONSENSUS
      promise-forgotten             6 CONSENSUS
      votes-forgotten               1 CONSENSUS
      checkpoint-without-votes      2 CONSENSUS
      lying-disk                    1 CONSENSUS
      truncating-recovery           1 CONSENSUS
      decision-not-recorded         6 CONSENSUS
      mark-too-high                 1 CONSENSUS
      ballot-used-again             1 CONSENSUS
      vote-below-promise            4 CONSENSUS
      promise-below-promise         1 CONSENSUS
      promise-hides-vote            1 CONSENSUS
      1c-without-votes              2 CONSENSUS
      vote-without-1c               1 CONSENSUS
      forget-before-decided         1 CONSENSUS
      confirm-when-superseded       9 CONSENSUS
      learn-any-vote                1 CONSENSUS
      stale-promise                 1 CONSENSUS
      stale-ack                     3 CONSENSUS
      nack-as-promise               1 CONSENSUS
      any-promised-value            1 CONSENSUS
      votes-ignored                 1 CONSENSUS
      forgotten-filled              1 CONSENSUS
      skip-left-out                 2 LIVENESS
      deposed-goes-on               1 LIVENESS
      write-quorum-too-small        1 CONSENSUS
      read-quorum-too-small         1 CONSENSUS
      quorum-of-old-era             1 CONSENSUS
      decided-too-high              1 CONSENSUS
      catch-up-serves-votes         1 CONSENSUS
      deliver-with-gap              1 ORDER
      deliver-twice                 1 ORDER
      snapshot-without-sessions     2 CLIENT
      snapshot-too-late             2 CLIENT
      snapshot-off-by-one           2 CLIENT
      snapshot-drops-tail           6 CONSENSUS
      apply-twice                   1 CLIENT
      clock-in-apply                1 CLIENT
      dedup-at-propose              1 CLIENT
      retry-with-new-number         1 CLIENT
      timeout-as-rejected           1 CLIENT
      read-before-settled         206 CLIENT
      read-unconfirmed              8 CLIENT
      stale-read                    1 CLIENT
      follower-unasked              1 CLIENT
      empty-store-votes             1 CONSENSUS
      leader-for-ever               1 LIVENESS
      chain-not-read                2 ERA
      learned-from-above         1238 ERA
      never-closed                  1 ERA
      floor-not-kept                1 ERA
      window-not-inherited          1 CONSENSUS
      adopted-ignored              23 ERA
      before-chosen                 1 ERA
      newcomer-as-founder           1 ERA
      lease-after-expiry           24 CLIENT
      lease-in-vain                79 CLIENT
      lease-from-receipt           22 CLIENT
      lease-ignores-drift          22 CLIENT
      lease-by-wall-clock           5 CLIENT
      phase-1-unregistered          1 ERA
      made-below-registered         1 ERA
      read-quorum-confirms         15 CLIENT
      nf-plus-one-at-once           1 CONSENSUS
      not-started-over              4 CONSENSUS
      recovered-answers             1 ERA
      disk-unread                   1 CONSENSUS
      disk-votes-unread             1 CONSENSUS
      disk-read-first               1 CONSENSUS
      leased-unsettled             14 CONSENSUS
      leased-taken-early          114 CONSENSUS
      leased-never-over           135 CONSENSUS
      votes-of-any-ballot          18 CONSENSUS
      leader-lease-at-once         32 LEADER
      leader-lease-to-two          11 LEADER
      copies-too-few                5 CLIENT
      no-write-back                 9 CLIENT
      copies-forgotten              3 CLIENT
      copy-before-force             1 CONSENSUS
      tag-before-force              4 CONSENSUS
      """;

  /** What kind of property shows it. */
  private enum Shown {
    /** In the messages and records of acceptors and proposers. */
    CONSENSUS,
    /** In how a ballot takes over from another era. */
    ERA,
    /** In what is delivered. */
    ORDER,
    /** In who leads. */
    LEADER,
    /** In states of machines and answers to clients. */
    CLIENT,
    /** In a cluster that does not come back to work. */
    LIVENESS;

    static Shown by(String property) {
      if (Set.of("TotalOrder", "Agreement", "Validity").contains(property)) {
        return ORDER;
      } else if (Set.of(
          "ReplicaDeterminism", "ExactlyOnce", "RejectedNotDone", "Linearizability", "Durability",
          "StateByInstance", "SnapshotEquivalence", "SameResult", "SequentialModel")
          .contains(property)) {
        return CLIENT;
      } else if (Set.of(
          "ChainRead", "ClosedBeforeNext", "FloorFromOneC", "WindowInherits",
          "EraChosenWithPrefix", "KnownFromBelow", "NoLowerThanAdopted", "NoStaleEra",
          "BlankSilent", "RegisteredFirst").contains(property)) {
        return ERA;
      }
      if (Set.of("OneLeaseholder", "StableWhileHealthy").contains(property)) {
        return LEADER;
      }
      return Set.of("Liveness", "EventuallyOneLeader", "LeaderDecidesInTime").contains(property)
          ? LIVENESS : CONSENSUS;
    }
  }

  private record Row(long seed, Shown shown) {}

  private static Map<String, Row> rows() {
    Map<String, Row> rows = new LinkedHashMap<>();
    QUICKEST.lines().map(line -> line.trim().split(" +")).forEach(cells ->
        rows.put(cells[0], new Row(Long.parseLong(cells[1]), Shown.valueOf(cells[2]))));
    return rows;
  }

  private static Stream<Sabotage> sabotages() {
    return Sabotages.all().stream();
  }

  @ParameterizedTest
  @MethodSource("sabotages")
  void isFoundByTheDefaultOracles(Sabotage sabotage) {
    Row row = rows().get(sabotage.name());
    assertThat(row).as("a row for %s in this test", sabotage.name()).isNotNull();
    Simulation simulation = sabotage.simulation(new Variants());
    SimulationReport found = LongStream.range(row.seed(), row.seed() + SEEDS)
        .mapToObj(seed -> simulation.seed(seed).run())
        .filter(report -> report.firstViolation().isPresent())
        .findFirst()
        .orElse(null);
    assertThat(found).as("%s within %s seeds", sabotage.name(), SEEDS).isNotNull();
    List<Shown> shown =
        found.violations().stream().map(Violation::property).map(Shown::by).toList();
    assertThat(shown).as("%s", found).contains(row.shown());
  }

  @Test
  void eachHasItsOwnName() {
    List<String> names = Sabotages.all().stream().map(Sabotage::name).toList();
    assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z0-9-]+"));
    assertThat(rows().keySet()).containsExactlyInAnyOrderElementsOf(names);
    assertThat(Sabotages.named(names.get(0)).name()).isEqualTo(names.get(0));
    assertThatThrownBy(() -> Sabotages.named("nothing"))
        .hasMessageContaining("'nothing'").hasMessageContaining(names.get(0));
  }

  @Test
  void anAlterationThatChangesNothingGivesTheSameRun() {
    Simulation honest = Simulation.of(new Variants().fall()).seed(3).seconds(3);
    assertThat(honest.sabotage(Alteration.NONE).run().traceHash())
        .isEqualTo(honest.run().traceHash());
  }

  @Test
  void aBrokenRunCanBeRepeated() {
    Simulation broken = Sabotages.named("votes-forgotten").simulation(new Variants()).seed(2);
    SimulationReport first = broken.run();
    SimulationReport second = broken.run();
    assertThat(second.traceHash()).isEqualTo(first.traceHash());
    assertThat(second.violations()).isEqualTo(first.violations());
  }
}
