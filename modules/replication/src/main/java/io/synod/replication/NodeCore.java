package io.synod.replication;

import io.synod.api.broadcast.TotalOrderBroadcast;
import io.synod.api.effect.Snapshots;
import io.synod.api.message.AdmissionMessage;
import io.synod.api.message.BroadcastMessage;
import io.synod.api.message.ElectionMessage;
import io.synod.api.message.MemoryMessage;
import io.synod.api.message.Message;
import io.synod.api.message.ReconfigMessage;
import io.synod.api.message.RegisterMessage;
import io.synod.api.message.ReplicationMessage;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Eras;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Invariant;
import io.synod.api.model.NodeId;
import io.synod.api.model.Role;
import io.synod.api.model.Value;
import io.synod.api.node.NodeStatus;
import io.synod.api.plugin.LayerContext;
import io.synod.api.register.LocalAcceptor;
import io.synod.api.replication.ReplicatedStateMachine;
import io.synod.api.storage.DurableRecord;
import io.synod.api.storage.SnapshotContent;
import io.synod.api.storage.SnapshotInfo;
import io.synod.api.transport.PeerAddress;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One node without threads, time or I/O: hands each message to its layer, recovers, admits its
 * store, takes snapshots. The runtime and the simulator drive it. All calls on the loop.
 */
