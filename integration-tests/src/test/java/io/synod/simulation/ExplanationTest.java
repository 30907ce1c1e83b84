package io.synod.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.synod.api.message.BroadcastMessage.Decided;
import io.synod.api.message.Message;
import io.synod.api.message.RegisterMessage.Accept;
import io.synod.api.message.RegisterMessage.Accepted;
import io.synod.api.message.RegisterMessage.Confirm;
import io.synod.api.message.RegisterMessage.Confirmed;
import io.synod.api.message.RegisterMessage.Lease;
import io.synod.api.message.RegisterMessage.Leased;
import io.synod.api.message.RegisterMessage.Prepare;
import io.synod.api.message.RegisterMessage;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.Value;
import io.synod.api.storage.DurableRecord;
import io.synod.runtime.Synod;
import io.synod.runtime.config.Explanation;
import io.synod.runtime.config.Inputs;
import io.synod.runtime.config.NodeConfig;
import io.synod.testkit.oracle.Life;
import io.synod.testkit.oracle.Observer;
import io.synod.testkit.sim.FaultKind;
import io.synod.testkit.sim.Simulation;
import io.synod.testkit.sim.SimulationReport;
import io.synod.testkit.sim.Variants;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code synod explain} says a command costs is what the simulator counts. */
class ExplanationTest {
  /** Between the leader and one follower that votes, and on that follower's disk. */
  private static final class Costs implements Observer {
    private final Map<NodeId, Long> messages = new TreeMap<>();
    private final Map<NodeId, Long> forces = new TreeMap<>();
    private final boolean forcedDelivery;
    private NodeId forcing;
    private long instances;

    Costs(boolean forcedDelivery) {
      this.forcedDelivery = forcedDelivery;
    }

    @Override
    public void sent(Life from, NodeId to, Message message) {
      forcing = null;
      boolean waitedFor = message instanceof Prepare || message instanceof Accept;
      if (waitedFor && !from.node().equals(to)) {
        messages.merge(to, 2L, Long::sum); // it and its answer
      }
      if (message instanceof Accept accept && from.node().equals(to)) {
        instances = accept.last().number();
      }
    }

    @Override
    public void persisted(Life life, DurableRecord record) {
      forcing = null;
    }

    /** What one force covers comes in a row. Decisions are mostly marked by and by. */
    @Override
    public void forced(Life life, DurableRecord record) {
      boolean counts = record instanceof DurableRecord.Promised
          || record instanceof DurableRecord.Voted
          || forcedDelivery && record instanceof DurableRecord.DecidedUpTo;
      if (counts && !life.node().equals(forcing)) {
        forces.merge(life.node(), 1L, Long::sum);
        forcing = life.node();
      }
    }

    private double perCommand(Map<NodeId, Long> counts) {
      return (double) counts.values().stream().max(Long::compare).orElse(0L) / instances;
    }
  }

  /** By which message the nodes that do not lead come to know decisions, and how many are sent. */
  private static final class Learning implements Observer {
    private static final Map<Class<?>, Integer> DELAYS =
        Map.of(Accepted.class, 2, Decided.class, 3, Accept.class, 3);
    private final Map<NodeId, Message> handling = new TreeMap<>();
    private long messages;
    private long instances;
    private long learned;
    private long delays;

    @Override
    public void sent(Life from, NodeId to, Message message) {
      boolean ofReads = message instanceof Lease || message instanceof Leased
          || message instanceof Confirm || message instanceof Confirmed;
      if ((message instanceof RegisterMessage || message instanceof Decided) && !ofReads
          && !from.node().equals(to)) {
        messages++;
      }
      if (message instanceof Accept accept) {
        instances = accept.last().number();
      }
    }

    @Override
    public void received(Life to, NodeId from, Message message) {
      handling.put(to.node(), message);
    }

    @Override
    public void delivered(Life life, InstanceId instance, Value value) {
      Integer after = DELAYS.get(handling.get(life.node()).getClass());
      boolean leads = handling.get(life.node()) instanceof Accepted own
          && own.ballot().proposer().equals(life.node());
      if (after != null && !leads) {
        learned++;
        delays += after;
      }
    }
  }

