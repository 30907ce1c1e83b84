package io.synod.register.set;

import static io.synod.register.Fixtures.N1;
import static io.synod.register.Fixtures.N2;
import static io.synod.register.Fixtures.N3;
import static io.synod.register.Fixtures.THREE;
import static io.synod.register.Fixtures.ballot;
import static io.synod.register.Fixtures.oneC;
import static io.synod.register.Fixtures.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.message.Message;
import io.synod.api.message.RegisterMessage.Accept;
import io.synod.api.message.RegisterMessage.Adopt;
import io.synod.api.message.RegisterMessage.Prepare;
import io.synod.api.message.RegisterMessage.Reply;
import io.synod.api.message.RegisterMessage.Request;
import io.synod.api.model.Ballot;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.Vote;
import io.synod.api.plugin.LayerContext;
import io.synod.api.register.ReadOutcome;
import io.synod.api.register.RoundBasedRegister;
import io.synod.register.Fixtures;
import io.synod.register.RecordingEffects;
import io.synod.register.RecordingEffects.Effect;
import io.synod.register.acceptor.Durability;
import io.synod.register.acceptor.NodeAcceptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The register's properties (Deconstructing Paxos §3.1), over three real acceptors. */
class AcceptorSetRegisterTest {
  private final Map<NodeId, NodeAcceptor> acceptors = new LinkedHashMap<>();
  private final Map<NodeId, RecordingEffects> answers = new LinkedHashMap<>();
  private final Map<NodeId, RecordingEffects> asked = new LinkedHashMap<>();
  private final Map<NodeId, AcceptorSetRegister> registers = new LinkedHashMap<>();
  private final Fixtures.ManualTimers timers = new Fixtures.ManualTimers();
  private final List<ReadOutcome> reads = new ArrayList<>();
  private final Writes writes = new Writes();
  private final List<NodeId> cut = new ArrayList<>();

  private static final class Writes implements RoundBasedRegister.WriteListener {
    private InstanceId committed = InstanceId.NONE;
    private boolean settled;
    private Ballot abortedBy;

    @Override
    public void stored(Ballot ballot) {
      settled = true;
    }

    @Override
    public void activated(Ballot ballot) {
      throw new AssertionError("era 0 is active from the start, but told of in " + ballot);
    }

    @Override
    public void committed(Ballot ballot, InstanceId upTo) {
      committed = upTo;
    }

    @Override
    public void aborted(Ballot ballot, Ballot higher) {
      abortedBy = higher;
    }
  }

  @BeforeEach
  void threeNodes() {
    for (NodeId id : List.of(N1, N2, N3)) {
      answers.put(id, new RecordingEffects());
      asked.put(id, new RecordingEffects());
      LayerContext context = Fixtures.context(id, answers.get(id), timers);
      NodeAcceptor acceptor =
          new NodeAcceptor(context, Fixtures.authority(context), Durability.STABLE);
      acceptor.founding(true);
      acceptors.put(id, acceptor);
      registers.put(id, new AcceptorSetRegister(
          Fixtures.context(id, asked.get(id), timers), Fixtures::majority));
    }
  }

  /** Carries messages until nothing moves; those from or to a node that is cut are lost. */
  private List<Message> run() {
    List<Message> seen = new ArrayList<>();
    boolean moved = true;
    while (moved) {
      moved = false;
      for (NodeId id : registers.keySet()) {
        registers.get(id).flush();
        for (Effect effect : asked.get(id).take()) {
          Effect.SentNow sent = (Effect.SentNow) effect;
          seen.add(sent.message());
          moved = true;
          if (!cut.contains(sent.to())) {
            acceptors.get(sent.to()).onRequest(id, (Request) sent.message());
          }
        }
      }
      moved |= carryAnswers();
    }
    return seen;
  }

