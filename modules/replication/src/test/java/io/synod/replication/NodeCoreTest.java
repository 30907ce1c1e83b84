package io.synod.replication;

import static io.synod.replication.Kit.N1;
import static io.synod.replication.Kit.N2;
import static io.synod.replication.Kit.N3;
import static io.synod.replication.Kit.STORE;
import static io.synod.replication.Kit.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.message.AdmissionMessage.Acknowledge;
import io.synod.api.model.Configuration;
import io.synod.api.model.Incarnation;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.Settings;
import io.synod.api.replication.Outcome;
import io.synod.api.storage.DurableRecord;
import io.synod.api.transport.PeerAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A whole node of real layers, without threads. */
class NodeCoreTest {
  private static final Incarnation OLD = new Incarnation(5);
  private static final Configuration ALONE =
      new Configuration(List.of(Member.founding("n1", "h:1")), "majority");

  private final Kit kit = new Kit();
  private ListMachine machine = new ListMachine();
  private final FakeSnapshots snapshots = new FakeSnapshots();
  private final List<Outcome> outcomes = new ArrayList<>();
  private final List<DurableRecord> journal = new ArrayList<>();

  private NodeCore core(Configuration founders, boolean stable, Settings settings) {
    return RealLayers.core(kit.context(founders, settings), stable, machine, snapshots);
  }

  /** Turns of the loop: the disk, messages to itself, time. */
  private void run(NodeCore core, int millis) {
    for (int i = 0; i < millis; i++) {
      kit.advance(1);
      core.endOfTurn();
      journal.addAll(kit.takePersisted());
      kit.forced();
      for (Kit.Sent sent : kit.takeSent()) {
        if (sent.to().equals(N1)) {
          core.onMessage(N1, sent.message());
        }
      }
    }
  }

  private NodeCore alone() {
    NodeCore core = core(ALONE, true, Settings.DEFAULTS);
    core.start(true);
    run(core, 1000);
    return core;
  }

  private void submit(NodeCore core, String command) {
    core.machine().submit(bytes(command), outcomes::add);
  }

  @Test
  void aNodeAloneLeadsAndApplies() {
    NodeCore core = alone();
    submit(core, "a");
    submit(core, "b");
    run(core, 100);
    assertThat(outcomes).hasSize(2).allMatch(Outcome.Applied.class::isInstance);
    assertThat(machine.applied()).isEqualTo(2);
    assertThat(core.status().leading()).isTrue();
    assertThat(core.status().speaking()).isTrue();
    assertThat(core.status().epoch()).isEqualTo(1);
  }

  @Test
  void aStateMachineThatThrowsHaltsTheNode() {
    NodeCore core = alone();
    submit(core, "throw");
    assertThatThrownBy(() -> run(core, 100)).isInstanceOf(IllegalStateException.class)
        .hasMessage("this machine is broken");
  }

  @Test
  void whatWasAppliedIsAppliedAgainAfterARestart() {
    NodeCore before = alone();
    submit(before, "a");
    run(before, 200);
    String history = machine.history();
    machine = new ListMachine();
    NodeCore after = core(ALONE, true, Settings.DEFAULTS);
    List.copyOf(journal).forEach(after::recover);
    after.start(false);
    run(after, 1000);
    assertThat(machine.history()).isEqualTo(history).contains("a@");
    assertThat(after.status().epoch()).isEqualTo(2);
  }

  @Test
  void aSnapshotTakesThePlaceOfTheJournalBeforeItsCheckpoint() {
    NodeCore before = alone();
    submit(before, "a");
    run(before, 200);
    assertThat(before.snapshot(info -> { })).isTrue();
    snapshots.written();
    run(before, 10);
    assertThat(kit.dropped()).isEqualTo(1);
    int at = 0;
    for (int i = 0; i < journal.size(); i++) {
      at = journal.get(i) instanceof DurableRecord.Checkpoint ? i : at;
    }
    assertThat(at).isPositive();
    machine = new ListMachine();
    NodeCore after = core(ALONE, true, Settings.DEFAULTS);
    journal.subList(at, journal.size()).forEach(after::recover);
    after.start(false);
    assertThat(after.applied()).isEqualTo(before.applied());
    assertThat(machine.history()).contains("a@");
  }

  private NodeCore restarted() {
    machine = new ListMachine();
    NodeCore core = core(ALONE, true, Settings.DEFAULTS);
    List.copyOf(journal).forEach(core::recover);
    core.start(false);
    run(core, 1000);
    return core;
  }

  /** As when a node crashes after a snapshot has arrived, and again while it takes its own. */
  @Test
  void aSnapshotAheadOfTheJournalGetsItsCheckpointAtTheStart() {
    NodeCore first = alone();
    submit(first, "a");
    run(first, 200);
    List<DurableRecord> behind = List.copyOf(journal);
    submit(first, "b");
    run(first, 200);
    assertThat(first.snapshot(info -> { })).isTrue();
    snapshots.written();
    run(first, 10);
    journal.clear();
    journal.addAll(behind);
    NodeCore second = restarted();
    submit(second, "c");
    run(second, 200);
    assertThat(machine.history()).contains("c@");
    assertThat(second.snapshot(info -> { })).isTrue();
    run(second, 200);
    restarted();
    assertThat(machine.history()).contains("a@").contains("b@").contains("c@");
  }

  @Test
  void anEmptyStoreUnderTheIdOfAFormerMemberIsRefusedNamingBothStores() {
    NodeCore core = core(Kit.THREE, true, Settings.DEFAULTS);
    core.start(true);
    assertThatThrownBy(() -> core.onMessage(N2, new Acknowledge(STORE, OLD)))
        .isInstanceOf(AdmissionRefused.class)
        .hasMessageContaining("n1 was a member with store " + OLD)
        .hasMessageContaining("so says n2")
        .hasMessageContaining("this store " + STORE)
        .hasMessageContaining("synod.storage.new-incarnation = true");
  }

  @Test
  void withPermissionItOnlyLearns() {
    NodeCore core = core(
        Kit.THREE, true, Settings.DEFAULTS.with(ReplicationSettings.NEW_INCARNATION, true));
    core.start(true);
    core.onMessage(N2, new Acknowledge(STORE, OLD));
    core.onMessage(N3, new Acknowledge(STORE, STORE));
    run(core, 2000);
    assertThat(core.status().speaking()).isFalse();
    assertThat(core.status().leading()).isFalse();
    assertThat(kit.notes()).anyMatch(note -> note.contains("only learns"));
  }

  @Test
  void aCrashStopNodeThatRestartsStaysSilent() {
    NodeCore core = core(ALONE, false, Settings.DEFAULTS);
    core.recover(new DurableRecord.Admitted());
    core.start(false);
    run(core, 2000);
    assertThat(core.status().speaking()).isFalse();
    assertThat(core.status().leading()).isFalse();
    assertThat(kit.notes()).anyMatch(note -> note.contains("only learns from now on"));
  }

  /** A new leader has to ask them before anybody knows whether they will ever be members. */
  @Test
  void acceptorsThatOnlyAVoteTellsOfAreInTheAddressBook() {
    NodeCore core = alone();
    List<Map<NodeId, PeerAddress>> books = new ArrayList<>();
    core.addressBook(books::add);
    core.asks(Kit.members("n1", "n9"));
    assertThat(books.get(books.size() - 1)).containsKey(NodeId.of("n9"));
  }
}
