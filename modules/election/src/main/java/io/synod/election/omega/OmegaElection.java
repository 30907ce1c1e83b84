package io.synod.election.omega;

import io.synod.api.election.WeakLeaderElection;
import io.synod.api.message.ElectionMessage;
import io.synod.api.message.ElectionMessage.Alive;
import io.synod.api.message.ElectionMessage.Recovered;
import io.synod.api.model.Configuration;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.LayerContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The lowest (epoch, id) heard from; what else counts is said by {@link Rules}. */
final class OmegaElection implements WeakLeaderElection {
  private final LayerContext context;
  private final Tuning tuning;
  private final Rules rules;
  private final Peer self;
  private final Roster roster;
  private Consumer<Optional<NodeId>> listener = leader -> {};
  private Optional<NodeId> leader = Optional.empty();
  /** The output of Ω; null while there is none. */
  private Peer trusted;
  private boolean eligible = true;
  private boolean started;
  /** Who is taken for the leader though nobody was heard to lead yet; mostly null. */
  private Peer assumed;
  /** A majority was heard, or the first time-out has passed. */
  private boolean settled;
  /** Strangers, with the tick in which each was answered last. */
  private final Map<NodeId, Long> answered = new TreeMap<>();
  private long lastTick;
  private long ticks;
  private long waited;
  private long inVain;

  OmegaElection(LayerContext context, Tuning tuning) {
    this.context = context;
    this.tuning = tuning;
    this.rules = tuning.rules();
    this.self = newPeer(context.self());
    this.roster = new Roster(self, this::newPeer);
    roster.members(context.founders());
  }

  private Peer newPeer(NodeId id) {
    return new Peer(id, new Patience(tuning, context.random().nextDouble()));
  }

  @Override
  public Optional<NodeId> leader() {
    return leader;
  }

  @Override
  public void onChange(Consumer<Optional<NodeId>> newListener) {
    listener = newListener;
  }

  @Override
  public void start(long epoch) {
    if (started) {
      throw new IllegalStateException("the election of " + self.id() + " is already started");
    }
    started = true;
    self.atLeastEpoch(rules.countsStarts() ? epoch : 0);
    lastTick = context.clock().nanos();
    toOthers(new Recovered(roster.epochs(true)));
    update(true);
    if (!rules.slowStart()) {
      context.timers().after(0, this::settle); // whoever starts it may yet say who may not lead
    }
    scheduleTick();
  }

  private void settle() {
    settled = true;
    update(true);
  }

  @Override
  public void eligible(boolean mayLead) {
    if (rules.keepsLeader() && mayLead && !eligible) {
      keepLeaderBefore(self);
    }
    eligible = mayLead;
    update(false);
  }

  @Override
  public void members(Configuration configuration) {
    Peer inPlace = leader.map(roster::find).orElse(null);
    boolean wasMember = roster.has(self);
    answered.clear();
    List<Peer> newcomers = roster.members(configuration);
    boolean stays = inPlace != null && roster.has(inPlace) && inPlace.mayLead();
    boolean moved = !(wasMember && roster.has(self)) || roster.leadersAreNew(newcomers);
    if (started && !stays && moved) {
      assumed = roster.firstToLead(newcomers);
      roster.promoted().forEach(promoted -> greet(promoted, assumed));
      inPlace = assumed;
    }
    for (Peer newcomer : newcomers) {
      greet(newcomer, inPlace);
    }
    for (Peer promoted : roster.promoted()) {
      comeAfter(promoted, inPlace);
    }
    update(true);
  }

  /**
   * New members take the leader in place for theirs, and come after it, until they speak. Where no
   * leader stays, everybody takes the first of those that may lead now for it, so that they agree
   * without a message; and the one that led goes on until it hears that somebody else leads.
   */
  private void greet(Peer newcomer, Peer inPlace) {
    comeAfter(newcomer, inPlace);
    if (inPlace != null && inPlace.mayLead() && newcomer != self) {
      newcomer.welcome(inPlace.id());
      newcomer.candidate(newcomer == assumed && newcomer == inPlace);
    }
  }

  /** Who may lead from now on does not depose the leader in place. */
  private static void comeAfter(Peer peer, Peer inPlace) {
    if (inPlace != null && inPlace.mayLead() && peer.precedes(inPlace)) {
      peer.comeAfter(inPlace);
    }
  }

  @Override
  public void onSignOfLife(NodeId from) {
    Peer peer = roster.find(from);
    if (peer != null) {
      peer.signOfLife();
    }
  }

  @Override
  public void onMessage(NodeId from, ElectionMessage message) {
    Peer peer = roster.find(from);
    if (peer == null) {
      answerStranger(from);
      return;
    } else if (peer == self) {
      return;
    }
    roster.merge(message.epochs());
    if (message instanceof Alive alive) {
      onAlive(peer, alive);
    } else if (message instanceof Recovered) {
      onRecovered(peer);
    }
    update(false);
  }

  /** Who is no member, or not any more, is told who leads; not more often than once a tick. */
  private void answerStranger(NodeId from) {
    if (started && roster.has(self) && !Long.valueOf(ticks).equals(answered.put(from, ticks))) {
      context.effects().sendNow(from, alive());
    }
  }

