package io.synod.replication;

import static io.synod.replication.Kit.N1;
import static io.synod.replication.Kit.N2;
import static io.synod.replication.Kit.STORE;
import static io.synod.replication.Kit.THREE;
import static io.synod.replication.Kit.at;
import static io.synod.replication.Kit.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.broadcast.Batch;
import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Member;
import io.synod.api.model.OneC;
import io.synod.api.model.Reconfigure;
import io.synod.api.model.Role;
import io.synod.api.model.Value;
import io.synod.api.plugin.Settings;
import io.synod.api.replication.Outcome;
import io.synod.api.storage.DurableRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a survivor holds, decided or voted for, is what a new cluster begins with. */
class RemainsTest {
  private static final Ballot BALLOT = Ballot.BOTTOM.nextFor(N2);
  private static final Value OPENED = Batch.encode(100, List.of(Entry.open(55)));

  private final ListMachine machine = new ListMachine();
  private final Remains remains = new Remains(RealLayers.layers(
      new Kit().context(THREE, Settings.DEFAULTS), true, machine, new FakeSnapshots()));

  private static Value command(int sequence, String text) {
    return Batch.encode(200, List.of(Entry.command(1, sequence, 0, bytes(text))));
  }

  private static DurableRecord voted(int first, Value... values) {
    return new DurableRecord.Voted(BALLOT, at(first), List.of(values));
  }

  private Remains.Found found(DurableRecord... more) {
    remains.recover(new DurableRecord.Booted(1));
    remains.recover(new DurableRecord.Admitted());
    remains.recover(new DurableRecord.StoredOneC(
        new OneC(BALLOT, Era.ZERO, THREE, at(1), List.of())));
    List.of(more).forEach(remains::recover);
    return remains.gather();
  }

  private Remains.Found withTail() {
    Reconfigure pending = new Reconfigure(Era.ZERO, Kit.members("n1", "n2"));
    return found(
        voted(1, OPENED, command(1, "decided")), new DurableRecord.DecidedUpTo(at(2)),
        voted(3, command(2, "voted")), voted(5, pending.encode()));
  }

  @Test
  void whatWasVotedForCountsAsDecidedAndGapsAreSkipped() {
    Remains.Found found = withTail();
    assertThat(found.decided()).isEqualTo(at(2));
    assertThat(found.last()).isEqualTo(at(5));
    assertThat(found.taken()).isEqualTo(2);
    assertThat(found.skipped()).isEqualTo(1);
    assertThat(machine.history()).isEqualTo("decided@2/200 voted@3/200 ");
  }

  @Test
  void theNewEraIsAboveOneThatTheOthersMayHaveMade() {
    withTail();
    assertThat(remains.era()).as("the vote may have made era 1").isEqualTo(new Era(2));
  }

  @Test
  void anEmptyStoreBeginsWithNothing() {
    Remains.Found found = remains.gather();
    assertThat(found.last()).isEqualTo(at(0));
    assertThat(found.taken()).isZero();
  }

  /** The store of the new cluster is that of a node which leads alone and goes on with the log. */
  @Test
  void theNewClusterGoesOnWhereTheSurvivorEnds() {
    withTail();
    Configuration alone = new Configuration(
        List.of(new Member(N1, STORE, Member.founding("n1", "h:1").acceptor(), Role.ACCEPTOR)),
        "majority");
    FakeSnapshots snapshots = new FakeSnapshots();
    snapshots.write(at(5), remains.snapshot(alone), info -> { });
    snapshots.written();

    Kit kit = new Kit();
    ListMachine copy = new ListMachine();
    NodeCore core = RealLayers.core(
        kit.context(new Configuration(List.of(Member.founding("n1", "h:1")), "majority"),
            Settings.DEFAULTS), true, copy, snapshots);
    core.recover(remains.checkpoint(alone));
    core.start(false);
    List<Outcome> outcomes = new ArrayList<>();
    core.machine().submit(bytes("after"), outcomes::add);
    run(kit, core);

    assertThat(outcomes).singleElement().isInstanceOf(Outcome.Applied.class);
    assertThat(copy.history()).startsWith(machine.history()).contains("after@");
    assertThat(core.status().era()).isEqualTo(new Era(2));
    assertThat(core.reconfiguration().eras().made()).as("the next change follows it")
        .isEqualTo(new Era(2));
  }

  private static void run(Kit kit, NodeCore core) {
    for (int i = 0; i < 1000; i++) {
      kit.advance(1);
      core.endOfTurn();
      kit.forced();
      for (Kit.Sent sent : kit.takeSent()) {
        if (sent.to().equals(N1)) {
          core.onMessage(N1, sent.message());
        }
      }
    }
  }
}
