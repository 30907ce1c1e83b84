package io.synod.consensus.rounds;

import io.synod.api.consensus.RoundBasedConsensus;
import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.ConsensusMode;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Invariant;
import io.synod.api.model.NodeId;
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
 * the other. Between {@code undecided} and {@code next} lie the instances written in the present
 * ballot and not known to be decided.
 */
final class Proposer implements RoundBasedConsensus, RoundBasedRegister.WriteListener {
  private final NodeId self;
  private final RoundBasedRegister register;
  private final Authority authority;
  private final ConsensusMode usual;
  private final ArrayDeque<Value> written = new ArrayDeque<>();
  private final ArrayDeque<Value> waiting = new ArrayDeque<>();
  private final Confirmations confirms = new Confirmations();
  private Listener listener;
  private Status status = Status.IDLE;
  private Ballot highest = Ballot.BOTTOM;
  private Ballot ballot;
  /** The ballot before in place, whose last acknowledgements still count. */
  private Ballot closed;
  /** The era of the present ballot, or the highest one whose acceptors are being read. */
  private Era era = Era.ZERO;
  /** The era that the present ballot was opened in, and its mode. */
  private Era openedIn = Era.ZERO;
  private ConsensusMode mode;
  private boolean settled;
  private InstanceId undecided = InstanceId.FIRST;
  private ReadOutcome.Committed toLearn;
  private boolean reading;
  private long confirmedByRead;

  /** Works in the mode of each era, or in {@code usual} where that names none. */
  Proposer(NodeId self, RoundBasedRegister register, Authority authority, ConsensusMode usual) {
    this.self = self;
    this.register = register;
    this.authority = authority;
    this.usual = usual;
    this.mode = usual;
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
    read(highest.nextFor(self));
  }

  /** Figure 6, line "read": all instances ≥ the first undecided, in a ballot of our own. */
  private void read(Ballot next) {
    Invariant.check(highest.before(next), "ballot %s is not above all seen, %s", next, highest);
    highest = next;
    ballot = next;
    closed = null; // a read ends what the register waits for
    reading = true;
    confirmedByRead = confirms.newest();
    era = authority.active();
    register.read(next, era, authority.configuration(era), undecided, this::onRead);
  }

  private void onRead(ReadOutcome outcome) {
    reading = false;
    if (outcome instanceof ReadOutcome.Aborted aborted) {
      depose(aborted.higher());
    } else if (outcome instanceof ReadOutcome.Committed committed) {
      committed.configurations().forEach(authority::learn);
      if (authority.active().compareTo(committed.active()) < 0) {
        Era active = committed.active();
        listener.activated(active, authority.configuration(active));
      }
      if (committed.ballot().equals(ballot)) { // else the news has cost this node its leadership
        toLearn = committed;
        openWhenLearned();
      }
    }
  }