public final class NodeCore
    implements TotalOrderBroadcast.Delivery, Admission.Listener, SnapshotPolicy.Replica {
  private final Layers layers;
  private final LayerContext context;
  private final SessionedMachine machine;
  private final Admission admission;
  private final Losses losses;
  private final VoteCount votes;
  private final EraKeeper eras;
  private final Reconfiguration reconfiguration;
  private final MembershipDesk membership;
  private final MembersKeeper keeper;
  private final SnapshotPolicy policy;
  private final HeldPrefix held;
  private long epoch;
  private boolean speaking;

  /** With its layers; nothing happens before {@link #start}. */
  public NodeCore(Layers layers) {
    this.layers = layers;
    this.context = layers.context();
    this.machine = new SessionedMachine(context, layers.broadcast(), layers.machine());
    this.admission = new Admission(
        context, layers.quorums().apply(context.founders()), layers.stable() && layers.durable(),
        this);
    this.losses = new Losses(context, layers.authority());
    this.votes = new VoteCount(
        context.self(), layers.acceptor()::stored, layers.broadcast(), layers.quorums());
    this.eras = new EraKeeper(
        context, layers.authority(), layers.broadcast(), this::inForce,
        admission::met);
    this.reconfiguration = new Reconfiguration(context, layers, eras);
    eras.onRecorded(reconfiguration::news);
    this.membership = new MembershipDesk(context, layers, reconfiguration);
    this.keeper = new MembersKeeper(context, layers, eras, reconfiguration);
    this.policy = new SnapshotPolicy(context, layers.snapshots(), this);
    this.held = new HeldPrefix(context, layers, eras);
    layers.acceptor().onNamed(this::mayVote);
    layers.broadcast().onDeliver(this);
    layers.broadcast().onDeposed(layers.election()::onDeposed);
    layers.acceptor().onDecisions(layers.broadcast()::onDecisions);
    layers.election().onChange(this::onLeader);
  }

  /** Replays one record of the journal, in order. */
  public void recover(DurableRecord record) {
    if (record instanceof DurableRecord.Booted booted) {
      epoch = booted.epoch();
    } else if (record instanceof DurableRecord.Checkpoint checkpoint) {
      epoch = checkpoint.epoch();
    }
    admission.recover(record);
    layers.authority().recover(record);
    layers.acceptor().recover(record);
    layers.broadcast().recover(record);
  }

  /** All records are replayed: restores the newest snapshot, then takes part. */
  public void start(boolean freshStore) {
    Snapshots snapshots = layers.snapshots();
    InstanceId snapshot =
        snapshots.newest().map(SnapshotInfo::last).orElse(InstanceId.NONE);
    if (snapshots.newest().isPresent()) {
      snapshots.restoreNewest(this::restore);
    }
    epoch++;
    context.effects().persist(new DurableRecord.Booted(epoch));
    eras.start();
    eras.afterRestore();
    boolean ahead = layers.broadcast().decided().before(snapshot);
    layers.broadcast().start(snapshot);
    if (ahead) {
      // The crash came between a received snapshot and its checkpoint: what is learned from now
      // on must not follow a gap in the journal.
      policy.installed();
    }
    layers.consensus().onBallotSeen(layers.acceptor().promised());
    machine.start();
    layers.election().eligible(false);
    layers.election().start(epoch);
    if (layers.acceptor().named()) {
      mayVote();
    }
    if (!layers.stable()) {
      losses.start();
    }
    if (layers.stable() || freshStore) {
      admission.start();
    } else {
      context.events().note("restarted without stable storage: this node only learns from now on");
    }
  }

  @Override
  public void admitted() {
    layers.acceptor().founding(true);
    mayVote();
  }

  /** A new store without a vote may lead where an era names it, as one with a vote votes there. */
  private void inForce(Configuration configuration) {
    layers.election().members(configuration);
    configuration.member(context.self())
        .filter(me -> me.role() == Role.PROPOSER && me.isStore(context.incarnation(), false))
        .ifPresent(me -> mayVote());
  }

  private void mayVote() {
    speaking = true;
    layers.election().eligible(true);
  }

  @Override
  public void refused(NodeId peer, Incarnation known) {
    String what = context.self() + " was a member with store " + known + " (so says " + peer
        + "), but this store " + context.incarnation() + " is new and empty";
    if (layers.acceptor().named()) {
      return; // an era names the new store
    }
    boolean deliberate = context.settings().get(ReplicationSettings.NEW_INCARNATION);
    if (layers.durable() && !deliberate) {
      throw new AdmissionRefused(what + ": put the old directory back, or set "
          + ReplicationSettings.NEW_INCARNATION.key()
          + " = true to join as a learner until a reconfiguration names the new store");
    }
    context.events().note(what + ": it only learns, until a reconfiguration names it");
  }

  @Override
  public void replaced() {
    losses.founderGone();
  }

  /** A message of a peer, or of this node to itself. */
  public void onMessage(NodeId from, Message message) {
    if (!from.equals(context.self())) {
      layers.election().onSignOfLife(from);
    }
    if (message instanceof RegisterMessage.Request request) {
      layers.acceptor().onRequest(from, request);
      layers.consensus().onBallotSeen(layers.acceptor().promised());
    } else if (message instanceof RegisterMessage.Reply reply) {
      layers.register().onReply(from, reply);
      if (reply instanceof RegisterMessage.Accepted accepted) {
        votes.onAccepted(from, accepted);
      }
    } else if (message instanceof BroadcastMessage m) {
      layers.broadcast().onMessage(from, m);
      if (m instanceof BroadcastMessage.Progress) {
        reconfiguration.news();
        held.news();
      }
    } else if (message instanceof ReplicationMessage m) {
      machine.onMessage(from, m);
    } else if (message instanceof ElectionMessage m) {
      layers.election().onMessage(from, m);
    } else if (message instanceof AdmissionMessage m) {
      onAdmission(from, m);
    } else if (message instanceof ReconfigMessage m) {
      onReconfig(from, m);
    } else if (message instanceof MemoryMessage) {
      context.events().note(from + " keeps registers (synod.variant = abd) while this node keeps a"
          + " log: its messages are ignored; give it a cluster of its own");
    } else {
      throw Invariant.broken("message %s of %s is of no known kind", message, from);
    }
  }

  private void onAdmission(NodeId from, AdmissionMessage message) {
    admission.onMessage(from, message);
    if (message instanceof AdmissionMessage.StoreLost gone) {
      layers.register().recovered(from, gone.lost());
    }
  }

  private void onReconfig(NodeId from, ReconfigMessage message) {
    if (message instanceof ReconfigMessage.EraActive m) {
      eras.onMessage(from, m);
    } else if (message instanceof ReconfigMessage.AskChange m) {
      membership.onAsk(from, m);
    } else if (message instanceof ReconfigMessage.ChangeNews m) {
      membership.onNews(m);
    }
  }

  private void onLeader(Optional<NodeId> leader) {
    layers.broadcast().lead(leader.equals(Optional.of(context.self())));
    machine.leader(leader);
    keeper.look();
  }

  /** Ends a turn: proposes what is queued, sends what is due. */
  public void endOfTurn() {
    machine.endOfTurn();
    layers.broadcast().endOfTurn();
    policy.endOfTurn();
    held.endOfTurn();
  }

  /** The door for commands and reads. */
  public ReplicatedStateMachine machine() {
    return machine;
  }

  @Override
  public void deliver(InstanceId instance, Value value) {
    policy.applied(value.size());
    machine.deliver(instance, value);
  }

  private void restore(InputStream snapshot) throws IOException {
    eras.restored(machine.restore(snapshot));
  }

  @Override
  public void eraActive(Era era, Configuration configuration) {
    eras.active(era, configuration);
    keeper.look();
  }

  @Override
  public void asks(Configuration configuration) {
    eras.reachable(configuration);
  }

  @Override
  public void install(InstanceId last) {
    layers.snapshots().restoreNewest(this::restore);
    eras.afterRestore();
    Invariant.check(
        machine.applied().equals(last), "snapshot restored %s, expected %s",
        machine.applied(), last);
    policy.installed();
    context.events().note("installed a snapshot as of " + last);
  }

  @Override
  public boolean quiet() {
    return machine.applied().equals(layers.broadcast().decided());
  }

  @Override
  public InstanceId applied() {
    return machine.applied();
  }

  @Override
  public DurableRecord.Checkpoint checkpoint() {
    layers.broadcast().markDecided();
    return layers.acceptor().checkpoint(new LocalAcceptor.Rest(
        epoch, admission.isAdmitted(), admission.met(), layers.authority().eras(),
        layers.broadcast().decidedIn(), machine.applied()));
  }

  @Override
  public SnapshotContent content() {
    return content(layers.authority().asOfSnapshot());
  }

  SnapshotContent content(Eras eras) {
    return machine.snapshot(eras);
  }

  @Override
  public void taken(InstanceId last) {
    layers.broadcast().snapshotTaken(last);
  }

  /** The leader's side of changes of configuration. */
  public Reconfiguration reconfiguration() {
    return reconfiguration;
  }

  /** The door for changes of configuration at any node. */
  public MembershipDesk membership() {
    return membership;
  }

  /** What a plan of a change is made from. */
  public MembershipFacts membershipFacts() {
    Optional<SnapshotInfo> newest = layers.snapshots().newest();
    return new MembershipFacts(
        membership.status(), layers.broadcast().decided(), layers.broadcast().retained(),
        newest.map(SnapshotInfo::last).orElse(InstanceId.NONE),
        newest.map(SnapshotInfo::length).orElse(0L), policy.bytes());
  }

  /** Wants that member to lead. */
  public void prefer(NodeId successor) {
    layers.election().prefer(successor);
  }

  /** Hears where nodes are reached, each time more of that is known. Set once, before the start. */
  public void addressBook(Consumer<Map<NodeId, PeerAddress>> listener) {
    eras.addressBook(listener);
  }

  /** Who keeps the stand-ins for passive acceptors. Set once, before the start. */
  public void passives(Passives those) {
    eras.passives(those);
    held.passives(those);
  }

  /** How the node stands. */
  public NodeStatus status() {
    Configuration configuration =
        layers.authority().configuration(layers.authority().active());
    InstanceId snapshot =
        layers.snapshots().newest().map(SnapshotInfo::last).orElse(InstanceId.NONE);
    return new NodeStatus(
        context.self(), context.incarnation(), epoch, layers.election().leader(),
        layers.broadcast().leading(), speaking, layers.acceptor().promised(),
        layers.authority().active(), configuration, layers.broadcast().decided(),
        machine.applied(), layers.broadcast().retained(), snapshot, machine.waiting());
  }

  /** Takes a snapshot now; false if one is being taken or decisions wait to be applied. */
  public boolean snapshot(Consumer<SnapshotInfo> then) {
    return policy.take(then);
  }
}
