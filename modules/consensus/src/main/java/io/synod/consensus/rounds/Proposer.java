package io.synod.consensus.rounds;

import io.synod.api.consensus.RoundBasedConsensus;
import io.synod.api.model.Ballot;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Invariant;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.model.Value;
import io.synod.api.model.Vote;
import io.synod.api.reconfig.Authority;
import io.synod.api.register.ReadOutcome;
import io.synod.api.register.RoundBasedRegister;
import java.util.ArrayDeque;
import java.util.ArrayList;
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
  private final Mode mode;
  private final ArrayDeque<Value> written = new ArrayDeque<>();
  private final ArrayDeque<Value> waiting = new ArrayDeque<>();
  private final ArrayDeque<Confirmation> confirms = new ArrayDeque<>();
  private Listener listener;
  private Status status = Status.IDLE;
  private Ballot highest = Ballot.BOTTOM;
  private Ballot ballot;
  private InstanceId undecided = InstanceId.FIRST;
  private ReadOutcome.Committed toLearn;
  private boolean reading;
  private long confirmNumber;
  private long confirmedByRead;

  private record Confirmation(long number, LongConsumer then) {}

  Proposer(NodeId self, RoundBasedRegister register, Authority authority, Mode mode) {
    this.self = self;
    this.register = register;
    this.authority = authority;
    this.mode = mode;
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
    reading = true;
    confirmedByRead = confirmNumber;
    Era era = authority.active();
    register.read(next, era, authority.configuration(era), undecided, this::onRead);
  }

  private void onRead(ReadOutcome outcome) {
    reading = false;
    if (outcome instanceof ReadOutcome.Aborted aborted) {
      depose(aborted.higher());
    } else if (outcome instanceof ReadOutcome.Committed committed) {
      toLearn = committed;
      if (undecided.before(committed.kept())) {
        listener.mustLearn(committed.kept().plus(-1), committed.holder());
      }
      openWhenLearned();
    }
  }

  /** Below {@code kept} everything is decided, and must be known before anything is proposed. */
  private void openWhenLearned() {
    if (toLearn != null && !undecided.before(toLearn.kept())) {
      ReadOutcome.Committed read = toLearn;
      toLearn = null;
      open(read);
    }
  }

  /** Phase 1c: the votes found are safe, gaps get SKIP, everything later is free. */
  private void open(ReadOutcome.Committed read) {
    List<Value> window = new ArrayList<>();
    for (Vote vote : read.votes()) {
      long gap = vote.instance().minus(undecided) - window.size();
      if (gap >= 0) {
        for (long i = 0; i < gap; i++) {
          window.add(Value.SKIP);
        }
        window.add(vote.value());
      }
    }
    Era era = authority.active();
    written.clear();
    written.addAll(window);
    register.adopt(
        new OneC(ballot, era, authority.configuration(era), undecided, window), this);
    boolean first = status == Status.PREPARING;
    status = Status.READY;
    writeWaiting();
    confirmedUpTo(confirmedByRead);
    askConfirm();
    if (first) {
      listener.ready(ballot);
    }
  }

  @Override
  public void propose(Value value) {
    Invariant.check(status == Status.READY, "propose while %s in %s", status, ballot);
    waiting.add(value);
    if (mode == Mode.FAST) {
      writeWaiting();
    } else {
      nextRound();
    }
  }

  /** Classic: the next round begins with a read, once the round before it has ended. */
  private void nextRound() {
    if (mode == Mode.CLASSIC && !waiting.isEmpty() && written.isEmpty() && !reading) {
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
      listener.settled(which);
    }
  }

  @Override
  public void committed(Ballot which, InstanceId upTo) {
    while (which.equals(ballot) && !upTo.before(undecided) && !written.isEmpty()) {
      InstanceId instance = undecided;
      Value value = written.poll();
      undecided = undecided.next();
      listener.decided(which, instance, value);
    }
    if (which.equals(ballot)) {
      register.decided(undecided.plus(-1));
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
    long number = ++confirmNumber;
    confirms.add(new Confirmation(number, then));
    if (!reading) {
      askConfirm();
    }
    return number;
  }

  @Override
  public boolean leased() {
    return status == Status.READY && register.leased();
  }

  private void askConfirm() {
    if (!confirms.isEmpty()) {
      long number = confirmNumber;
      register.confirm(round -> confirmedUpTo(number));
    }
  }

  private void confirmedUpTo(long number) {
    while (!confirms.isEmpty() && confirms.peek().number() <= number) {
      Confirmation done = confirms.poll();
      done.then().accept(done.number());
    }
  }

  @Override
  public boolean flush() {
    return register.flush();
  }
}
