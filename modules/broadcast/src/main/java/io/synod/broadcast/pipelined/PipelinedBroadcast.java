package io.synod.broadcast.pipelined;

import io.synod.api.broadcast.TotalOrderBroadcast;
import io.synod.api.consensus.RoundBasedConsensus;
import io.synod.api.consensus.RoundBasedConsensus.Status;
import io.synod.api.effect.Snapshots;
import io.synod.api.message.BroadcastMessage;
import io.synod.api.message.BroadcastMessage.Chunk;
import io.synod.api.message.BroadcastMessage.Decided;
import io.synod.api.message.BroadcastMessage.Decisions;
import io.synod.api.message.BroadcastMessage.FetchChunk;
import io.synod.api.message.BroadcastMessage.Progress;
import io.synod.api.message.BroadcastMessage.SnapshotOffer;
import io.synod.api.model.Ballot;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Invariant;
import io.synod.api.model.NodeId;
import io.synod.api.model.Value;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Settings;
import io.synod.api.register.LocalAcceptor;
import io.synod.api.storage.DurableRecord;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Figure 9 with a pipeline: see the package for the flow of a message. */
final class PipelinedBroadcast
    implements TotalOrderBroadcast, RoundBasedConsensus.Listener, CatchUp.Sink {
  private final LayerContext context;
  private final RoundBasedConsensus consensus;
  private final int window;
  private final long batchBytes;
  private final MessageQueue queue;
  private final Learner learner;
  private final Leadership leadership;
  private final ReadIndices readIndices;
  private final CatchUp catchUp;
  private final CatchUpServer server;
  private Runnable onDeposed = () -> {};
  private Ballot announceIn;

  PipelinedBroadcast(
      LayerContext context, RoundBasedConsensus consensus, LocalAcceptor acceptor,
      Snapshots snapshots) {
    Settings settings = context.settings();
    this.context = context;
    this.consensus = consensus;
    this.window = settings.get(BroadcastSettings.WINDOW);
    this.batchBytes = settings.get(BroadcastSettings.BATCH_BYTES);
    this.queue = new MessageQueue(
        settings.get(BroadcastSettings.QUEUE_BYTES), settings.get(BroadcastSettings.QUEUE_COUNT));
    this.learner = new Learner(context, acceptor);
    this.leadership = new Leadership(context, consensus, learner::decided);
    this.readIndices = new ReadIndices(consensus, learner::decided);
    int catchUpBytes = Math.toIntExact(settings.get(BroadcastSettings.CATCH_UP_BYTES));
    this.catchUp = new CatchUp(context, snapshots, catchUpBytes, this);
    this.server = new CatchUpServer(context, snapshots, learner.log(), catchUpBytes);
    consensus.listener(this);
  }

  @Override
  public void onDeliver(Delivery delivery) {
    learner.onDeliver(delivery);
  }

  @Override
  public void onDeposed(Runnable listener) {
    onDeposed = listener;
  }

  @Override
  public void recover(DurableRecord record) {
    learner.recover(record);
  }

  @Override
  public void start(InstanceId snapshot) {
    learner.start(snapshot);
    report();
  }

  /** Tells the others how far this node is, and looks whether it is stuck behind them. */
  private void report() {
    Progress progress = new Progress(learner.decided(), learner.retained());
    for (NodeId id : context.founders().ids()) {
      if (!id.equals(context.self())) {
        context.effects().sendNow(id, progress);
      }
    }
    learner.mark();
    catchUp.tick();
    context.timers().after(context.settings().nanos(BroadcastSettings.PROGRESS), this::report);
  }

  @Override
  public Admission broadcast(byte[] message) {
    return leading() ? queue.add(message) : Admission.NOT_LEADER;
  }

  @Override
  public void lead(boolean leading) {
    boolean led = leading();
    leadership.elected(leading);
    if (led && !leading) {
      lost();
    }
  }

  @Override
  public boolean leading() {
    return consensus.status() == Status.READY;
  }

  @Override
  public InstanceId decided() {
    return learner.decided();
  }

  @Override
  public InstanceId delivered() {
    return learner.delivered();
  }

  @Override
  public InstanceId retained() {
    return learner.retained();
  }

  @Override
  public void markDecided() {
    learner.mark();
  }

  @Override
  public void snapshotTaken(InstanceId last) {
    learner.log().snapshotAt(last);
  }

  @Override
  public void readIndex(LongConsumer then) {
    readIndices.ask(then);
  }

  @Override
  public void leaseIndex(LongConsumer then) {
    readIndices.askUnderLease(then);
  }

  @Override
  public void onMessage(NodeId from, BroadcastMessage message) {
    if (message instanceof Decided m) {
      onDecisions(from, m.ballot(), m.upTo());
    } else if (message instanceof Progress m) {
      catchUp.onProgress(from, m);
    } else if (message instanceof BroadcastMessage.CatchUp m) {
      server.onCatchUp(from, m);
    } else if (message instanceof Decisions m) {
      catchUp.onDecisions(from, m);
    } else if (message instanceof SnapshotOffer m) {
      catchUp.onOffer(from, m);
    } else if (message instanceof FetchChunk m) {
      server.onFetch(from, m);
    } else if (message instanceof Chunk m) {
      catchUp.onChunk(from, m);
    } else {
      throw Invariant.broken("message %s of %s is of no known kind", message, from);
    }
  }

  /** The leader of {@code ballot} says how far decisions go: learn what we voted for in it. */
  @Override
  public void onDecisions(NodeId from, Ballot ballot, InstanceId upTo) {
    if (!ballot.proposer().equals(context.self())) {
      consensus.onBallotSeen(ballot);
      if (learner.decided().before(upTo)) {
        learner.learnVotes(ballot, upTo);
        learned();
      }
      if (learner.decided().before(upTo)) {
        catchUp.behind(upTo, Optional.of(from));
      }
    }
  }

  @Override
  public void decisions(Decisions decisions) {
    learner.learn(decisions.first(), decisions.values());
    learned();
  }

  @Override
  public void installed(InstanceId last) {
    learner.install(last);
    learned();
  }

  private void learned() {
    consensus.onDecided(learner.decided());
    learner.deliver();
  }

  @Override
  public void decided(Ballot ballot, InstanceId instance, Value value) {
    if (announceIn != null && !announceIn.equals(ballot)) {
      announce();
    }
    announceIn = ballot;
    learner.learnOwn(instance, value);
    learner.deliver();
  }

  @Override
  public void ready(Ballot ballot) {
    leadership.ready();
    context.events().note("leading in ballot " + ballot);
  }

  @Override
  public void settled(Ballot ballot) {
    readIndices.settled();
  }

  @Override
  public void mustLearn(InstanceId upTo, Optional<NodeId> holder) {
    catchUp.behind(upTo, holder);
  }

  @Override
  public void deposed(Ballot higher, boolean wasReady) {
    lost();
    leadership.refused(wasReady);
    if (wasReady) {
      context.events().note("deposed by ballot " + higher);
      onDeposed.run();
    }
  }

  private void lost() {
    queue.clear();
    readIndices.lost();
    announceIn = null;
  }

  @Override
  public void endOfTurn() {
    while (leading() && !queue.isEmpty() && consensus.inFlight() < window) {
      consensus.propose(queue.takeBatch(context.clock().wallMillis(), batchBytes));
    }
    boolean ridesAlong = consensus.flush();
    if (announceIn != null) {
      if (ridesAlong) {
        announceIn = null;
      } else {
        announce();
      }
    }
    learner.endOfTurn();
  }

  /** The decision has no next proposal to ride on: tell everybody. */
  private void announce() {
    Decided decided = new Decided(announceIn, learner.decided());
    announceIn = null;
    for (NodeId id : context.founders().ids()) {
      if (!id.equals(context.self())) {
        context.effects().sendNow(id, decided);
      }
    }
  }
}
