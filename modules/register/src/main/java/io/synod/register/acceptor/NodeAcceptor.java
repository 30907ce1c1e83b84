package io.synod.register.acceptor;

import io.synod.api.message.RegisterMessage.Accept;
import io.synod.api.message.RegisterMessage.Accepted;
import io.synod.api.message.RegisterMessage.Adopt;
import io.synod.api.message.RegisterMessage.Confirm;
import io.synod.api.message.RegisterMessage.Confirmed;
import io.synod.api.message.RegisterMessage.Lease;
import io.synod.api.message.RegisterMessage.Leased;
import io.synod.api.message.RegisterMessage.Nack;
import io.synod.api.message.RegisterMessage.Prepare;
import io.synod.api.message.RegisterMessage.Promise;
import io.synod.api.message.RegisterMessage.Request;
import io.synod.api.message.RegisterMessage.Stored;
import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Invariant;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.model.Value;
import io.synod.api.model.Vote;
import io.synod.api.plugin.LayerContext;
import io.synod.api.reconfig.Authority;
import io.synod.api.register.LocalAcceptor;
import io.synod.api.storage.DurableRecord.DecidedUpTo;
import io.synod.api.storage.DurableRecord.Promised;
import io.synod.api.storage.DurableRecord.StoredOneC;
import io.synod.api.storage.DurableRecord.Voted;
import io.synod.api.storage.DurableRecord;
import io.synod.register.lease.GrantedLease;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The acceptor's transition function. Each request either changes the state, persists the change
 * and answers, or is refused with a Nack, or is ignored because it makes no sense here; a
 * proposer resends what it misses.
 */
public final class NodeAcceptor implements LocalAcceptor {
  /** Votes held at most; a proposer's window is far smaller. */
  private static final int MOST_VOTES = 1 << 16;

  private final LayerContext context;
  private final Authority authority;
  private final Durability durability;
  private final AcceptorState state = new AcceptorState();
  private final GrantedLease lease;
  private DecisionListener decisions = (leader, ballot, decided) -> {};
  private Runnable namedListener = () -> {};
  private boolean founding;
  /** The ballot whose proposer wants all to count votes; forgotten by a restart. */
  private Ballot votesToAll = Ballot.BOTTOM;
  /** Requests come only after the replay: what is held before answers nobody. */
  private boolean asked;

  /** An acceptor without promises, a founder of nothing until told so. */
  public NodeAcceptor(LayerContext context, Authority authority, Durability durability) {
    this.context = context;
    this.authority = authority;
    this.durability = durability;
    this.lease = new GrantedLease(context);
  }

  @Override
  public void recover(DurableRecord record) {
    state.apply(record);
    if (state.oneC().isPresent()) {
      // Only the proposer of the highest promise can hold what a former life granted: while a
      // lease lasts nobody else is promised anything. Before a 1c nothing is granted.
      lease.mayHaveGranted(state.promised().proposer());
    }
  }

  @Override
  public void founding(boolean first) {
    founding = first;
  }

  @Override
  public void onDecisions(DecisionListener listener) {
    decisions = listener;
  }

  @Override
  public boolean named() {
    return state.oneC().filter(oneC -> names(oneC.configuration())).isPresent();
  }

  /** Whether this very store is named; a founding member may be any that came first. */
  private boolean names(Configuration configuration) {
    return configuration.votes(context.self(), incarnation(), false);
  }

  @Override
  public void onNamed(Runnable listener) {
    namedListener = listener;
  }

  @Override
  public void onRequest(NodeId from, Request request) {
    if (!request.ballot().proposer().equals(from)) {
      return; // forged or misrouted: only the owner of a ballot speaks in it
    }
    asked = true;
    answer(from, request);
    if (request instanceof Accept accept) {
      decisions.decisions(from, accept.ballot(), accept.decided());
    }
  }

  private void answer(NodeId from, Request request) {
    if (request.ballot().before(state.promised())) {
      refuse(from, request.ballot());
    } else if (opensBallot(request) && lease.keepsOut(from)) {
      return; // not even refused, so that nobody's ballot is raised in vain: it will come again
    } else if (request instanceof Accept accept) {
      phase2b(from, accept);
    } else if (request instanceof Prepare prepare) {
      phase1b(from, prepare);
    } else if (request instanceof Adopt adopt) {
      phase1c(from, adopt);
    } else if (request instanceof Confirm confirm) {
      confirm(from, confirm);
    } else if (request instanceof Lease wanted) {
      lease(from, wanted);
    } else {
      throw Invariant.broken("request %s of %s is of no known kind", request, from);
    }
  }