  private boolean carryAnswers() {
    boolean moved = false;
    for (NodeId id : answers.keySet()) {
      for (Effect effect : answers.get(id).take()) {
        moved = true;
        if (effect instanceof Effect.Sent sent) {
          registers.get(sent.to()).onReply(id, (Reply) sent.message());
        } else if (effect instanceof Effect.SentNow sent) {
          registers.get(sent.to()).onReply(id, (Reply) sent.message());
        }
      }
    }
    return moved;
  }

  private void read(Ballot ballot) {
    registers.get(ballot.proposer()).read(ballot, Era.ZERO, THREE, InstanceId.FIRST, reads::add);
    run();
  }

  private void write(Ballot ballot, int tag) {
    AcceptorSetRegister register = registers.get(ballot.proposer());
    register.adopt(oneC(ballot, 1), false, writes);
    register.write(InstanceId.of(1), value(tag));
    run();
  }

  private ReadOutcome.Committed committedRead() {
    return (ReadOutcome.Committed) reads.get(reads.size() - 1);
  }

  @Test
  void readCommitOfAnEmptyRegisterReturnsBottom() {
    read(ballot(1, N1));
    assertThat(committedRead().votes()).isEmpty();
  }

  @Test
  void writeCommitIsSeenByEveryLaterRead() {
    read(ballot(1, N1));
    cut.add(N3);
    write(ballot(1, N1), 5);
    assertThat(writes.committed).isEqualTo(InstanceId.of(1));
    cut.clear();
    cut.add(N1);
    read(ballot(2, N2));
    assertThat(committedRead().votes()).containsExactly(
        new Vote(InstanceId.of(1), ballot(1, N1), value(5)));
  }

  @Test
  void readWriteAbortOnlyBecauseOfAHigherRound() {
    read(ballot(2, N2));
    read(ballot(1, N1));
    assertThat(reads.get(1)).isEqualTo(new ReadOutcome.Aborted(ballot(1, N1), ballot(2, N2)));
  }

  @Test
  void readWriteCommitOfAHigherRoundAbortsALowerWrite() {
    read(ballot(1, N1));
    registers.get(N1).adopt(oneC(ballot(1, N1), 1), false, writes);
    run();
    read(ballot(2, N2));
    registers.get(N1).write(InstanceId.of(1), value(5));
    run();
    assertThat(writes.abortedBy).isEqualTo(ballot(2, N2));
    assertThat(writes.committed).isEqualTo(InstanceId.NONE);
  }

  @Test
  void theHighestVoteWins() {
    read(ballot(1, N1));
    cut.add(N2);
    cut.add(N3);
    write(ballot(1, N1), 5);
    cut.clear();
    cut.add(N1);
    read(ballot(2, N2));
    write(ballot(2, N2), 6);
    cut.clear();
    cut.add(N3);
    read(ballot(3, N1));
    assertThat(committedRead().votes()).containsExactly(
        new Vote(InstanceId.of(1), ballot(2, N2), value(6)));
  }

  @Test
  void theOwnPromiseComesBeforeAnybodyElseIsAsked() {
    registers.get(N1).read(ballot(1, N1), Era.ZERO, THREE, InstanceId.FIRST, reads::add);
    assertThat(asked.get(N1).take()).containsExactly(
        new Effect.SentNow(N1, new Prepare(ballot(1, N1), Era.ZERO, InstanceId.FIRST)));
  }

  @Test
  void whatIsLostIsSentAgain() {
    cut.addAll(List.of(N2, N3));
    read(ballot(1, N1));
    assertThat(reads).isEmpty();
    cut.clear();
    timers.advance(Duration.ofSeconds(3).toNanos());
    run();
    assertThat(committedRead().ballot()).isEqualTo(ballot(1, N1));
    cut.addAll(List.of(N2, N3));
    write(ballot(1, N1), 5);
    assertThat(writes.committed).isEqualTo(InstanceId.NONE);
    cut.clear();
    timers.advance(Duration.ofSeconds(3).toNanos());
    run();
    timers.advance(Duration.ofSeconds(3).toNanos());
    run();
    assertThat(writes.committed).isEqualTo(InstanceId.of(1));
    assertThat(writes.settled).isTrue();
  }

