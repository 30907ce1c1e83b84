package io.synod.register.set;

import io.synod.api.message.RegisterMessage.Leased;
import io.synod.api.message.RegisterMessage.Nack;
import io.synod.api.message.RegisterMessage.Prepare;
import io.synod.api.message.RegisterMessage.Promise;
import io.synod.api.message.RegisterMessage.Reply;
import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Invariant;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.model.QuorumSystem;
import io.synod.api.model.Value;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Plugins;
import io.synod.api.register.Acceptor;
import io.synod.api.register.ReadOutcome;
import io.synod.api.register.RoundBasedRegister;
import io.synod.link.Retransmission;
import io.synod.register.lease.HeldLease;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * The register of one proposer: at most one ballot at a time, reading or writing. Answers of
 * other ballots are ignored: every reply is matched by ballot and sender.
 */
public final class AcceptorSetRegister implements RoundBasedRegister {
  private final LayerContext context;
  private final Plugins.Quorum quorums;
  private final Retransmission reminder;
  private final HeldLease lease;
  private ReadPhase reading;
  private WritePhase writing;

  /** Over the acceptors of whatever configuration a call names. */
  public AcceptorSetRegister(LayerContext context, Plugins.Quorum quorums) {
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
        context.self(), new Prepare(ballot, era, first), acceptors(configuration),
        quorumSystem(configuration), then);
    reading.ask();
    reminder.begin();
  }

  @Override
  public void adopt(OneC oneC, WriteListener listener) {
    forget();
    Map<NodeId, Acceptor> acceptors = acceptors(oneC.configuration());
    QuorumSystem system = quorumSystem(oneC.configuration());
    lease.begin(oneC, acceptors.values(), system);
    writing = new WritePhase(
        oneC, acceptors, system, listener,
        this::retransmission, context.settings().get(RegisterSettings.STREAM_BYTES));
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
  public void onReply(NodeId from, Reply reply) {
    if (reply instanceof Leased leased) {
      lease.onLeased(from, leased); // good for the ballots that follow in place, too
    } else if (reading != null && reply.ballot().equals(reading.ballot())) {
      onReadReply(from, reply);
    } else if (writing != null && reply.ballot().equals(writing.ballot())) {
      onWriteReply(from, reply);
    }
  }

  private void onReadReply(NodeId from, Reply reply) {
    ReadPhase phase = reading;
    if (reply instanceof Nack nack) {
      stop();
      phase.abort(nack.promised());
    } else if (reply instanceof Promise promise && phase.onPromise(from, promise)) {
      forget();
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
    if (writing != null) {
      writing.close();
      writing = null;
    }
  }

  private void remind() {
    if (reading != null) {
      reading.ask();
    } else if (writing != null) {
      writing.remind();
    }
  }

  private Map<NodeId, Acceptor> acceptors(Configuration configuration) {
    Map<NodeId, Acceptor> all = new LinkedHashMap<>();
    for (NodeId id : configuration.acceptors()) {
      all.put(id, new NodeAcceptorProxy(id, context.effects()));
    }
    return all;
  }

  private QuorumSystem quorumSystem(Configuration configuration) {
    return quorums.create(configuration.acceptors(), context.settings());
  }
}