  /** A store that votes nowhere yet does not disturb those that do. */
  private void refuse(NodeId from, Ballot late) {
    if (founding || named()) {
      context.effects().sendNow(from, new Nack(late, incarnation(), state.promised()));
    }
  }

  private static boolean opensBallot(Request request) {
    return request instanceof Prepare || request instanceof Adopt;
  }

  /** On READ(k): promise, and report the votes. A repeated 1a is answered until the 1c came. */
  private void phase1b(NodeId from, Prepare prepare) {
    if (state.stored(prepare.ballot())) {
      return; // an old copy: the proposer has read long ago
    }
    if (state.promised().before(prepare.ballot())) {
      state.promise(prepare.ballot());
      durability.record(context.effects(), new Promised(prepare.ballot()));
    }
    mark();
    InstanceId from1 = InstanceId.max(prepare.from(), state.kept());
    context.effects().send(from, new Promise(
        prepare.ballot(), incarnation(), founding, state.kept(), state.floor(), authority.active(),
        state.adopted(), configurationsAbove(prepare.era()), state.votesFrom(from1)));
  }

  /** For a proposer that has missed changes. */
  private Map<Era, Configuration> configurationsAbove(Era era) {
    Map<Era, Configuration> above = new TreeMap<>(authority.eras().configurations());
    above.keySet().removeIf(known -> known.compareTo(era) <= 0);
    return above;
  }

  /** Stores a 1c: promise, votes for its window, era and floor in one durable record. */
  private void phase1c(NodeId from, Adopt adopt) {
    OneC oneC = adopt.oneC();
    boolean fresh = !state.stored(adopt.ballot());
    if (fresh) {
      if (oneC.era().compareTo(state.adopted()) < 0) {
        return; // an era that was left: its proposer has not read what it had to
      }
      if (!oneC.configuration().votes(context.self(), incarnation(), founding)) {
        return; // of an era in which this store has no vote
      }
      boolean namedBefore = named();
      forgetIfAuxiliary(oneC);
      state.store(oneC);
      durability.record(context.effects(), new StoredOneC(oneC));
      authority.learn(oneC.era(), oneC.configuration());
      if (!namedBefore && named()) {
        namedListener.run();
      }
    }
    votesToAll = adopt.votesToAll() ? adopt.ballot() : votesToAll;
    sendStored(from, adopt.ballot());
    acknowledge(from, adopt.ballot(), fresh);
  }

  /**
   * Cheap Paxos: what an auxiliary voted in earlier eras may go once a later one is active, as
   * its mains hold the decided prefix then. Promise, adopted, active and floor stay.
   */
  private void forgetIfAuxiliary(OneC oneC) {
    if (oneC.configuration().isAuxiliary(context.self())
        && state.adopted().compareTo(oneC.era()) < 0
        && oneC.era().compareTo(authority.active()) <= 0) {
      state.forget(oneC.low());
    }
  }

  /** With how far the decided prefix is held durably: the era is active only when it is. */
  private void sendStored(NodeId to, Ballot ballot) {
    mark();
    context.effects().send(to, new Stored(ballot, incarnation(), state.kept().plus(-1)));
  }

  /** What is held counts for others only if a restart does not forget that it is decided. */
  private void mark() {
    if (state.unmarked()) {
      InstanceId upTo = state.kept().plus(-1);
      state.mark(upTo);
      durability.record(context.effects(), new DecidedUpTo(upTo));
    }
  }

  /** On WRITE(k, v): vote in a ballot whose 1c is stored; answer how far the run goes. */
  private void phase2b(NodeId from, Accept accept) {
    if (!state.stored(accept.ballot())) {
      return; // the 1c is still on its way, or lost: it comes again
    }
    InstanceId first = accept.first();
    List<Value> values = accept.values();
    int known = knownAlready(accept);
    boolean news = known < values.size() && withinWindow(accept);
    if (news) {
      List<Value> fresh = known == 0 ? values : values.subList(known, values.size());
      InstanceId start = first.plus(known);
      state.voteRun(accept.ballot(), start, fresh);
      durability.record(context.effects(), new Voted(accept.ballot(), start, fresh));
    }
    acknowledge(from, accept.ballot(), news);
  }

