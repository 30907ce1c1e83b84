package io.synod.testkit.sabotage;

import io.synod.api.broadcast.TotalOrderBroadcast;
import io.synod.api.effect.Effects;
import io.synod.api.message.BroadcastMessage.Decided;
import io.synod.api.message.BroadcastMessage.Decisions;
import io.synod.api.message.Message;
import io.synod.api.message.RegisterMessage.Accept;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.Value;
import io.synod.api.register.LocalAcceptor;
import io.synod.testkit.forward.ForwardingBroadcast;
import io.synod.testkit.forward.ForwardingDelivery;
import io.synod.testkit.forward.ForwardingEffects;
import io.synod.testkit.sim.NodeParts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Rules of total order broadcast: what is announced, served and delivered. */
final class OrderMutants {
  /** One delivery in so many goes wrong. */
  private static final int EVERY = 50;

  private OrderMutants() {}

  static List<Sabotage> all() {
    return List.of(
        new Sabotage(
            "decided-too-high", "a leader announces one instance too many as decided",
            "decided is chosen (D fig. 20, L)",
            parts -> parts.effects(Tamper.sent(OrderMutants::oneTooHigh))),
        new Sabotage(
            "catch-up-serves-votes", "a peer that is behind is served votes as decisions",
            "UPDATE carries decisions only (D fig. 9)",
            OrderMutants::serveVotes),
        new Sabotage(
            "deliver-with-gap", "now and then an instance is not delivered",
            "total order, without gaps (D fig. 9)",
            parts -> parts.broadcast(delivering(delivery -> new Stumbling(delivery, 0)))),
        new Sabotage(
            "deliver-twice", "now and then an instance is delivered twice",
            "toDeliver once for each instance (D fig. 9)",
            parts -> parts.broadcast(delivering(delivery -> new Stumbling(delivery, 2)))));
  }

  /** Puts something between broadcast and whoever it delivers to. */
  static UnaryOperator<TotalOrderBroadcast> delivering(
      UnaryOperator<TotalOrderBroadcast.Delivery> change) {
    return broadcast -> new ForwardingBroadcast(broadcast) {
      @Override
      public void onDeliver(Delivery delivery) {
        inner.onDeliver(change.apply(delivery));
      }
    };
  }

  private static Message oneTooHigh(Message message) {
    if (message instanceof Decided decided) {
      return new Decided(decided.ballot(), decided.upTo().next());
    } else if (message instanceof Accept accept) {
      return new Accept(
          accept.ballot(), accept.first(), accept.values(), accept.decided().next());
    }
    return message;
  }

  private static NodeParts serveVotes(NodeParts parts) {
    ServeVotes serving = new ServeVotes(parts.context().effects());
    return parts.effects(effects -> serving).acceptor((context, acceptor) -> {
      serving.acceptor = acceptor;
      return acceptor;
    });
  }

  /** Adds the own vote for the first undecided instance to decisions that a peer asked for. */
  private static final class ServeVotes extends ForwardingEffects {
    private LocalAcceptor acceptor;

    ServeVotes(Effects inner) {
      super(inner);
    }

    @Override
    public void sendNow(NodeId to, Message message) {
      inner.sendNow(to, message instanceof Decisions decisions ? more(decisions) : message);
    }

    private Decisions more(Decisions served) {
      InstanceId next = served.first().plus(served.values().size());
      Value vote = acceptor.vote(next);
      if (vote == null || !served.decided().before(next)) {
        return served;
      }
      List<Value> values = new ArrayList<>(served.values());
      values.add(vote);
      return new Decisions(served.ballot(), served.first(), values, served.decided());
    }
  }

  private static final class Stumbling extends ForwardingDelivery {
    private final int times;
    private int count;

    Stumbling(TotalOrderBroadcast.Delivery inner, int times) {
      super(inner);
      this.times = times;
    }

    @Override
    public void deliver(InstanceId instance, Value value) {
      int now = ++count % EVERY == 0 ? times : 1;
      for (int i = 0; i < now; i++) {
        inner.deliver(instance, value);
      }
    }
  }
}
