package io.synod.register.leased;

import static io.synod.register.Fixtures.N1;
import static io.synod.register.Fixtures.N2;
import static io.synod.register.Fixtures.THREE;
import static io.synod.register.Fixtures.ballot;
import static io.synod.register.Fixtures.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.model.Ballot;
import io.synod.api.model.Era;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.model.Vote;
import io.synod.api.passive.Step;
import io.synod.api.storage.DurableRecord;
import io.synod.api.storage.DurableRecord.Activated;
import io.synod.api.storage.DurableRecord.Checkpoint;
import io.synod.api.storage.DurableRecord.DecidedUpTo;
import io.synod.api.storage.DurableRecord.Met;
import io.synod.api.storage.DurableRecord.Promised;
import io.synod.api.storage.DurableRecord.StoredOneC;
import io.synod.api.storage.DurableRecord.Voted;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The acceptor's transition over what all have written. */
class SharedAreaTest {
  private static final Ballot LOW = ballot(3, N1);
  private static final Ballot HIGH = ballot(5, N2);
  private static final Incarnation STORE = new Incarnation(8);

  private final SharedArea area = new SharedArea();

  private List<DurableRecord> step(NodeId process, Ballot ballot, DurableRecord... records) {
    List<DurableRecord> written =
        area.written(process, new Step(ballot, List.of(records), Optional.empty()));
    written.forEach(area::apply);
    return written;
  }

  private static Voted voted(Ballot ballot, long first, int tag) {
    return new Voted(ballot, InstanceId.of(first), List.of(value(tag)));
  }

  private static StoredOneC stored(Ballot ballot, long era) {
    return new StoredOneC(
        new OneC(ballot, new Era(era), THREE, InstanceId.FIRST, List.of(value(9))));
  }

  private List<Vote> votes() {
    return area.view(Optional.of(InstanceId.FIRST)).votes();
  }

  @Test
  void aStepBelowThePromiseLeavesOnlyWhatIsTrueWhoeverLeads() {
    step(N2, HIGH, new Promised(HIGH));
    Activated active = new Activated(new Era(1), THREE);
    DecidedUpTo decided = new DecidedUpTo(InstanceId.of(4));
    Met met = new Met(N1, STORE);
    assertThat(step(N1, LOW, voted(LOW, 9, 1), active, decided, met, new Promised(LOW)))
        .containsExactly(active, decided, met);
    assertThat(step(N1, LOW, voted(LOW, 9, 1), active, decided, met)).as("known").isEmpty();
    assertThat(votes()).isEmpty();
  }

  @Test
  void aStepInThePromisedBallotIsWritten() {
    step(N2, HIGH, new Promised(HIGH));
    assertThat(step(N2, HIGH, voted(HIGH, 1, 1))).hasSize(1);
    assertThat(votes()).containsExactly(new Vote(InstanceId.FIRST, HIGH, value(1)));
  }

  @Test
  void aOneCOfAnEraThatWasLeftIsNotStored() {
    step(N1, LOW, stored(LOW, 2));
    assertThat(step(N2, HIGH, stored(HIGH, 1))).isEmpty();
    assertThat(area.view(Optional.empty()).promised()).isEqualTo(LOW);
  }

  @Test
  void aCheckpointReplacesWhatItsProcessVotedAndNothingOfOthers() {
    step(N1, LOW, voted(LOW, 1, 1), voted(LOW, 2, 2));
    step(N2, HIGH, voted(HIGH, 2, 3), new Met(N2, STORE));
    Checkpoint own = SharedArea.of(List.of(
        voted(ballot(7, N1), 3, 4), new Met(N1, STORE))).checkpoint();
    step(N1, ballot(7, N1), voted(ballot(7, N1), 4, 9), own);
    assertThat(votes()).containsExactly(
        new Vote(InstanceId.of(2), HIGH, value(3)),
        new Vote(InstanceId.of(3), ballot(7, N1), value(4)));
    assertThat(area.checkpoint().met()).containsEntry(N1, STORE).containsEntry(N2, STORE);
  }

  @Test
  void aCheckpointInNoBallotSaysOnlyWhatMayBeForgotten() {
    step(N1, LOW, voted(LOW, 1, 1), voted(LOW, 2, 2));
    Checkpoint own = SharedArea.of(
        List.of(new Promised(LOW), new DecidedUpTo(InstanceId.FIRST))).checkpoint();
    assertThat(step(N1, Ballot.BOTTOM, own)).containsExactly(new DecidedUpTo(InstanceId.FIRST));
    assertThat(step(N1, Ballot.BOTTOM, own)).as("known").isEmpty();
    assertThat(votes()).containsExactly(new Vote(InstanceId.of(2), LOW, value(2)));
  }

  @Test
  void whatAProcessIsToKnowAgainAmountsToAll() {
    step(N1, LOW, stored(LOW, 1), voted(LOW, 2, 2), new Activated(new Era(1), THREE));
    step(N2, HIGH, new Promised(HIGH), new Met(N2, STORE));
    SharedArea again = SharedArea.of(area.own());
    assertThat(again.view(Optional.of(InstanceId.FIRST)))
        .isEqualTo(area.view(Optional.of(InstanceId.FIRST)));
    assertThat(again.checkpoint()).isEqualTo(area.checkpoint());
    assertThat(again.checkpoint().oneC()).map(OneC::ballot).contains(LOW);
    assertThat(area.own()).contains(new Met(N2, STORE));
  }
}