  /**
   * 2b, to all that count votes; what a proposer asks for again is for the proposer alone. Who
   * has missed one hears of the decision from the leader.
   */
  private void acknowledge(NodeId proposer, Ballot ballot, boolean news) {
    Accepted votes = accepted(ballot);
    if (news && ballot.equals(votesToAll)) {
      Configuration voters = state.oneC().orElseThrow().configuration();
      for (NodeId learner : voters.acceptors()) {
        if (!learner.equals(proposer) && !voters.isAuxiliary(learner)) {
          context.effects().send(learner, votes);
        }
      }
    }
    context.effects().send(proposer, votes);
  }

  /** A run far ahead of what is known here is nonsense, or comes back through catch-up. */
  private boolean withinWindow(Accept accept) {
    return state.voteCount() + accept.values().size() <= MOST_VOTES
        && accept.last().minus(state.contiguous()) <= MOST_VOTES;
  }

  /** How many values at the start of the run are decided here or voted for in this ballot. */
  private int knownAlready(Accept accept) {
    InstanceId covered = state.contiguous();
    if (covered.before(accept.first())) {
      return 0;
    }
    return (int) Math.min(accept.values().size(), covered.minus(accept.first()) + 1);
  }

  /** Only who has stored the 1c has a vote in the ballot: a promise alone may be a stranger's. */
  private void confirm(NodeId from, Confirm confirm) {
    if (state.promised().equals(confirm.ballot()) && state.stored(confirm.ballot())) {
      context.effects().sendNow(
          from, new Confirmed(confirm.ballot(), incarnation(), confirm.round()));
    }
  }

  /** The grant leaves once the 1c is on disk: after a restart it tells to whom it was. */
  private void lease(NodeId from, Lease wanted) {
    if (state.promised().equals(wanted.ballot()) && state.stored(wanted.ballot())
        && lease.grant(from, wanted.nanos())) {
      context.effects().send(from, new Leased(wanted.ballot(), incarnation(), wanted.number()));
    }
  }

  private Accepted accepted(Ballot ballot) {
    return new Accepted(ballot, incarnation(), state.contiguous());
  }

  private Incarnation incarnation() {
    return context.incarnation();
  }

  @Override
  public Optional<OneC> stored() {
    return state.oneC();
  }

  @Override
  public Ballot promised() {
    return state.promised();
  }

  /** The highest era of a 1c that it has stored. */
  public Era adopted() {
    return state.adopted();
  }

  @Override
  public Value voteIn(Ballot ballot, InstanceId instance) {
    Vote vote = state.vote(instance);
    return vote != null && vote.ballot().equals(ballot) ? vote.value() : null;
  }

  @Override
  public Value vote(InstanceId instance) {
    Vote vote = state.vote(instance);
    return vote == null ? null : vote.value();
  }

  @Override
  public void held(InstanceId upTo) {
    InstanceId contiguousBefore = state.contiguous();
    InstanceId keptBefore = state.kept();
    state.held(upTo);
    if (!asked || state.oneC().isEmpty()) {
      return;
    }
    OneC oneC = state.oneC().get();
    if (!oneC.ballot().equals(state.promised())) {
      return;
    }
    NodeId proposer = oneC.ballot().proposer();
    if (keptBefore.before(oneC.low()) && !state.kept().before(oneC.low())) {
      sendStored(proposer, oneC.ballot()); // the proposer may wait for this to open an era
    }
    if (contiguousBefore.before(state.contiguous())) {
      // What was learned otherwise closes a gap: the proposer may stream again.
      acknowledge(proposer, oneC.ballot(), true);
    }
  }

  @Override
  public DurableRecord.Checkpoint checkpoint(Rest rest) {
    return new DurableRecord.Checkpoint(
        rest.epoch(), rest.admitted(), rest.met(), state.promised(), state.oneC(), state.kept(),
        state.floor(), state.adopted(), rest.eras(), rest.decidedIn(), rest.decided(),
        state.votesFrom(rest.decided().next()));
  }
}
