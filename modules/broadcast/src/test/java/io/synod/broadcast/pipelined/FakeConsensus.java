package io.synod.broadcast.pipelined;

import io.synod.api.consensus.RoundBasedConsensus;
import io.synod.api.model.Ballot;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Reconfigure;
import io.synod.api.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** A proposer that becomes ready, decides and is deposed when the test says so. */
final class FakeConsensus implements RoundBasedConsensus {
  private final List<InstanceId> led = new ArrayList<>();
  private final List<Value> proposed = new ArrayList<>();
  private final List<LongConsumer> confirms = new ArrayList<>();
  private final List<Ballot> seen = new ArrayList<>();
  private Listener listener;
  private Status status = Status.IDLE;
  private Era era = Era.ZERO;
  private Runnable onSeen = () -> { };
  private InstanceId told = InstanceId.NONE;
  private InstanceId next = InstanceId.NONE;
  private int decided;
  private boolean grown;
  private boolean leased;

  List<InstanceId> led() {
    return led;
  }

  List<Value> proposed() {
    return proposed;
  }

  List<Ballot> seen() {
    return seen;
  }

  /** Looks at the broadcast while it says that it has seen a ballot. */
  void onSeen(Runnable look) {
    onSeen = look;
  }

  InstanceId told() {
    return told;
  }

  Listener above() {
    return listener;
  }

  void becomeReady() {
    status = Status.READY;
    listener.ready(Kit.MINE);
  }

  /** The oldest proposal that is not decided yet is. */
  void decideNext() {
    Value value = proposed.get(decided++);
    InstanceId at = next;
    next = next.next();
    listener.decided(Kit.MINE, at, value);
  }

  void depose(boolean wasReady) {
    status = Status.IDLE;
    decided = proposed.size();
    listener.deposed(Kit.RIVAL, wasReady);
  }

  void confirmAll() {
    List<LongConsumer> all = List.copyOf(confirms);
    confirms.clear();
    all.forEach(then -> then.accept(1));
  }

  int confirmsAsked() {
    return confirms.size();
  }

  @Override
  public void listener(Listener who) {
    listener = who;
  }

  @Override
  public void lead(InstanceId undecided) {
    led.add(undecided);
    next = undecided;
    status = Status.PREPARING;
  }

  @Override
  public void resign() {
    status = Status.IDLE;
  }

  @Override
  public Status status() {
    return status;
  }

  @Override
  public void propose(Value value) {
    proposed.add(value);
    grown = true;
  }

  @Override
  public void make(Reconfigure change) {
    throw new UnsupportedOperationException("eras are made in the log");
  }

  @Override
  public Era era() {
    return era;
  }

  /** Its ballot is of this era from now on. */
  void handOver(Era to) {
    era = to;
    listener.handedOver(Kit.MINE, to);
  }

  @Override
  public int inFlight() {
    return proposed.size() - decided;
  }

  @Override
  public boolean flush() {
    boolean was = grown;
    grown = false;
    return was;
  }

  @Override
  public Optional<Ballot> ballot() {
    return Optional.empty();
  }

  @Override
  public void onBallotSeen(Ballot ballot) {
    seen.add(ballot);
    onSeen.run();
  }

  @Override
  public void onDecided(InstanceId upTo) {
    told = upTo;
  }

  @Override
  public boolean leased() {
    return status == Status.READY && leased;
  }

  void leased(boolean holds) {
    leased = holds;
  }

  @Override
  public long confirm(LongConsumer then) {
    confirms.add(then);
    return confirms.size();
  }
}
