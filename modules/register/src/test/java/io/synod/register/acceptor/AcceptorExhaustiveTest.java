package io.synod.register.acceptor;

import static io.synod.register.Fixtures.N1;
import static io.synod.register.Fixtures.N2;
import static io.synod.register.Fixtures.N3;
import static io.synod.register.Fixtures.ballot;
import static io.synod.register.Fixtures.oneC;
import static io.synod.register.Fixtures.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.message.RegisterMessage.Accept;
import io.synod.api.message.RegisterMessage.Adopt;
import io.synod.api.message.RegisterMessage.Prepare;
import io.synod.api.message.RegisterMessage.Promise;
import io.synod.api.message.RegisterMessage.Request;
import io.synod.api.model.Ballot;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Vote;
import io.synod.api.plugin.LayerContext;
import io.synod.api.storage.DurableRecord;
import io.synod.register.Fixtures;
import io.synod.register.RecordingEffects;
import io.synod.register.RecordingEffects.Effect;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * All sequences of four requests out of three ballots, two instances: PAccInv and P1bInv hold
 * after each, and the state replayed from the records equals the state that wrote them.
 */
class AcceptorExhaustiveTest {
  private static final List<Ballot> BALLOTS = List.of(ballot(1, N1), ballot(1, N2), ballot(2, N1));
  private static final int DEPTH = 4;

  private int sequences;

  private static List<Request> requests() {
    List<Request> all = new ArrayList<>();
    for (Ballot b : BALLOTS) {
      int tag = BALLOTS.indexOf(b);
      all.add(new Prepare(b, Era.ZERO, InstanceId.FIRST));
      all.add(new Adopt(oneC(b, 1)));
      all.add(new Accept(b, InstanceId.of(1), List.of(value(tag)), InstanceId.NONE));
      all.add(new Accept(b, InstanceId.of(2), List.of(value(tag)), InstanceId.NONE));
    }
    return all;
  }

  @Test
  void invariantsHoldInEveryReachableState() {
    explore(new ArrayList<>());
    assertThat(sequences).isEqualTo(12 * 12 * 12 * 12);
  }

  private void explore(List<Request> sofar) {
    if (sofar.size() == DEPTH) {
      run(sofar);
      sequences++;
      return;
    }
    for (Request next : requests()) {
      sofar.add(next);
      explore(sofar);
      sofar.remove(sofar.size() - 1);
    }
  }

  private static void run(List<Request> requests) {
    RecordingEffects effects = new RecordingEffects();
    NodeAcceptor acceptor = acceptor(effects);
    NodeAcceptor replayed = acceptor(new RecordingEffects());
    Ballot promised = Ballot.BOTTOM;
    for (Request request : requests) {
      acceptor.onRequest(request.ballot().proposer(), request);
      assertThat(acceptor.promised()).isGreaterThanOrEqualTo(promised);
      promised = acceptor.promised();
      for (Effect effect : effects.take()) {
        if (effect instanceof Effect.Persisted persisted) {
          replayed.recover(persisted.record());
        } else if (effect instanceof Effect.Sent sent && sent.message() instanceof Promise p) {
          p1bInv(p, acceptor);
        }
      }
      pAccInv(acceptor);
    }
    assertThat(state(replayed)).isEqualTo(state(acceptor));
  }

  private static NodeAcceptor acceptor(RecordingEffects effects) {
    LayerContext context = Fixtures.context(N3, effects, new Fixtures.ManualTimers());
    NodeAcceptor acceptor =
        new NodeAcceptor(context, Fixtures.authority(context), Durability.STABLE);
    acceptor.founding(true);
    return acceptor;
  }

  private static DurableRecord state(NodeAcceptor acceptor) {
    return acceptor.checkpoint(Fixtures.nothingElse());
  }

  /** maxBal ≥ maxVBal, in every instance. */
  private static void pAccInv(NodeAcceptor acceptor) {
    DurableRecord.Checkpoint state = (DurableRecord.Checkpoint) state(acceptor);
    for (Vote vote : state.votes()) {
      assertThat(state.promised()).isGreaterThanOrEqualTo(vote.ballot());
    }
  }

  /** maxBal ≥ bal > mbal. */
  private static void p1bInv(Promise promise, NodeAcceptor acceptor) {
    assertThat(acceptor.promised()).isGreaterThanOrEqualTo(promise.ballot());
    promise.votes().forEach(v -> assertThat(v.ballot()).isLessThan(promise.ballot()));
  }
}