  private static Explanation explained(String variant, int nodes) throws Exception {
    return explained(variant, nodes, Map.of());
  }

  private static Explanation explained(
      String variant, int nodes, Map<String, String> more) throws Exception {
    StringBuilder members = new StringBuilder();
    for (int i = 1; i <= nodes; i++) {
      members.append(i == 1 ? "" : ",").append("n").append(i).append("@h").append(i).append(":1")
          .append(variant.equals("cheap") && i > nodes / 2 + 1 ? "=auxiliary" : "");
    }
    Map<String, String> keys = new TreeMap<>(Map.of(
        "synod.variant", variant, "synod.node", "n1", "synod.data", "data",
        "synod.members", members.toString()));
    if (variant.equals("vertical")) {
      keys.put("synod.master.servers", "m1:1");
    }
    keys.putAll(more);
    return Explanation.of(NodeConfig.resolve(Synod.catalog(), Inputs.of(keys)));
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "fall", "classic", "crash-stop", "winter", "cheap", "spring", "vertical"})
  void whatACommandCostsIsWhatIsCounted(String variant) throws Exception {
    Costs costs = new Costs(variant.equals("classic"));
    SimulationReport report = Simulation.of(new Variants().named(variant)).nodes(3).seconds(20)
        .faults(EnumSet.noneOf(FaultKind.class)).load(1, 100).observe(costs).run();
    assertThat(report.firstViolation()).isEmpty();
    assertThat(costs.instances).as("commands, one after the other").isGreaterThan(150);
    Explanation told = explained(variant, 3);
    assertThat(costs.perCommand(costs.messages)).as("messages to and from one follower, in turn")
        .isCloseTo(told.messageDelays(), within(0.25));
    assertThat(costs.perCommand(costs.forces)).as("forced logs of one acceptor, in turn")
        .isCloseTo(told.forcedLogs(), within(0.25));
  }

  @ParameterizedTest
  @CsvSource({
      "fall, leader", "fall, all", "crash-stop, leader", "crash-stop, all", "winter, leader",
      "winter, all", "cheap, leader", "cheap, all", "spring, all", "vertical, all"})
  void whenAllKnowAndHowManyMessagesThatTakesIsWhatIsCounted(String variant, String learn)
      throws Exception {
    Learning seen = new Learning();
    SimulationReport report = Simulation.of(
            new Variants().named(variant).with("synod.learn", learn)).nodes(5).seconds(20)
        .faults(EnumSet.noneOf(FaultKind.class)).load(1, 100).observe(seen).run();
    assertThat(report.firstViolation()).isEmpty();
    assertThat(seen.instances).isGreaterThan(150);
    Explanation told = explained(variant, 5, Map.of("synod.learn", learn));
    assertThat((double) seen.delays / seen.learned).as("until nodes that do not lead have it")
        .isCloseTo(told.learnDelays(), within(0.3)); // three fast ones overtake two slow ones
    assertThat((double) seen.messages / seen.instances).as("messages between nodes")
        .isCloseTo(told.messages(), within(0.1 * told.messages()));
  }

  @Test
  void aFixedLeaderAloneIsIndispensable() throws Exception {
    Explanation told = explained("fall", 3, Map.of(
        "synod.election", "fixed", "synod.election.leader", "n1"));
    assertThat(told.tolerates()).isZero();
    assertThat(told.assumptions())
        .contains("no more than one acceptor is down or cut off at once: progress")
        .contains("n1, which is named to lead, is up: progress");
    assertThat(explained("fall", 1).assumptions())
        .contains("all acceptors are up and within reach of each other: progress");
  }

  @Test
  void asManyMayFailAsAreTold() throws Exception {
    assertThat(explained("fall", 5).tolerates()).isEqualTo(2);
    assertThat(explained("cheap", 5).tolerates()).isEqualTo(2);
    assertThat(explained("cheap", 3).smallestLoss()).hasSize(2);
    assertThat(explained("fall", 4).smallestLoss()).hasSize(2);
    assertThat(explained("vertical", 3).tolerates()).isEqualTo(2);
  }
}
