package io.synod.consensus.rounds;

import io.synod.api.consensus.RoundBasedConsensus;
import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.ConsensusMode;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Invariant;
import io.synod.api.model.OneC;
import io.synod.api.model.Reconfigure;
import io.synod.api.model.Value;
import io.synod.api.model.Vote;
import io.synod.api.reconfig.Authority;
import io.synod.api.register.ReadOutcome;
import io.synod.api.register.RoundBasedRegister;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * propose(k, v) for the consecutive instances of the log: the ballots of one proposer, one after
 * the other. From {@code undecided} on lies what is written and not known to be decided.
 */
final class Proposer implements RoundBasedConsensus, RoundBasedRegister.WriteListener {
  private final Ballots ballots;
  private final RoundBasedRegister register;
  private final Authority authority;
  private final ConsensusMode usual;
  private final ArrayDeque<Value> written = new ArrayDeque<>();
  private final ArrayDeque<Value> waiting = new ArrayDeque<>();
  private final Confirmations confirms;
  private Listener listener;
  private Status status = Status.IDLE;
  private Ballot ballot;
  private Ballot closed;
  /** The era of the present ballot, or the highest one whose acceptors are being read. */
  private Era era = Era.ZERO;
  /** Where the present read began; null before the authority has let it begin. */
  private Era readFrom;
  private Era openedIn = Era.ZERO;
  private ConsensusMode mode;
  private InstanceId undecided = InstanceId.FIRST;
  private ReadOutcome.Committed toLearn;
  private boolean reading;

  Proposer(
      Ballots ballots, RoundBasedRegister register, Authority authority, ConsensusMode usual) {
    this.ballots = ballots;
    this.register = register;
    this.authority = authority;
    this.usual = usual;
    this.mode = usual;
    this.confirms = new Confirmations(authority.inLog());
  }

  @Override
  public void listener(Listener who) {
    listener = who;
  }

  @Override
  public Status status() {
    return status;
  }

  @Override
  public Optional<Ballot> ballot() {
    return Optional.ofNullable(ballot);
  }

  @Override
  public int inFlight() {
    return written.size() + waiting.size();
  }

  @Override
  public void lead(InstanceId from) {
    resign();
    undecided = from;
    status = Status.PREPARING;
    take(ballots.next());
    Ballot which = ballot;
    authority.register(which, standing -> goOn(which, standing, this::read));
  }

  private void take(Ballot next) {
    ballots.begin(next);
    ballot = next;
    closed = null; // a read ends what the register waits for
    toLearn = null;
    readFrom = null;
    reading = true;
    confirms.reading();
  }

  /** Whoever keeps eras has answered: goes on, unless a higher ballot is known there. */
  private void goOn(Ballot which, Authority.Standing standing, Runnable then) {
    if (leads(which) && !leads(standing.highest()) && ballot.before(standing.highest())) {
      status = Status.PREPARING; // as before: who registered that ballot may be long gone
      depose(standing.highest());
    } else if (leads(which)) { // else the answer comes too late
      learnActive(standing.active());
      if (leads(which)) {
        then.run();
      }
    }
  }

  private boolean leads(Ballot which) {
    return ballot != null && which.sameLeader(ballot);
  }

  private void learnActive(Era active) {
    if (authority.active().compareTo(active) < 0) {
      listener.activated(active, authority.configuration(active));
    }
  }

  private void readInPlace() {
    take(ballot.nextInPlace());
    read();
  }

  /** Figure 6, line "read": all instances ≥ the first undecided, in a ballot of our own. */
  private void read() {
    era = authority.active();
    readFrom = era;
    register.read(ballot, era, authority.configuration(era), undecided, this::onRead);
  }

  private void onRead(ReadOutcome outcome) {
    reading = false;
    if (outcome instanceof ReadOutcome.Aborted aborted) {
      depose(aborted.higher());
    } else if (outcome instanceof ReadOutcome.StartOver) {
      readInPlace();
    } else if (outcome instanceof ReadOutcome.Committed committed) {
      committed.configurations().forEach(authority::learn);
      learnActive(committed.active());
      if (committed.ballot().equals(ballot)) { // else the news has cost this node its leadership
        toLearn = committed;
        openWhenLearned();
      }
    }
  }

  /** Learns what peers hold, reads all eras that may have voted; then the ballot opens. */
  private void openWhenLearned() {
    ReadOutcome.Committed read = toLearn;
    if (read == null || !isLearned(read.kept(), read)) {
      return;
    }
    SafeValues safe = new SafeValues(read);
    Optional<Chain.Link> further = Chain.after(era, authority, safe, undecided);
    if (further.isPresent()) {
      era = further.get().era();
      toLearn = null;
      reading = true;
      listener.asks(further.get().configuration());
      register.readAlso(further.get().configuration());
      return;
    }
    for (Vote vote : safe.decidedFrom(undecided)) {
      undecided = vote.instance().next();
      listener.decided(ballot, vote.instance(), vote.value());
    }
    if (isLearned(read.floor(), read)) {
      toLearn = null;
      open(read, safe);
    }
  }

  private boolean isLearned(InstanceId below, ReadOutcome.Committed read) {
    boolean learned = !undecided.before(below);
    if (!learned) {
      listener.mustLearn(below.plus(-1), read.holder());
    }
    return learned;
  }

