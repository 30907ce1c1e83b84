package io.synod.register.passive;

import static io.synod.register.Fixtures.N1;
import static io.synod.register.Fixtures.N2;
import static io.synod.register.Fixtures.ballot;
import static io.synod.register.Fixtures.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.message.AdmissionMessage.Acknowledge;
import io.synod.api.message.AdmissionMessage.Introduce;
import io.synod.api.message.BroadcastMessage.Progress;
import io.synod.api.message.Message;
import io.synod.api.message.ReconfigMessage.EraActive;
import io.synod.api.message.RegisterMessage.Accept;
import io.synod.api.message.RegisterMessage.Accepted;
import io.synod.api.message.RegisterMessage.Adopt;
import io.synod.api.message.RegisterMessage.Confirm;
import io.synod.api.message.RegisterMessage.Confirmed;
import io.synod.api.message.RegisterMessage.Lease;
import io.synod.api.message.RegisterMessage.Nack;
import io.synod.api.message.RegisterMessage.Prepare;
import io.synod.api.message.RegisterMessage.Promise;
import io.synod.api.message.RegisterMessage.Stored;
import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.model.Role;
import io.synod.api.model.Value;
import io.synod.api.model.Vote;
import io.synod.api.passive.Step;
import io.synod.api.storage.DurableRecord;
import io.synod.register.Fixtures;
import io.synod.register.RecordingEffects;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Figure 18: two processes and one disk, step by step. */
class StandInTest {
  private static final NodeId D1 = NodeId.of("d1");
  private static final Incarnation DISK = new Incarnation(0xd);
  private static final Ballot B1 = ballot(1, N1);
  private static final Ballot B2 = ballot(2, N2);
  private static final Era ONE = new Era(1);
  /** So many megabytes are more than an area may grow by. */
  private static final int LARGE = 16;
  private static final Configuration ON_DISK = new Configuration(
      List.of(
          new Member(N1, Fixtures.STORE, URI.create("node://h:1"), Role.PROPOSER),
          new Member(N2, Fixtures.STORE, URI.create("node://h:2"), Role.PROPOSER),
          new Member(D1, DISK, URI.create("disk:///d1"), Role.PASSIVE)),
      "majority");

  private final SharedDisk disk = new SharedDisk();
  private final Process one = new Process(N1);
  private final Process two = new Process(N2);

  /** A process, and what the disk has said to it. */
  private final class Process {
    private final NodeId id;
    private final List<Message> heard = new ArrayList<>();
    private final StandIn standIn;

    Process(NodeId id) {
      this.id = id;
      this.standIn = new StandIn(
          Fixtures.context(id, new RecordingEffects(), new Fixtures.ManualTimers()), D1,
          Fixtures::authority, heard::add);
    }

    void open() {
      standIn.opened(DISK, disk.own(id));
      turn();
      heard.clear();
    }

    /** What comes of that message. */
    List<Message> asks(Message... messages) {
      heard.clear();
      for (Message message : messages) {
        standIn.onMessage(message);
      }
      turn();
      return List.copyOf(heard);
    }

    private void turn() {
      Optional<Step> step = standIn.next();
      while (step.isPresent()) {
        disk.write(id, step.get());
        standIn.done(disk.read(id, step.get()));
        step = standIn.next();
      }
      if (!standIn.isOpen()) {
        standIn.opened(DISK, disk.own(id));
      }
    }
  }

  private static Prepare prepare(Ballot ballot) {
    return new Prepare(ballot, Era.ZERO, InstanceId.FIRST);
  }

  private static Adopt adopt(Ballot ballot, Era era, long low) {
    return new Adopt(new OneC(ballot, era, ON_DISK, InstanceId.of(low), List.of()));
  }

  private static Accept accept(Ballot ballot, long first, int tag) {
    return new Accept(ballot, InstanceId.of(first), List.of(value(tag)), InstanceId.NONE);
  }

