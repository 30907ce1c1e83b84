package io.synod.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.message.Message;
import io.synod.api.model.Eras;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.replication.ReplicatedStateMachine;
import io.synod.api.storage.DurableRecord;
import io.synod.codec.KryoCodec;
import io.synod.testkit.shrink.Shrinker;
import io.synod.testkit.shrink.Shrunk;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** With nodes that forget their votes when they start again. */
class ShrinkerTest {
  private static final long MOST_SEEDS = 50;

  private final Variant variant = new Variants().fall();

  private Simulation forgetful() {
    return Simulation.of(variant, drawn -> forgetful(CoreProcess.factory(drawn)), KryoCodec::new);
  }

  private static NodeProcess.Factory forgetful(NodeProcess.Factory factory) {
    return new NodeProcess.Factory() {
      @Override
      public boolean stable() {
        return factory.stable();
      }

      @Override
      public NodeProcess create(NodeWorld world) {
        return new Forgetful(factory.create(world));
      }
    };
  }

  private Simulation failing() {
    for (long seed = 1; seed <= MOST_SEEDS; seed++) {
      Simulation simulation = forgetful().seed(seed).seconds(6);
      if (simulation.run().firstViolation().isPresent()) {
        return simulation;
      }
    }
    throw new AssertionError("no seed up to " + MOST_SEEDS + " finds nodes that forget votes");
  }

  @Test
  void whatIsLeftStillFailsAndIsNeededAndTold() {
    Simulation failing = failing();
    SimulationReport before = failing.run();
    Shrunk shrunk = new Shrinker(failing, 150).shrink();
    SimulationReport after = shrunk.report();
    Scenario small = shrunk.scenario();

    assertThat(after.property()).isEqualTo(before.property());
    SimulationReport replayed = failing.scenario(small).run();
    assertThat(replayed.traceHash()).isEqualTo(after.traceHash());
    assertThat(replayed.violations()).isEqualTo(after.violations());

    assertThat(after.events()).isLessThan(before.events());
    assertThat(small.seconds()).isLessThan(6);
    assertThat(small.faults().size()).isLessThan(before.faults().size());
    assertThat(small.clients()).isLessThanOrEqualTo(3);
    assertThat(small.nodes()).isBetween(1, before.nodes());
    assertThat(after.injected().size()).isLessThanOrEqualTo(before.injected().size());
    assertThat(shrunk.history()).last().asString().contains("  ** ");
    String fact = after.firstViolation().orElseThrow().second();
    assertThat(shrunk.history()).hasSizeLessThanOrEqualTo(61)
        .anyMatch(line -> line.contains("** " + after.property()) && line.endsWith(fact))
        .anyMatch(line -> line.contains("crashes, life 1"));
  }

  @Test
  void itsOptionsAreShortAndComplete() {
    Scenario scenario = forgetful().scenario()
        .nodes(3).seconds(1.25).faults(Set.of(FaultKind.LOSS, FaultKind.CRASH))
        .onlyFaults(Set.of("crash.2", "crash.1")).load(1, 40);
    assertThat(scenario.options()).isEqualTo("--nodes 3 --sim-seconds 1.25 --faults crash,loss"
        + " --only-faults crash.1,crash.2 --clients 1 --think-millis 40");
    assertThat(scenario.onlyFaults(Set.of()).seconds(10).faults(Set.of()).options())
        .contains("--sim-seconds 10 ", "--faults none ", "--only-faults none ");
  }

  @Test
  void refusesARunThatDoesNotFail() {
    Shrinker shrinker = new Shrinker(Simulation.of(variant).seed(1).seconds(0.5), 10);
    assertThatThrownBy(shrinker::shrink).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nothing to shrink");
  }

  @Test
  void leavingOutAFaultLeavesTheOthersAsTheyAre() {
    Simulation simulation = Simulation.of(variant).seed(3).seconds(20).nodes(5)
        .faults(Set.of(FaultKind.CRASH, FaultKind.PARTITION, FaultKind.PAUSE));
    SimulationReport all = simulation.run();
    assertThat(all.injected()).hasSizeGreaterThan(3);
    Set<String> rest = new TreeSet<>(all.injected());
    rest.remove(all.injected().get(0));
    SimulationReport fewer = simulation.onlyFaults(rest).run();
    assertThat(fewer.injected()).containsExactlyElementsOf(
        all.injected().subList(1, all.injected().size()));
    assertThat(fewer.traceHash()).isNotEqualTo(all.traceHash());
  }

  /** Loses all votes at a restart. */
  private record Forgetful(NodeProcess inner) implements NodeProcess {
    @Override
    public void recover(DurableRecord record) {
      if (!(record instanceof DurableRecord.Voted)) {
        inner.recover(record);
      }
    }

    @Override
    public void start(boolean freshStore) {
      inner.start(freshStore);
    }

    @Override
    public void onMessage(NodeId from, Message message) {
      inner.onMessage(from, message);
    }

    @Override
    public void endOfTurn() {
      inner.endOfTurn();
    }

    @Override
    public ReplicatedStateMachine machine() {
      return inner.machine();
    }

    @Override
    public Eras eras() {
      return inner.eras();
    }

    @Override
    public InstanceId applied() {
      return inner.applied();
    }
  }
}