  /**
   * Phase 1c: the votes found are safe, gaps get SKIP, everything later is free. The era is the
   * highest that is active or made below this ballot; none that was adopted is higher.
   */
  private void open(ReadOutcome.Committed read, SafeValues safe) {
    era = Era.max(authority.active(), authority.made());
    Invariant.check(
        era.compareTo(read.adopted()) >= 0, "era %s is below one adopted, %s", era, read.adopted());
    written.clear();
    written.addAll(safe.window(undecided));
    boolean another = !era.equals(openedIn);
    adopt();
    boolean first = status == Status.PREPARING;
    status = Status.READY;
    writeWaiting();
    confirms.read();
    if (first) {
      listener.ready(ballot);
    } else if (another) {
      listener.handedOver(ballot, era);
    }
  }

  private void adopt() {
    confirms.adopting();
    Configuration configuration = authority.configuration(era);
    openedIn = era;
    mode = configuration.mode().orElse(usual);
    register.adopt(new OneC(ballot, era, configuration, undecided, List.copyOf(written)),
        authority.active().compareTo(era) < 0, this);
  }

  /**
   * The next era is made, in this ballot or a lower one: goes on in the ballot that nobody else can
   * come before. What is not known to be decided goes along, the safe values of the own 1c, too.
   */
  private void handOverIfMade() {
    if (status != Status.READY || era.compareTo(authority.made()) >= 0 || reading) {
      return;
    }
    if (mode == ConsensusMode.FAST) {
      era = authority.made();
      goOnInPlace();
      listener.handedOver(ballot, era);
    } else if (written.isEmpty()) {
      readInPlace();
    }
  }

  private void goOnInPlace() {
    closed = ballot;
    ballot = ballot.nextInPlace();
    ballots.begin(ballot);
    adopt();
  }

  /** Other acceptors count in the next ballot; its 1c spares those who join all that is decided. */
  @Override
  public void silent(Ballot which) {
    if (which.equals(ballot) && status == Status.READY && !reading) {
      goOnInPlace(); // the write starts over, not the read: nobody else has written in between
    }
  }

  @Override
  public void propose(Value value) {
    Invariant.check(status == Status.READY, "propose while %s in %s", status, ballot);
    waiting.add(value);
    if (mode == ConsensusMode.FAST) {
      writeWaiting();
    }
    nextRound();
  }

  @Override
  public Era era() {
    return era;
  }

  /** Proposing goes on meanwhile: the window of the next ballot has it all. */
  @Override
  public void make(Reconfigure change) {
    Ballot next = ballot.nextInPlace();
    authority.make(change, next, standing -> goOn(next, standing, this::handOverIfMade));
  }

  private void nextRound() {
    if (mode == ConsensusMode.CLASSIC && !waiting.isEmpty() && written.isEmpty() && !reading) {
      readInPlace();
    }
  }

  private void writeWaiting() {
    while (!waiting.isEmpty()) {
      Value value = waiting.poll();
      register.write(undecided.plus(written.size()), value);
      written.add(value);
    }
  }

  @Override
  public void stored(Ballot which) {
    if (which.equals(ballot)) {
      listener.settled(which);
      confirms.stored(register);
    }
  }

  @Override
  public boolean mayBePassedOver() {
    return !authority.inLog();
  }

  @Override
  public void activated(Ballot which) {
    if (which.equals(ballot)) {
      authority.complete(era);
      listener.activated(era, authority.configuration(era));
    }
  }

  @Override
  public void committed(Ballot which, InstanceId upTo) {
    boolean ours = which.equals(ballot) || which.equals(closed);
    while (ours && !upTo.before(undecided) && !written.isEmpty()) {
      InstanceId instance = undecided;
      Value value = written.poll();
      undecided = undecided.next();
      listener.decided(ballot, instance, value);
    }
    if (ours) {
      register.decided(undecided.plus(-1));
      handOverIfMade();
      nextRound();
    }
  }

  @Override
  public void aborted(Ballot which, Ballot higher) {
    if (which.equals(ballot)) {
      depose(higher);
    }
  }

  @Override
  public void onDecided(InstanceId upTo) {
    if (status == Status.IDLE || upTo.before(undecided)) {
      return;
    }
    if (status == Status.PREPARING) {
      undecided = upTo.next();
      openWhenLearned();
    } else if (upTo.before(undecided.plus(written.size()))) {
      while (!upTo.before(undecided)) {
        written.poll();
        undecided = undecided.next();
      }
      register.decided(upTo);
      handOverIfMade();
      nextRound();
    } else {
      depose(ballots.highest()); // others decide beyond our own proposals: somebody else leads
    }
  }

  @Override
  public void onBallotSeen(Ballot seen) {
    if (ballots.highest().before(seen) && status != Status.IDLE) {
      depose(seen);
    }
    ballots.seen(seen);
  }

  private void depose(Ballot higher) {
    boolean wasReady = status == Status.READY;
    ballots.seen(higher);
    resign();
    listener.deposed(higher, wasReady);
  }

  @Override
  public void resign() {
    register.stop();
    status = Status.IDLE;
    ballot = null;
    closed = null;
    reading = false;
    toLearn = null;
    written.clear();
    waiting.clear();
    confirms.clear();
  }

  @Override
  public long confirm(LongConsumer then) {
    Invariant.check(status == Status.READY, "confirm while %s in %s", status, ballot);
    long number = confirms.add(then);
    confirms.ask(register);
    return number;
  }

  @Override
  public boolean leased() {
    return status == Status.READY && register.leased();
  }

  @Override
  public boolean flush() {
    if (reading && readFrom != null && readFrom.compareTo(authority.active()) < 0) {
      readInPlace(); // the acceptors of an era that is over need not be there any more
    }
    return register.flush();
  }
}