  @Test
  void steadyReadsDoNotPutOffTheRetransmissionOfALostWrite() {
    AcceptorSetRegister leader = registers.get(N1);
    read(ballot(1, N1));
    leader.adopt(oneC(ballot(1, N1), 1), false, writes);
    run();
    cut.addAll(List.of(N2, N3));
    leader.write(InstanceId.of(1), value(5));
    run();
    cut.clear();
    for (int i = 0; i < 400; i++) {
      timers.advance(Duration.ofMillis(5).toNanos());
      leader.confirm(round -> { });
      run();
    }
    assertThat(writes.committed).isEqualTo(InstanceId.of(1));
  }

  @Test
  void aRunOfWritesIsOneMessageToEachAcceptor() {
    read(ballot(1, N1));
    registers.get(N1).adopt(oneC(ballot(1, N1), 1), false, writes);
    for (int i = 1; i <= 3; i++) {
      registers.get(N1).write(InstanceId.of(i), value(i));
    }
    List<Message> sent = run();
    assertThat(sent.stream().filter(Adopt.class::isInstance)).hasSize(3);
    List<Message> accepts = sent.stream().filter(Accept.class::isInstance).toList();
    assertThat(accepts).hasSize(3);
    assertThat(accepts.get(0)).isSameAs(accepts.get(1)).isSameAs(accepts.get(2));
    assertThat(writes.committed).isEqualTo(InstanceId.of(3));
  }

  /** N1 leads, with a lease of all that are not cut. */
  private AcceptorSetRegister leased() {
    AcceptorSetRegister leader = registers.get(N1);
    read(ballot(1, N1));
    write(ballot(1, N1), 5);
    assertThat(leader.leased()).as("asked for first").isFalse();
    run();
    assertThat(leader.leased()).isTrue();
    return leader;
  }

  @Test
  void aLeaseThatHoldsCostsNoMessageAndAnIdleOneIsNotRenewed() {
    AcceptorSetRegister leader = leased();
    for (int i = 0; i < 1000; i++) {
      timers.advance(Duration.ofNanos(200_000).toNanos());
      assertThat(leader.leased()).isTrue();
      assertThat(run()).isEmpty();
    }
    timers.advance(Duration.ofMinutes(1).toNanos());
    assertThat(run()).as("nobody wanted it").isEmpty();
    assertThat(leader.leased()).isFalse();
  }

  @Test
  void aRivalGetsThroughOnceTheLeaseIsOver() {
    leased();
    read(ballot(2, N2));
    assertThat(reads).as("neither answered nor refused").hasSize(1);
    timers.advance(Duration.ofMillis(400).toNanos());
    run();
    assertThat(reads).hasSize(1);
    assertThat(registers.get(N1).leased()).isTrue();
    for (int i = 0; i < 10; i++) {
      timers.advance(Duration.ofMillis(100).toNanos());
      run();
    }
    assertThat(committedRead().ballot()).isEqualTo(ballot(2, N2));
    assertThat(registers.get(N1).leased()).isFalse();
  }

  @Test
  void aHigherBallotAnywhereEndsTheLease() {
    cut.add(N3);
    AcceptorSetRegister leader = leased();
    cut.clear();
    acceptors.get(N3).onRequest(N3, new Prepare(ballot(2, N3), Era.ZERO, InstanceId.FIRST));
    leader.write(InstanceId.of(2), value(6));
    run();
    assertThat(writes.abortedBy).isEqualTo(ballot(2, N3));
    assertThat(leader.leased()).isFalse();
  }

  @Test
  void whoStopsHasNoLeaseButTheBallotInPlaceGoesOnWithIt() {
    AcceptorSetRegister leader = leased();
    read(ballot(1, N1).nextInPlace());
    leader.adopt(oneC(ballot(1, N1).nextInPlace(), 2), false, writes);
    assertThat(leader.leased()).isTrue();
    leader.stop();
    assertThat(leader.leased()).isFalse();
  }
}
