package io.synod.testkit.sabotage;

import io.synod.api.consensus.RoundBasedConsensus;
import io.synod.api.effect.Effects;
import io.synod.api.message.BroadcastMessage.Decisions;
import io.synod.api.message.BroadcastMessage.SnapshotOffer;
import io.synod.api.message.Message;
import io.synod.api.message.RegisterMessage.Accept;
import io.synod.api.message.RegisterMessage.Promise;
import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.model.Value;
import io.synod.api.reconfig.Authority;
import io.synod.api.register.ReadOutcome;
import io.synod.api.register.RoundBasedRegister;
import io.synod.testkit.forward.ForwardingConsensus;
import io.synod.testkit.forward.ForwardingRegister;
import io.synod.testkit.sim.Alteration;
import io.synod.testkit.sim.NodeParts;
import java.util.List;
import java.util.function.Consumer;

/** The rules of changing acceptors from ballot to ballot, each marked by a star in the design. */
final class EraMutants {
  private EraMutants() {}

  static List<Sabotage> all() {
    return List.of(
        era("chain-not-read", "a new leader reads the active era only, not the next one",
            "the chain: an era that may have voted is read, too",
            parts -> parts.register(NoChain::new)),
        era("learned-from-above", "what higher ballots decided is learned without saying so",
            "who learns of a higher ballot is deposed first",
            parts -> ReadMutants.clinging(parts)
                .process(Tamper.received(EraMutants::withoutBallot))),
        era("never-closed", "after a hand-over a leader goes on writing in the ballot before",
            "a ballot is closed before the next one in place is opened",
            parts -> parts.register(inner -> new NeverClosed(inner, parts.context().effects()))),
        era("floor-not-kept", "an acceptor reports no floor, whatever its 1c said",
            "floor := max(floor, low) with the stored 1c",
            parts -> parts.effects(Tamper.sent(EraMutants::withoutFloor))),
        era("window-not-inherited", "the 1c of a hand-over leaves out what is on its way",
            "the window holds everything not known to be chosen",
            parts -> parts.register(EmptyWindow::new)),
        era("adopted-ignored", "a new leader opens its ballot in the era that it read first",
            "no era below one that was adopted is used",
            parts -> parts.register(FirstEra::new)),
        era("before-chosen", "a leader hands over as soon as it has proposed the change",
            "an era is made by its Reconfigure when that is chosen with its prefix",
            EraMutants::early),
        era("newcomer-as-founder", "a new store answers phase 1 as the first one of its node",
            "quorums count (id, incarnation)",
            parts -> parts.effects(Tamper.sent(EraMutants::asFounder))));
  }

  private static Sabotage era(
      String name, String meaning, String rule, Alteration alteration) {
    return new Sabotage(name, meaning, rule, alteration).whileReconfiguring();
  }

  private static Message withoutBallot(Message message) {
    if (message instanceof Decisions d) {
      return new Decisions(Ballot.BOTTOM, d.first(), upToChange(d.values()), d.decided());
    }
    return message instanceof SnapshotOffer o
        ? new SnapshotOffer(Ballot.BOTTOM, o.last(), o.length()) : message;
  }

  /** In small pieces, so that a change is seen while proposals of one's own are on their way. */
  private static List<Value> upToChange(List<Value> values) {
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i).kind() == Value.Kind.RECONFIGURE) {
        return values.subList(0, i + 1);
      }
    }
    return values;
  }

  private static Message withoutFloor(Message message) {
    return message instanceof Promise p
        ? new Promise(
            p.ballot(), p.incarnation(), p.founding(), p.kept(), InstanceId.FIRST, p.active(),
            p.adopted(), p.configurations(), p.votes())
        : message;
  }

  private static Message asFounder(Message message) {
    return message instanceof Promise p
        ? new Promise(
            p.ballot(), p.incarnation(), true, p.kept(), p.floor(), p.active(), p.adopted(),
            p.configurations(), p.votes())
        : message;
  }

  private static NodeParts early(NodeParts parts) {
    Authority[] own = new Authority[1];
    return parts.reconfig(authority -> own[0] = authority)
        .consensus(inner -> new Early(inner, own));
  }

  private static final class Early extends ForwardingConsensus {
    private final Authority[] authority;

    Early(RoundBasedConsensus inner, Authority[] authority) {
      super(inner);
      this.authority = authority;
    }

    @Override
    public void propose(Value value) {
      inner.propose(value);
      authority[0].decided(value);
    }
  }

  private static final class NoChain extends ForwardingRegister {
    private Consumer<ReadOutcome> reader;
    private ReadOutcome last;

    NoChain(RoundBasedRegister inner) {
      super(inner);
    }

    @Override
    public void read(
        Ballot ballot, Era era, Configuration configuration, InstanceId first,
        Consumer<ReadOutcome> then) {
      reader = then;
      inner.read(ballot, era, configuration, first, outcome -> {
        last = outcome;
        then.accept(outcome);
      });
    }

    @Override
    public void readAlso(Configuration configuration) {
      reader.accept(last);
    }
  }

  private static final class NeverClosed extends ForwardingRegister {
    private final Effects effects;
    private OneC present;
    private OneC before;

    NeverClosed(RoundBasedRegister inner, Effects effects) {
      super(inner);
      this.effects = effects;
    }

    @Override
    public void adopt(OneC oneC, boolean opens, WriteListener listener) {
      boolean inPlace = present != null
          && oneC.ballot().equals(present.ballot().nextInPlace());
      before = inPlace ? present : null;
      present = oneC;
      inner.adopt(oneC, opens, listener);
    }

    @Override
    public void write(InstanceId instance, Value value) {
      inner.write(instance, value);
      if (before != null) {
        Accept late = new Accept(before.ballot(), instance, List.of(value), InstanceId.NONE);
        for (NodeId id : before.configuration().acceptors()) {
          effects.sendNow(id, late);
        }
      }
    }
  }

  private static final class EmptyWindow extends ForwardingRegister {
    private Ballot present = Ballot.BOTTOM;

    EmptyWindow(RoundBasedRegister inner) {
      super(inner);
    }

    @Override
    public void adopt(OneC oneC, boolean opens, WriteListener listener) {
      boolean inPlace = oneC.ballot().equals(present.nextInPlace());
      present = oneC.ballot();
      if (!inPlace) {
        inner.adopt(oneC, opens, listener);
        return;
      }
      inner.adopt(
          new OneC(oneC.ballot(), oneC.era(), oneC.configuration(), oneC.low(), List.of()), opens,
          listener);
      InstanceId instance = oneC.low();
      for (Value value : oneC.window()) {
        inner.write(instance, value);
        instance = instance.next();
      }
    }
  }

  private static final class FirstEra extends ForwardingRegister {
    private Era readIn;
    private Configuration readOver;

    FirstEra(RoundBasedRegister inner) {
      super(inner);
    }

    @Override
    public void read(
        Ballot ballot, Era era, Configuration configuration, InstanceId first,
        Consumer<ReadOutcome> then) {
      readIn = era;
      readOver = configuration;
      inner.read(ballot, era, configuration, first, then);
    }

    @Override
    public void adopt(OneC oneC, boolean opens, WriteListener listener) {
      boolean first = oneC.ballot().k() == 0 && readIn.compareTo(oneC.era()) < 0;
      inner.adopt(first ? new OneC(
          oneC.ballot(), readIn, readOver, oneC.low(), oneC.window()) : oneC, opens, listener);
    }
  }
}