  @BeforeEach
  void open() {
    one.open();
    two.open();
  }

  @Test
  void aProposerAloneReadsStoresAndWrites() {
    assertThat(one.asks(prepare(B1)).get(0)).isInstanceOf(Promise.class);
    assertThat(one.asks(adopt(B1, Era.ZERO, 1))).containsExactly(
        new Stored(B1, DISK, InstanceId.NONE), new Accepted(B1, DISK, InstanceId.NONE));
    assertThat(one.asks(accept(B1, 1, 7), accept(B1, 2, 8))).containsExactly(
        new Accepted(B1, DISK, InstanceId.of(1)), new Accepted(B1, DISK, InstanceId.of(2)));
    assertThat(disk.writes()).as("many instances, one write").isEqualTo(3);
  }

  @Test
  void aHigherRoundInAnotherBlockRefusesTheWrite() {
    one.asks(prepare(B1));
    one.asks(adopt(B1, Era.ZERO, 1));
    two.asks(prepare(B2));
    assertThat(one.asks(accept(B1, 1, 7))).containsExactly(new Nack(B1, DISK, B2));
    assertThat(one.asks(new Confirm(B1, 1))).as("nor is it the highest any more")
        .contains(new Nack(B1, DISK, B2));
  }

  @Test
  void readReturnsTheVotesOfOthers() {
    one.asks(prepare(B1));
    one.asks(adopt(B1, Era.ZERO, 1));
    one.asks(accept(B1, 1, 7));
    Promise promise = (Promise) two.asks(prepare(B2)).get(0);
    assertThat(promise.votes()).containsExactly(new Vote(InstanceId.FIRST, B1, value(7)));
    assertThat(promise.adopted()).isEqualTo(Era.ZERO);
    assertThat(promise.floor()).isEqualTo(InstanceId.FIRST);
  }

  @Test
  void aVoteThatCameTooLateIsSeenButNeverCounted() {
    one.asks(prepare(B1));
    one.asks(adopt(B1, Era.ZERO, 1));
    two.asks(prepare(B2));
    two.asks(adopt(B2, Era.ZERO, 1));
    two.asks(accept(B2, 1, 8));
    assertThat(one.asks(accept(B1, 1, 7))).allMatch(said -> said instanceof Nack);
    Ballot b3 = ballot(3, N1);
    Promise promise = (Promise) one.asks(prepare(b3)).get(0);
    assertThat(promise.votes()).as("the highest round over all blocks")
        .containsExactly(new Vote(InstanceId.FIRST, B2, value(8)));
  }

  @Test
  void whatWasWrittenIsKnownToTheNextLife() {
    one.asks(prepare(B1));
    one.asks(adopt(B1, Era.ZERO, 1));
    one.asks(accept(B1, 1, 7));
    Process again = new Process(N1);
    again.open();
    assertThat(again.asks(new Confirm(B1, 1)))
        .containsExactly(new Confirmed(B1, DISK, 1));
    Promise promise = (Promise) again.asks(prepare(ballot(2, N1))).get(0);
    assertThat(promise.votes()).containsExactly(new Vote(InstanceId.FIRST, B1, value(7)));
  }

  @Test
  void noLaterEraIsOverlooked() {
    one.asks(prepare(B1));
    two.asks(prepare(B2));
    two.asks(adopt(B2, ONE, 5));
    Ballot b3 = ballot(3, N1);
    Promise promise = (Promise) one.asks(prepare(b3)).get(0);
    assertThat(promise.adopted()).isEqualTo(ONE);
    assertThat(promise.configurations()).containsEntry(ONE, ON_DISK);
    assertThat(promise.floor()).isEqualTo(InstanceId.of(5));
    assertThat(one.asks(adopt(b3, Era.ZERO, 5))).as("an era that was left").isEmpty();
  }

