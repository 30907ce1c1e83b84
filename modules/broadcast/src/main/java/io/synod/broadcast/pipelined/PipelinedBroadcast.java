package io.synod.broadcast.pipelined;

import io.synod.api.broadcast.TotalOrderBroadcast;
import io.synod.api.consensus.RoundBasedConsensus.Status;
import io.synod.api.consensus.RoundBasedConsensus;
import io.synod.api.effect.Snapshots;
import io.synod.api.message.BroadcastMessage.Chunk;
import io.synod.api.message.BroadcastMessage.Decided;
import io.synod.api.message.BroadcastMessage.Decisions;
import io.synod.api.message.BroadcastMessage.FetchChunk;
import io.synod.api.message.BroadcastMessage.Progress;
import io.synod.api.message.BroadcastMessage.SnapshotOffer;
import io.synod.api.message.BroadcastMessage;
import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Invariant;
import io.synod.api.model.NodeId;
import io.synod.api.model.Reconfigure;
import io.synod.api.model.Value;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Settings;
import io.synod.api.reconfig.Authority;
import io.synod.api.register.LocalAcceptor;
import io.synod.api.storage.DurableRecord;
import io.synod.link.Learning;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/** Figure 9 with a pipeline: see the package for the flow of a message. */
final class PipelinedBroadcast
    implements TotalOrderBroadcast, RoundBasedConsensus.Listener, CatchUp.Sink {
  private final LayerContext context;
  private final RoundBasedConsensus consensus;
  private final LocalAcceptor acceptor;
  private final Authority authority;
  private final Audience audience;
  private final int window;
  private final int batchCount;
  private final long batchBytes;
  private final MessageQueue queue;
  private final Learner learner;
  private final Leadership leadership;
  private final ReadIndices readIndices;
  private final CatchUp catchUp;
  private final CatchUpServer server;
  private Runnable onDeposed = () -> {};
  private Delivery delivery;
  private Ballot announceIn;
  private Ballot learnedIn = Ballot.BOTTOM;
  private boolean changing;
  /** It votes, and neither keeps nor says anything of what is decided. */
  private boolean auxiliary;

  PipelinedBroadcast(
      LayerContext context, RoundBasedConsensus consensus, LocalAcceptor acceptor,
      Authority authority, Snapshots snapshots) {
    Settings settings = context.settings();
    this.context = context;
    this.consensus = consensus;
    this.acceptor = acceptor;
    this.authority = authority;
    this.audience = new Audience(context, authority);
    this.window = settings.get(BroadcastSettings.WINDOW);
    this.batchCount = settings.get(BroadcastSettings.BATCH_COUNT);
    this.batchBytes = settings.get(BroadcastSettings.BATCH_BYTES);
    this.queue = new MessageQueue(
        settings.get(BroadcastSettings.QUEUE_BYTES), settings.get(BroadcastSettings.QUEUE_COUNT));
    this.learner = new Learner(context, acceptor, authority);
    this.leadership = new Leadership(context, consensus, learner::decided);
    this.readIndices = new ReadIndices(
        consensus, learner::decided, Learning.byAll(settings));
    int catchUpBytes = Math.toIntExact(settings.get(BroadcastSettings.CATCH_UP_BYTES));
    this.catchUp = new CatchUp(context, snapshots, catchUpBytes, this);
    this.server = new CatchUpServer(
        context, snapshots, learner.log(), this::decidedIn, catchUpBytes);
    consensus.listener(this);
  }

  @Override
  public void onDeliver(Delivery to) {
    delivery = to;
    learner.onDeliver(to);
  }

  @Override
  public void onDeposed(Runnable listener) {
    onDeposed = listener;
  }

  @Override
  public void recover(DurableRecord record) {
    if (record instanceof DurableRecord.DecidedIn decidedIn) {
      learnedIn = Ballot.max(learnedIn, decidedIn.ballot());
    } else if (record instanceof DurableRecord.Checkpoint checkpoint) {
      learnedIn = Ballot.max(learnedIn, checkpoint.decidedIn());
    }
    learner.recover(record);
  }

  @Override
  public void start(InstanceId snapshot) {
    learner.start(snapshot);
    tick();
  }

  /** Tells the others how far this node is, and looks whether it is stuck behind them. */
  private void tick() {
    report();
    learner.mark();
    catchUp.tick();
    context.timers().after(context.settings().nanos(BroadcastSettings.PROGRESS), this::tick);
  }

  /** What it says of an era must be on disk: others retire for it. */
  @Override
  public void report() {
    auxiliary = authority.configuration(authority.active()).isAuxiliary(context.self());
    if (!auxiliary) {
      audience.report(progress());
    }
  }

  /** Asked for it, an auxiliary answers, too: it may be about to get another role. */
  @Override
  public void reportTo(NodeId node) {
    context.effects().send(node, progress());
  }

  private Progress progress() {
    return new Progress(
        learner.decided(), learner.retained(), context.incarnation(), authority.active());
  }

  @Override
  public Admission reconfigure(Reconfigure change) {
    if (!leading()) {
      return Admission.NOT_LEADER;
    }
    Era era = consensus.era();
    boolean inLog = authority.inLog();
    boolean now = !changing && era.equals(change.expected()) && era.equals(authority.made())
        && (!inLog || era.equals(authority.active()));
    if (!now) {
      return Admission.NOT_NOW;
    }
    changing = true;
    if (inLog) {
      consensus.propose(change.encode());
    } else {
      consensus.make(change);
    }
    return Admission.TAKEN;
  }

  @Override
  public Optional<Progress> standing(NodeId peer) {
    return audience.standing(peer);
  }

  @Override
  public OptionalLong silence(NodeId peer) {
    return audience.silence(peer);
  }

  @Override
  public void invite(NodeId node, boolean invited) {
    audience.invite(node, invited);
  }

  @Override
  public Ballot decidedIn() {
    return Ballot.max(learnedIn, acceptor.promised());
  }

  /**
   * What is learned next may have been chosen in {@code ballot}: a leader of a lower one is
   * deposed before it learns that, and whoever asks this node later is told so, too.
   */
  private void learningFrom(Ballot ballot) {
    consensus.onBallotSeen(ballot);
    if (decidedIn().before(ballot)) {
      learnedIn = ballot;
      context.effects().persist(new DurableRecord.DecidedIn(ballot));
    }
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
      audience.heard(from, m, progress());
      catchUp.onProgress(from, m);
    } else if (message instanceof BroadcastMessage.CatchUp m) {
      server.onCatchUp(from, m);
    } else if (message instanceof Decisions m) {
      learningFrom(m.ballot());
      catchUp.onDecisions(from, m);
    } else if (message instanceof SnapshotOffer m) {
      learningFrom(m.ballot());
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
    if (!ballot.proposer().equals(context.self()) && !auxiliary) {
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
    readIndices.decided();
  }

  @Override
  public void decided(Ballot ballot, InstanceId instance, Value value) {
    if (announceIn != null && !announceIn.equals(ballot)) {
      announce();
    }
    announceIn = ballot;
    learningFrom(ballot);
    learner.learnOwn(instance, value);
    learner.deliver();
    readIndices.decided();
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
  public void handedOver(Ballot ballot, Era era) {
    changing = false;
    announce(); // those of the era before may have no part in the next one
    context.events().note("opened era " + era + " in ballot " + ballot);
  }

  @Override
  public void asks(Configuration configuration) {
    delivery.asks(configuration);
  }

  @Override
  public void activated(Era era, Configuration configuration) {
    delivery.eraActive(era, configuration);
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
    changing = false;
    queue.clear();
    readIndices.lost();
    announceIn = null;
  }

  @Override
  public void endOfTurn() {
    while (leading() && !queue.isEmpty() && consensus.inFlight() < window) {
      consensus.propose(
          queue.takeBatch(context.clock().wallMillis(), batchCount, batchBytes));
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
    if (announceIn != null) {
      audience.tell(new Decided(announceIn, learner.decided()));
      announceIn = null;
    }
  }
}
