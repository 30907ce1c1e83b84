package io.synod.replication;

import static io.synod.replication.Kit.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.membership.Change;
import io.synod.api.membership.ChangeOutcome;
import io.synod.api.membership.Seat;
import io.synod.api.model.Era;
import io.synod.api.model.Incarnation;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.Settings;
import io.synod.api.replication.Outcome;
import io.synod.api.storage.DurableRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Five whole nodes in one memory; three of them are members, not always the same. */
class MovingClusterTest {
  private static final Era ONE = new Era(1);

  private final Map<NodeId, Node> nodes = new TreeMap<>();
  private final Set<NodeId> stopped = new TreeSet<>();
  private final List<Outcome> outcomes = new ArrayList<>();
  private final List<ChangeOutcome> changes = new ArrayList<>();

  private static final class Node {
    private final Kit kit;
    private final List<DurableRecord> journal = new ArrayList<>();
    private ListMachine machine;
    private NodeCore core;

    Node(NodeId id, int number) {
      kit = new Kit(id, new Incarnation(100L + number));
    }

    void start(boolean fresh) {
      machine = new ListMachine();
      core = RealLayers.core(
          kit.context(Settings.DEFAULTS), true, machine, new FakeSnapshots());
      List.copyOf(journal).forEach(core::recover);
      core.start(fresh);
    }
  }

  private void startAll() {
    for (int i = 1; i <= 5; i++) {
      NodeId id = NodeId.of("n" + i);
      nodes.put(id, new Node(id, i));
    }
    nodes.values().forEach(node -> node.start(true));
    run(2000);
  }

  /** Turns of all loops: time, the disk, then what is sent arrives. */
  private void run(int millis) {
    for (int i = 0; i < millis; i++) {
      nodes.forEach((id, node) -> {
        if (!stopped.contains(id)) {
          turn(id, node);
        }
      });
    }
  }

  private void turn(NodeId id, Node node) {
    node.kit.advance(1);
    node.core.endOfTurn();
    node.journal.addAll(node.kit.takePersisted());
    node.kit.forced();
    for (Kit.Sent sent : node.kit.takeSent()) {
      if (!stopped.contains(sent.to())) {
        nodes.get(sent.to()).core.onMessage(id, sent.message());
      }
    }
  }

  private Node node(String id) {
    return nodes.get(NodeId.of(id));
  }

  private Node leader() {
    List<Node> leading = nodes.entrySet().stream()
        .filter(e -> !stopped.contains(e.getKey()) && e.getValue().core.status().leading())
        .map(Map.Entry::getValue).toList();
    assertThat(leading).as("who leads").hasSize(1);
    return leading.get(0);
  }

  private void submit(Node to, String command) {
    to.core.machine().submit(bytes(command), outcomes::add);
  }

  private void change(Era expected, String... members) {
    List<Seat> seats = Kit.members(members).members().stream().map(Seat::of).toList();
    leader().core.membership().change(
        Optional.of(expected), new Change.Set(seats), new MembershipDesk.Listener() {
          @Override
          public void doing(String what) {}

          @Override
          public void done(ChangeOutcome outcome) {
            changes.add(outcome);
          }
        });
    run(3000);
  }

  private void stop(String... ids) {
    for (String id : ids) {
      stopped.add(NodeId.of(id));
    }
  }

  @Test
  void aClusterMovesToOtherNodesAndTheOldOnesMayGo() {
    startAll();
    submit(leader(), "before");
    run(200);
    change(Era.ZERO, "n3", "n4", "n5");
    assertThat(changes).singleElement().isInstanceOfSatisfying(ChangeOutcome.Active.class, c -> {
      assertThat(c.era()).isEqualTo(ONE);
      assertThat(c.safeToStop()).containsExactly(NodeId.of("n1"), NodeId.of("n2"));
      assertThat(c.configuration().ids())
          .containsExactly(NodeId.of("n3"), NodeId.of("n4"), NodeId.of("n5"));
    });
    stop("n1", "n2");
    run(5000);
    submit(leader(), "after");
    run(1000);
    assertThat(outcomes).hasSize(2).allMatch(Outcome.Applied.class::isInstance);
    assertThat(leader().core.status().configuration().ids()).contains(NodeId.of("n4"));
    String history = node("n3").machine.history();
    assertThat(history).contains("before@").contains("after@");
    assertThat(List.of(node("n4").machine.history(), node("n5").machine.history()))
        .containsOnly(history);
  }

  @Test
  void oldMembersLearnWhatReplacedThem() {
    startAll();
    change(Era.ZERO, "n3", "n4", "n5");
    for (Node node : nodes.values()) {
      assertThat(node.core.status().era()).isEqualTo(ONE);
    }
  }

  @Test
  void afterTheMoveOneOfTheNewThreeMayFail() {
    startAll();
    change(Era.ZERO, "n3", "n4", "n5");
    stop("n1", "n2", "n3");
    run(10_000);
    submit(leader(), "after");
    run(1000);
    assertThat(outcomes).singleElement().isInstanceOf(Outcome.Applied.class);
    assertThat(node("n5").machine.history()).isEqualTo(node("n4").machine.history())
        .contains("after@");
  }

  @Test
  void whatTheNewMembersRecordedHoldsOverARestartOfAll() {
    startAll();
    submit(leader(), "before");
    run(200);
    change(Era.ZERO, "n3", "n4", "n5");
    stop("n1", "n2");
    for (String id : List.of("n3", "n4", "n5")) {
      node(id).start(false);
    }
    run(5000);
    assertThat(leader().core.status().era()).isEqualTo(ONE);
    submit(leader(), "after");
    run(1000);
    assertThat(outcomes).hasSize(2).allMatch(Outcome.Applied.class::isInstance);
    assertThat(node("n4").machine.history()).contains("before@").contains("after@");
  }

  @Test
  void eraAfterEraUntilNoFounderIsLeft() {
    startAll();
    change(Era.ZERO, "n2", "n3", "n4");
    change(ONE, "n3", "n4", "n5");
    change(new Era(2), "n1", "n4", "n5");
    assertThat(changes).hasSize(3).allMatch(ChangeOutcome.Active.class::isInstance);
    stop("n2", "n3");
    run(5000);
    submit(leader(), "after");
    run(1000);
    assertThat(outcomes).singleElement().isInstanceOf(Outcome.Applied.class);
  }
}