  private void onAlive(Peer peer, Alive alive) {
    boolean stood = peer.candidate();
    if (peer.mayLead() && alive.trusted().equals(Optional.of(peer.id()))) {
      assumed = null;
    }
    peer.alive(alive.epochs().containsKey(peer.id()), alive.trusted().orElse(null));
    if (rules.keepsLeader() && !stood && peer.candidate()) {
      keepLeaderBefore(peer);
    }
  }

  private void onRecovered(Peer peer) {
    peer.recovered();
    if (started) {
      context.effects().sendNow(peer.id(), alive());
    }
  }

  /** Whoever comes back, or may lead from now on, must not depose the leader found meanwhile. */
  private void keepLeaderBefore(Peer returned) {
    Peer inPlace = leader.map(roster::find).orElse(null);
    if (inPlace != null && assumed == null && inPlace.candidate() && returned.precedes(inPlace)) {
      returned.comeAfter(inPlace);
    }
  }

  /** Epochs spread by maximum: who would come before the preferred one is made to come after. */
  @Override
  public void prefer(NodeId successor) {
    Peer preferred = roster.find(successor);
    if (preferred == null || !preferred.mayLead()) {
      return;
    }
    for (Peer peer : roster.members()) {
      if (peer.precedes(preferred)) {
        peer.comeAfter(preferred);
      }
    }
    update(true);
  }

  @Override
  public void onDeposed() {
    assumed = null;
    if (rules.keepsLeader()) {
      self.atLeastEpoch(self.epoch() + 1);
    }
    update(true);
  }

  private void scheduleTick() {
    context.timers().after(tuning.tick(), this::tick);
  }

  private void tick() {
    long now = context.clock().nanos();
    long elapsed = Math.max(0, now - lastTick);
    lastTick = now;
    long charged = Math.min(elapsed, tuning.heartbeat());
    for (Peer peer : roster.members()) {
      if (peer != self && peer.tick(elapsed, charged)) {
        noteSilence(peer);
      }
    }
    waited += charged;
    if (rules.keepsLeader()) {
      giveWayIfInVain(charged);
    }
    ticks++;
    update(ticks % Tuning.TICKS_PER_HEARTBEAT == 0);
    scheduleTick();
  }

  private void giveWayIfInVain(long charged) {
    boolean vain = trusted == self && leader.isEmpty() && roster.hearsMajority();
    inVain = vain ? inVain + charged : 0;
    if (inVain >= tuning.vain()) {
      inVain = 0;
      self.atLeastEpoch(self.epoch() + 1);
    }
  }

  /** Derives everything from the trust list, epochs and reports; the only place that does. */
  private void update(boolean announce) {
    if (!started) {
      return;
    }
    settled |= roster.hearsMajority() && roster.hearsMost() || waited >= tuning.timeout();
    boolean stands = eligible && self.mayLead() && settled && hearsEnough();
    boolean standsAsBefore = stands == self.candidate();
    self.candidate(stands);
    Peer before = trusted;
    trusted = settled ? roster.lowestCandidate() : null;
    // Who is no member hears too little to have a say, even with those who take it for one.
    self.report(trusted == null || !roster.has(self) ? null : trusted.id());
    if (announce || trusted != before || !standsAsBefore) {
      toOthers(alive());
    }
    changeLeader(confirmed());
  }

  private boolean hearsEnough() {
    return !rules.onlyConnected() || roster.hearsMajority();
  }

  private Peer confirmed() {
    Peer peer = switch (rules.confirmation()) {
      case SELF -> trusted;
      case MAJORITY -> roster.trustedByMajority();
      case WORD -> {
        Peer majority = roster.trustedByMajority();
        yield majority == null && takesItself(trusted) ? trusted : majority;
      }
    };
    return peer == self && trusted != self ? null : peer;
  }

  private boolean takesItself(Peer peer) {
    return peer != null && peer != self && peer.id().equals(peer.report());
  }

  private void changeLeader(Peer peer) {
    Optional<NodeId> next = Optional.ofNullable(peer).map(Peer::id);
    boolean goesOn = assumed != null && leader.equals(Optional.of(self.id()));
    if (next.equals(leader) || goesOn) {
      return;
    }
    context.events().note("leader " + text(next) + ", was " + text(leader));
    leader = next;
    listener.accept(next);
  }

  private void noteSilence(Peer peer) {
    long millis = peer.silence() / 1_000_000;
    context.events().note(peer.id() + " is no longer trusted: silent for " + millis + " ms");
  }

  private Alive alive() {
    Map<NodeId, Long> epochs = roster.epochs(self.candidate());
    return new Alive(epochs, Optional.ofNullable(self.report()));
  }

  private void toOthers(ElectionMessage message) {
    if (self.isLeftAlone()) {
      return;
    }
    for (Peer peer : roster.members()) {
      if (peer != self && !peer.isLeftAlone()) {
        context.effects().sendNow(peer.id(), message);
      }
    }
  }

  private static String text(Optional<NodeId> id) {
    return id.map(NodeId::name).orElse("unknown");
  }
}