  /**
   * Goes on as far as what is known here allows: what peers hold is learned, the eras that may
   * have voted are read, what lies below the floor is decided; then the ballot opens.
   */
  private void openWhenLearned() {
    ReadOutcome.Committed read = toLearn;
    if (read == null || !isLearned(read.kept(), read)) {
      return;
    }
    SafeValues safe = new SafeValues(read);
    Optional<Configuration> further = further(safe);
    if (further.isPresent()) {
      toLearn = null;
      reading = true;
      register.readAlso(further.get());
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
    if (undecided.before(below)) {
      listener.mustLearn(below.plus(-1), read.holder());
      return false;
    }
    return true;
  }

  /**
   * The chain: an active era not read yet, or the next era as long as the decided prefix or a
   * vote holds the Reconfigure that makes it, since that era may have voted as well.
   */
  private Optional<Configuration> further(SafeValues safe) {
    if (era.compareTo(authority.active()) < 0) {
      era = authority.active();
      return Optional.of(authority.configuration(era));
    }
    if (era.compareTo(authority.made()) < 0) {
      era = era.next();
      return Optional.of(authority.configuration(era));
    }
    Optional<Reconfigure> change = safe.change(era, undecided);
    change.ifPresent(next -> era = next.makes());
    return change.map(Reconfigure::configuration);
  }

  /**
   * Phase 1c: the votes found are safe, gaps get SKIP, everything later is free. The era is the
   * highest that is active or made by what is decided in lower ballots; none that was adopted is
   * higher, as its 1c shows that its Reconfigure lies below the floor.
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
    confirms.confirmed(confirmedByRead);
    if (first) {
      listener.ready(ballot);
    } else if (another) {
      listener.handedOver(ballot, era);
    }
  }

  /** 1c: what is written and not decided is the window. */
  private void adopt() {
    settled = false;
    Configuration configuration = authority.configuration(era);
    openedIn = era;
    mode = configuration.mode().orElse(usual);
    register.adopt(new OneC(ballot, era, configuration, undecided, List.copyOf(written)),
        authority.active().compareTo(era) < 0, this);
  }

  /**
   * The decided prefix has made the next era, in this ballot or a lower one: goes on in place, in
   * the ballot that nobody else can come before. What was proposed and is not known to be decided
   * goes along, and so do the safe values of the own 1c: they count as written from the start.
   */
  private void handOverIfMade() {
    if (status != Status.READY || era.compareTo(authority.made()) >= 0 || reading) {
      return;
    }
    if (mode == ConsensusMode.CLASSIC) {
      if (written.isEmpty()) {
        read(ballot.nextInPlace());
      }
      return;
    }
    era = authority.made();
    goOnInPlace();
    listener.handedOver(ballot, era);
  }

  private void goOnInPlace() {
    closed = ballot;
    ballot = ballot.nextInPlace();
    highest = ballot;
    adopt();
  }

  /** Those held in reserve join in the next ballot, whose 1c spares them all that is decided. */
  @Override
  public void silent(Ballot which) {
    if (!which.equals(ballot) || status != Status.READY || reading) {
      return;
    }
    if (mode == ConsensusMode.CLASSIC) {
      read(ballot.nextInPlace());
    } else {
      goOnInPlace();
    }
  }

  @Override
  public void propose(Value value) {
    Invariant.check(status == Status.READY, "propose while %s in %s", status, ballot);
    waiting.add(value);
    if (mode == ConsensusMode.FAST) {
      writeWaiting();
    } else {
      nextRound();
    }
  }

  @Override
  public Era era() {
    return era;
  }

  /** Classic: the next round begins with a read, once the round before it has ended. */
  private void nextRound() {
    if (mode == ConsensusMode.CLASSIC && !waiting.isEmpty() && written.isEmpty() && !reading) {
      read(ballot.nextInPlace());
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
      settled = true;
      listener.settled(which);
      askConfirm();
    }
  }

  @Override
  public void activated(Ballot which) {
    if (which.equals(ballot)) {
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
      depose(highest); // others decide beyond our own proposals: somebody else leads
    }
  }

  @Override
  public void onBallotSeen(Ballot seen) {
    if (highest.before(seen)) {
      highest = seen;
      if (status != Status.IDLE) {
        depose(seen);
      }
    }
  }

  private void depose(Ballot higher) {
    boolean wasReady = status == Status.READY;
    highest = Ballot.max(highest, higher);
    resign();
    listener.deposed(higher, wasReady);
  }

  @Override
  public void resign() {
    register.stop();
    status = Status.IDLE;
    ballot = null;
    closed = null;
    settled = false;
    reading = false;
    toLearn = null;
    written.clear();
    waiting.clear();
    confirms.clear();
  }

  /**
   * A new round's read confirms what was asked before it began as well as a message for the
   * purpose: a read quorum promised our next ballot, so that none of it had promised anybody a
   * higher one. What is asked while it runs has to wait and ask for itself: promises on their way
   * to us say nothing about what was promised and decided since.
   */
  @Override
  public long confirm(LongConsumer then) {
    Invariant.check(status == Status.READY, "confirm while %s in %s", status, ballot);
    long number = confirms.add(then);
    askConfirm();
    return number;
  }

  @Override
  public boolean leased() {
    return status == Status.READY && register.leased();
  }

  /** Only a ballot whose 1c a write quorum has stored can say that nobody else decides. */
  private void askConfirm() {
    if (!confirms.isEmpty() && settled && !reading) {
      long number = confirms.newest();
      register.confirm(round -> confirms.confirmed(number));
    }
  }

  @Override
  public boolean flush() {
    return register.flush();
  }
}
