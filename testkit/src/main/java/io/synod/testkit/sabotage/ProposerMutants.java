package io.synod.testkit.sabotage;

import io.synod.api.effect.Effects;
import io.synod.api.message.RegisterMessage.Accept;
import io.synod.api.message.RegisterMessage.Accepted;
import io.synod.api.message.RegisterMessage.Nack;
import io.synod.api.message.RegisterMessage.Promise;
import io.synod.api.message.RegisterMessage.Reply;
import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.model.Value;
import io.synod.api.model.Vote;
import io.synod.api.register.ReadOutcome.Committed;
import io.synod.api.register.ReadOutcome;
import io.synod.api.register.RoundBasedRegister;
import io.synod.testkit.forward.ForwardingConsensus;
import io.synod.testkit.forward.ForwardingRegister;
import io.synod.testkit.sim.NodeParts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Rules of the proposer: which answers count, and what may be proposed after them. */
final class ProposerMutants {
  private ProposerMutants() {}

  static List<Sabotage> all() {
    return List.of(
        new Sabotage(
            "stale-promise", "a promise counts without its ballot being compared",
            "a quorum of promises is of one ballot (D fig. 5, fault N2)",
            parts -> parts.register(StalePromise::new)),
        new Sabotage(
            "stale-ack", "a 2b of another ballot counts for the present one",
            "a value is chosen by votes of one ballot (P)",
            parts -> parts.register(StaleAck::new)),
        new Sabotage(
            "nack-as-promise", "a refused 1a counts as a promise without votes",
            "nackREAD ends the read (D fig. 5)",
            parts -> parts.register(
                Tamper.replies(r -> r instanceof Nack nack ? emptyPromise(nack) : r))),
        new Sabotage(
            "any-promised-value", "the first vote reported is taken, whatever ballot it is of",
            "the value of the highest ballot is safe (D fig. 5, P P1cInv)",
            parts -> parts.register(FirstPromiseWins::new)),
        new Sabotage(
            "votes-ignored", "a new leader proposes its own values where votes were reported",
            "what may be chosen is proposed again (P Phase1c)",
            parts -> read(parts, found -> withVotes(found, found.kept(), List.of()))),
        new Sabotage(
            "forgotten-filled", "a new leader fills what acceptors have forgotten with SKIPs",
            "below kept all is decided and must be learned",
            parts -> read(
                parts, found -> withVotes(found, InstanceId.FIRST, found.votes()))),
        new Sabotage(
            "skip-left-out", "a new leader leaves gaps between the votes that it finds",
            "gaps get SKIP, else nothing after them is ever delivered (L)",
            ProposerMutants::gapsStay),
        new Sabotage(
            "deposed-goes-on", "a proposer ignores refusals and higher ballots",
            "(abort, .) ends a ballot (D fig. 6)",
            ProposerMutants::deaf));
  }

  private static Promise emptyPromise(Nack nack) {
    return new Promise(
        nack.ballot(), nack.incarnation(), true, InstanceId.FIRST, InstanceId.FIRST, Era.ZERO,
        Era.ZERO, Map.of(), List.of());
  }

  private static Committed withVotes(Committed c, InstanceId kept, List<Vote> votes) {
    return new Committed(
        c.ballot(), kept, c.holder(), c.floor(), c.active(), c.adopted(), c.configurations(),
        votes);
  }

  /** Changes what reads return. */
  private static NodeParts read(NodeParts parts, UnaryOperator<Committed> change) {
    return parts.register(register -> new ForwardingRegister(register) {
      @Override
      public void read(
          Ballot ballot, Era era, Configuration configuration, InstanceId first,
          Consumer<ReadOutcome> then) {
        inner.read(ballot, era, configuration, first, outcome -> then.accept(
            outcome instanceof Committed committed ? change.apply(committed) : outcome));
      }
    });
  }

  private static NodeParts deaf(NodeParts parts) {
    return parts
        .register(Tamper.replies(reply -> reply instanceof Nack ? null : reply))
        .consensus(consensus -> new ForwardingConsensus(consensus) {
          @Override
          public void onBallotSeen(Ballot seen) {
            if (status() == Status.IDLE) {
              inner.onBallotSeen(seen);
            }
          }
        });
  }

  /** Knows the ballot that reads or writes at the moment. */
  private abstract static class Following extends ForwardingRegister {
    protected Ballot reading;
    protected Ballot writing;

    Following(RoundBasedRegister inner) {
      super(inner);
    }

