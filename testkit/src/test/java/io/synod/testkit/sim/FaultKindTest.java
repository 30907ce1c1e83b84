package io.synod.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.message.Message;
import io.synod.api.message.RegisterMessage;
import io.synod.api.model.Incarnation;
import io.synod.api.model.NodeId;
import io.synod.testkit.oracle.Life;
import io.synod.testkit.oracle.Observer;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind really happens in whole clusters, alone and without a violation. */
class FaultKindTest {
  private static final long SEEDS = 80;

  /** What is needed besides, for that kind to show. */
  private static Set<FaultKind> with(FaultKind kind) {
    Set<FaultKind> kinds = EnumSet.of(kind);
    switch (kind) {
      case SCATTERED_WRITES, TORN_WRITES -> kinds.add(FaultKind.CRASH_AT_EFFECT);
      case HELD_COPIES -> kinds.add(FaultKind.CRASH_ALL);
      case STALE_ANSWERS -> kinds.add(FaultKind.QUORUM_LOSS);
      default -> { }
    }
    return kinds;
  }

  /** The variant to which it can happen. */
  private static Variant variant(FaultKind kind) {
    return FaultKind.ofPassives().contains(kind)
        ? new Variants().summer() : new Variants().fall();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REPEATED_REQUESTS")
  void happensAndIsSurvived(FaultKind kind) {
    long happened = 0;
    for (long seed = 1; seed <= SEEDS && happened == 0; seed++) {
      SimulationReport report = Simulation.of(variant(kind))
          .seed(seed).seconds(4).faults(with(kind)).run();
      assertThat(report.violations()).as("%s", report).isEmpty();
      assertThat(with(kind)).containsAll(report.counts().keySet());
      assertThat(report.clocksWithinBound())
          .isEqualTo(!report.counts().containsKey(FaultKind.CLOCK_BEYOND));
      happened = report.counts().getOrDefault(kind, 0L);
    }
    assertThat(happened).isPositive();
  }

  /** Who answers as an acceptor, by store. */
  private static final class Stores implements Observer {
    private final Map<NodeId, Incarnation> first = new TreeMap<>();
    private final Set<NodeId> replaced = new TreeSet<>();
    private final Set<NodeId> voting = new TreeSet<>();

    @Override
    public void started(Life life) {
      Incarnation known = first.putIfAbsent(life.node(), life.incarnation());
      if (known != null && !known.equals(life.incarnation())) {
        replaced.add(life.node());
      }
    }

    @Override
    public void sent(Life from, NodeId to, Message message) {
      boolean vote = message instanceof RegisterMessage.Promise promise && promise.founding()
          || message instanceof RegisterMessage.Accepted;
      if (vote && !from.incarnation().equals(first.get(from.node()))) {
        voting.add(from.node());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"WIPED_DISK", "OLD_COPY", "BIT_FLIP", "SECTOR_ERROR"})
  void aReplacedStoreLearnsAndNeverVotes(FaultKind kind) {
    int replaced = 0;
    for (long seed = 1; seed <= 8; seed++) {
      Stores stores = new Stores();
      SimulationReport report = Simulation.of(new Variants().fall())
          .seed(seed).nodes(5).seconds(8).faults(Set.of(kind)).observe(stores).run();
      assertThat(report.violations()).as("%s", report).isEmpty();
      assertThat(stores.replaced).hasSizeLessThanOrEqualTo(2);
      assertThat(stores.voting).isEmpty();
      replaced += stores.replaced.size();
    }
    assertThat(replaced).isPositive();
  }

  @Test
  void volatileVariantsHaveNoDiskToBeDamaged() {
    for (long seed = 1; seed <= 6; seed++) {
      SimulationReport report = Simulation.of(new Variants().crashStop())
          .seed(seed).seconds(4).faults(EnumSet.range(
              FaultKind.SCATTERED_WRITES, FaultKind.OLD_COPY)).run();
      assertThat(report.violations()).as("%s", report).isEmpty();
      assertThat(report.crashes()).isZero();
    }
  }
}
