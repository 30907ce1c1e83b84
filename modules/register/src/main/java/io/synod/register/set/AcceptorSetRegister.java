package io.synod.register.set;

import io.synod.api.message.RegisterMessage.Adopt;
import io.synod.api.message.RegisterMessage.Leased;
import io.synod.api.message.RegisterMessage.Nack;
import io.synod.api.message.RegisterMessage.Prepare;
import io.synod.api.message.RegisterMessage.Promise;
import io.synod.api.message.RegisterMessage.Reply;
import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Invariant;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.model.QuorumSystem;
import io.synod.api.model.Value;
import io.synod.api.plugin.LayerContext;
import io.synod.api.register.Acceptor;
import io.synod.api.register.ReadOutcome;
import io.synod.api.register.RoundBasedRegister;
import io.synod.link.Learning;
import io.synod.link.Retransmission;
import io.synod.register.lease.HeldLease;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * The register of one proposer: at most one ballot at a time, reading or writing. Answers of
 * other ballots are ignored: every reply is matched by ballot and sender.
 */
public final class AcceptorSetRegister implements RoundBasedRegister {
  private final LayerContext context;
  private final Function<Configuration, QuorumSystem> quorums;
  private final Retransmission reminder;
  private final HeldLease lease;
  private final LostStores lost = new LostStores();
  /** Somebody was silent in this era: those in reserve take part, too. */
  private boolean callsReserve;
  private ReadPhase reading;
  private WritePhase writing;
  /** The ballot before the present one in place: over, but what was written in it still counts. */
  private WritePhase closed;

  /** Over the acceptors of whatever configuration a call names. */
  public AcceptorSetRegister(
      LayerContext context, Function<Configuration, QuorumSystem> quorums) {
    this.context = context;
    this.quorums = quorums;
    this.reminder = retransmission(this::remind);
    this.lease = new HeldLease(context);
  }

  private Retransmission retransmission(Runnable resend) {
    return new Retransmission(
        context.timers(), context.clock(),
        context.settings().nanos(RegisterSettings.RESEND),
        context.settings().nanos(RegisterSettings.RESEND_MOST), resend);
  }

  @Override
  public void read(
      Ballot ballot, Era era, Configuration configuration, InstanceId first,
      Consumer<ReadOutcome> then) {
    forget();
    Invariant.check(
        ballot.proposer().equals(context.self()), "ballot %s is not of %s", ballot, context.self());
    reading = new ReadPhase(
        context.self(), new Prepare(ballot, era, first), lost.known(), then);
    callsReserve &= ballot.k() > 0;
    also(configuration);
    reading.ask();
    reminder.begin();
  }

  private void also(Configuration configuration) {
    Map<NodeId, Acceptor> asked = acceptors(configuration);
    asked.putIfAbsent(context.self(), proxy(context.self())); // it keeps the ballot for this life
    reading.also(configuration, quorums.apply(configuration), asked);
    reading.leave(reserve(configuration));
  }

  /** Auxiliaries, as long as nobody else is silent. */
  private Set<NodeId> reserve(Configuration configuration) {
    return callsReserve ? new TreeSet<>() : configuration.auxiliaries();
  }

  @Override
  public void readAlso(Configuration configuration) {
    also(configuration);
    if (reading.isComplete()) {
      reading.complete();
    } else {
      reading.ask();
      reminder.begin();
    }
  }

  @Override
  public void adopt(OneC oneC, boolean opens, WriteListener listener) {
    WritePhase before = writing;
    forget();
    if (before != null && oneC.ballot().equals(before.ballot().nextInPlace())) {
      closed = before;
    }
    if (before != null) {
      callsReserve = (callsReserve || before.toldSilent()) && before.isOf(oneC.era());
    }
    Map<NodeId, Acceptor> acceptors = acceptors(oneC.configuration());
    Set<NodeId> reserve = reserve(oneC.configuration());
    acceptors.keySet().removeAll(reserve);
    QuorumSystem system =
        quorums.apply(oneC.configuration()).without(lost.in(oneC.configuration()));
    lease.begin(oneC, acceptors.values(), system);
    writing = new WritePhase(
        new WritePhase.Start(
            new Adopt(oneC, Learning.byAll(context.settings())), opens, reserve), acceptors, system,
        listener, this::retransmission,
        context.settings().get(RegisterSettings.STREAM_BYTES));
    writing.open();
  }

  @Override
  public void write(InstanceId instance, Value value) {
    writing.write(instance, value);
  }

  @Override
  public void decided(InstanceId upTo) {
    if (writing != null) {
      writing.decided(upTo);
    }
    if (closed != null && !upTo.before(closed.last())) {
      closed = null;
    }
  }

  @Override
  public long confirm(LongConsumer then) {
    reminder.begin();
    return writing.confirm(then);
  }

  @Override
  public boolean leased() {
    if (writing != null) { // else the acceptors have promised a ballot whose 1c is yet to come
      lease.want();
    }
    return lease.holds();
  }

  @Override
  public boolean flush() {
    return writing != null && writing.flush();
  }

  @Override
  public void recovered(NodeId id, Incarnation store) {
    if (!lost.add(id, store)) {
      return;
    }
    lease.again();
    if (reading != null && reading.fewerSuffice(lost)) {
      ReadPhase phase = reading;
      forget();
      phase.startOver();
    } else if (writing != null) {
      writing.without(lost);
    }
  }

  @Override
  public void onReply(NodeId from, Reply reply) {
    if (reply instanceof Leased leased) {
      lease.onLeased(from, leased); // good for the ballots that follow in place, too
    } else if (reading != null && reply.ballot().equals(reading.ballot())) {
      onReadReply(from, reply);
    } else if (writing != null && reply.ballot().equals(writing.ballot())) {
      onWriteReply(from, reply);
    } else if (closed != null && reply.ballot().equals(closed.ballot())) {
      closed.onReply(from, reply); // a refusal of what is over changes nothing
    }
  }

  private void onReadReply(NodeId from, Reply reply) {
    ReadPhase phase = reading;
    if (reply instanceof Nack nack) {
      stop();
      phase.abort(nack.promised());
    } else if (reply instanceof Promise promise && phase.onPromise(from, promise)) {
      reminder.end();
      phase.complete();
    }
  }

  private void onWriteReply(NodeId from, Reply reply) {
    WritePhase phase = writing;
    if (reply instanceof Nack nack) {
      stop();
      phase.abort(nack.promised());
    } else {
      phase.onReply(from, reply);
      if (writing == phase && !phase.confirming()) {
        reminder.end();
      }
    }
  }

  @Override
  public void stop() {
    forget();
    lease.end();
  }

  private void forget() {
    reminder.end();
    reading = null;
    closed = null;
    if (writing != null) {
      writing.close();
      writing = null;
    }
  }

  private void remind() {
    if (reading != null) {
      callsReserve |= reading.called();
      reading.ask();
    } else if (writing != null) {
      writing.remind();
    }
  }

  private Map<NodeId, Acceptor> acceptors(Configuration configuration) {
    Map<NodeId, Acceptor> all = new LinkedHashMap<>();
    for (NodeId id : configuration.acceptors()) {
      all.put(id, proxy(id));
    }
    return all;
  }

  private Acceptor proxy(NodeId id) {
    return new NodeAcceptorProxy(id, context.effects());
  }
}