    @Override
    public void read(
        Ballot ballot, Era era, Configuration configuration, InstanceId first,
        Consumer<ReadOutcome> then) {
      reading = ballot;
      writing = null;
      inner.read(ballot, era, configuration, first, then);
    }

    @Override
    public void adopt(OneC oneC, boolean opens, WriteListener listener) {
      reading = null;
      writing = oneC.ballot();
      inner.adopt(oneC, opens, listener);
    }
  }

  /** What came for an earlier ballot counts for the next one, too. */
  private static final class StalePromise extends Following {
    private final Map<NodeId, Promise> last = new TreeMap<>();

    StalePromise(RoundBasedRegister inner) {
      super(inner);
    }

    @Override
    public void onReply(NodeId from, Reply reply) {
      inner.onReply(from, reply);
      if (reply instanceof Promise promise) {
        last.put(from, promise);
        if (promise.ballot().equals(reading)) {
          List.copyOf(last.keySet()).forEach(this::count);
        }
      }
    }

    private void count(NodeId from) {
      Promise p = last.get(from);
      if (reading != null) {
        inner.onReply(from, Altered.ballot(p, reading));
      }
    }
  }

  /** What came for an earlier ballot counts for the next one, too. */
  private static final class StaleAck extends Following {
    private final Map<NodeId, Accepted> last = new TreeMap<>();

    StaleAck(RoundBasedRegister inner) {
      super(inner);
    }

    @Override
    public void onReply(NodeId from, Reply reply) {
      inner.onReply(from, reply);
      if (reply instanceof Accepted accepted) {
        last.put(from, accepted);
        if (accepted.ballot().equals(writing)) {
          List.copyOf(last.keySet()).forEach(this::count);
        }
      }
    }

    private void count(NodeId from) {
      Accepted a = last.get(from);
      if (writing != null) {
        inner.onReply(from, new Accepted(writing, a.incarnation(), a.upTo()));
      }
    }
  }

  /** Lets votes look the older the later they come. */
  private static final class FirstPromiseWins extends Following {
    private Ballot last;
    private long promises;

    FirstPromiseWins(RoundBasedRegister inner) {
      super(inner);
    }

    @Override
    public void onReply(NodeId from, Reply reply) {
      if (reply instanceof Promise promise && promise.ballot().equals(reading)) {
        promises = reading.equals(last) ? promises + 1 : 0;
        last = reading;
        inner.onReply(from, aged(promise));
      } else {
        inner.onReply(from, reply);
      }
    }

    private Promise aged(Promise p) {
      Ballot age = new Ballot(Ballot.MAX_N - promises, p.ballot().proposer(), 0);
      List<Vote> votes = p.votes().stream()
          .map(vote -> new Vote(vote.instance(), age, vote.value())).toList();
      return Altered.votes(p, votes);
    }
  }

  /** Gaps are rare: so the first copy of some 2a is lost, which is nothing wrong by itself. */
  private static NodeParts gapsStay(NodeParts parts) {
    Map<InstanceId, Integer> lost = new TreeMap<>();
    return parts
        .effects(Tamper.sent(message -> message instanceof Accept accept
            && accept.first().number() % 4 == 0
            && lost.merge(accept.first(), 1, Integer::sum) <= 1 ? null : message))
        .register(inner -> new GapsStay(inner, parts.context().effects()));
  }

  /** What comes after a gap is proposed at its place; the gap itself never is. */
  private static final class GapsStay extends ForwardingRegister {
    private final Effects effects;
    private OneC whole;
    private int gap;

    GapsStay(RoundBasedRegister inner, Effects effects) {
      super(inner);
      this.effects = effects;
    }

    @Override
    public void adopt(OneC oneC, boolean opens, WriteListener listener) {
      whole = oneC;
      gap = oneC.window().indexOf(Value.SKIP);
      if (gap < 0) {
        inner.adopt(oneC, opens, listener);
        return;
      }
      inner.adopt(
          new OneC(oneC.ballot(), oneC.era(), oneC.configuration(), oneC.low(),
              oneC.window().subList(0, gap)), opens, listener);
      for (int i = gap; i < oneC.window().size(); i++) {
        if (!oneC.window().get(i).equals(Value.SKIP)) {
          write(oneC.low().plus(i), oneC.window().get(i));
        }
      }
    }

    @Override
    public void write(InstanceId instance, Value value) {
      if (gap < 0) {
        inner.write(instance, value);
        return;
      }
      Accept after = new Accept(whole.ballot(), instance, List.of(value), InstanceId.NONE);
      for (NodeId id : whole.configuration().acceptors()) {
        effects.sendNow(id, after);
      }
    }
  }
}