  @Test
  void anEraIsRecordedAsActiveForWhoeverComesLate() {
    assertThat(one.asks(new EraActive(ONE, ON_DISK)))
        .containsExactly(new Progress(InstanceId.NONE, InstanceId.FIRST, DISK, ONE));
    Promise promise = (Promise) two.asks(prepare(B2)).get(0);
    assertThat(promise.active()).isEqualTo(ONE);
  }

  @Test
  void whatMostProcessesHoldIsWhatItStandsFor() {
    one.standIn.held(InstanceId.of(3), InstanceId.of(4));
    assertThat(one.asks(adopt(B1, Era.ZERO, 5)))
        .contains(new Stored(B1, DISK, InstanceId.of(4)));
    Promise promise = (Promise) two.asks(prepare(B2)).get(0);
    assertThat(promise.kept()).as("all hold what is below").isEqualTo(InstanceId.of(4));
  }

  @Test
  void itKnowsTheFirstStoreOfAProcess() {
    Incarnation first = new Incarnation(21);
    Incarnation second = new Incarnation(22);
    assertThat(one.asks(new Introduce(first))).contains(new Acknowledge(first, first));
    assertThat(one.asks(new Introduce(second))).contains(new Acknowledge(second, first));
    one.open();
    assertThat(one.asks(new Introduce(second))).as("after a restart, too")
        .contains(new Acknowledge(second, first));
  }

  @Test
  void aStepHasOneBallotSoThatItIsRefusedAsAWhole() {
    Ballot b3 = ballot(3, N1);
    one.standIn.onMessage(prepare(B1));
    one.standIn.onMessage(prepare(b3));
    Step first = one.standIn.next().orElseThrow();
    assertThat(first.ballot()).isEqualTo(B1);
    assertThat(first.records()).contains(new DurableRecord.Promised(B1)).hasSize(1);
    one.standIn.done(disk.read(N1, first));
    assertThat(one.standIn.next().orElseThrow().ballot()).isEqualTo(b3);
  }

  private static Accept large(int instance) {
    return new Accept(
        B1, InstanceId.of(instance), List.of(Value.of(new byte[1 << 20])), InstanceId.NONE);
  }

  @Test
  void whatHasGrownLongIsSaidAgainInOneRecord() {
    one.asks(prepare(B1));
    one.asks(adopt(B1, Era.ZERO, 1));
    for (int i = 1; i < LARGE; i++) {
      one.asks(large(i));
    }
    one.standIn.onMessage(large(LARGE));
    Step last = one.standIn.next().orElseThrow();
    disk.write(N1, last);
    one.standIn.done(disk.read(N1, last));
    one.standIn.held(InstanceId.of(LARGE - 1), InstanceId.of(LARGE - 1));
    one.standIn.onMessage(new Confirm(B1, 1));
    Step step = one.standIn.next().orElseThrow();
    assertThat(step.ballot()).isEqualTo(Ballot.BOTTOM);
    DurableRecord.Checkpoint all = (DurableRecord.Checkpoint) step.records().get(0);
    assertThat(all.promised()).isEqualTo(B1);
    assertThat(all.votes()).as("what all hold is gone").hasSize(1);
    one.standIn.done(disk.read(N1, step));
    assertThat(one.standIn.next()).as("then what was asked").isPresent();
  }

  @Test
  void itGrantsNoLeases() {
    one.asks(prepare(B1));
    one.asks(adopt(B1, Era.ZERO, 1));
    assertThat(one.asks(new Lease(B1, 1, 1_000_000))).isEmpty();
  }

  @Test
  void afterAFailureNothingIsSaidOfWhatWasAsked() {
    one.standIn.onMessage(prepare(B1));
    assertThat(one.standIn.next()).isPresent();
    assertThat(one.standIn.next()).as("one exchange at a time").isEmpty();
    one.standIn.lost();
    assertThat(one.standIn.next()).isEmpty();
    assertThat(one.heard).isEmpty();
    one.open();
    assertThat(one.asks(prepare(B1)).get(0)).isInstanceOf(Promise.class);
  }
}
