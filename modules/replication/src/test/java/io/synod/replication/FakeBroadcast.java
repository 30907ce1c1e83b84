package io.synod.replication;

import io.synod.api.broadcast.TotalOrderBroadcast;
import io.synod.api.message.BroadcastMessage.Progress;
import io.synod.api.message.BroadcastMessage;
import io.synod.api.model.Ballot;
import io.synod.api.model.Era;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.Reconfigure;
import io.synod.api.storage.DurableRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/** Leads when told to; takes entries while it has room; gives read indices when told to. */
final class FakeBroadcast implements TotalOrderBroadcast {
  private final List<byte[]> taken = new ArrayList<>();
  private final List<LongConsumer> indices = new ArrayList<>();
  private final List<Reconfigure> changes = new ArrayList<>();
  private final Map<NodeId, Progress> standings = new TreeMap<>();
  private final Set<NodeId> invited = new TreeSet<>();
  private final Set<NodeId> silent = new TreeSet<>();
  private Admission changeAdmission = Admission.TAKEN;
  private InstanceId decided = InstanceId.NONE;
  private final List<NodeId> reportedTo = new ArrayList<>();
  private final List<String> decisionsHeard = new ArrayList<>();
  private int reports;
  private boolean leading;
  private int room = Integer.MAX_VALUE;
  private long leaseIndex = -1;

  void leading(boolean now) {
    leading = now;
  }

  List<String> decisionsHeard() {
    return decisionsHeard;
  }

  void room(int entries) {
    room = entries;
  }

  List<byte[]> take() {
    List<byte[]> entries = List.copyOf(taken);
    taken.clear();
    return entries;
  }

  int indicesAsked() {
    return indices.size();
  }

  /** The oldest question for an index is answered. */
  void index(long index) {
    indices.remove(0).accept(index);
  }

  @Override
  public Admission broadcast(byte[] message) {
    if (!leading) {
      return Admission.NOT_LEADER;
    } else if (room == 0) {
      return Admission.OVERLOADED;
    }
    room--;
    taken.add(message);
    return Admission.TAKEN;
  }

  @Override
  public boolean leading() {
    return leading;
  }

  @Override
  public void readIndex(LongConsumer then) {
    if (leading) {
      indices.add(then);
    } else {
      then.accept(-1);
    }
  }

  @Override
  public void leaseIndex(LongConsumer then) {
    if (leaseIndex >= 0 && leading) {
      then.accept(leaseIndex);
    } else {
      readIndex(then);
    }
  }

  /** Holds a lease and gives this index at once. */
  void leased(long index) {
    leaseIndex = index;
  }

  private static AssertionError notHere() {
    return new AssertionError("not asked by the replica");
  }

  @Override
  public void onDeliver(Delivery delivery) {
    throw notHere();
  }

  @Override
  public void onDeposed(Runnable listener) {
    throw notHere();
  }

  @Override
  public void lead(boolean now) {
    throw notHere();
  }

  @Override
  public InstanceId decided() {
    return decided;
  }

  void decided(long upTo) {
    decided = InstanceId.of(upTo);
  }

  @Override
  public Admission reconfigure(Reconfigure change) {
    if (changeAdmission == Admission.TAKEN) {
      changes.add(change);
    }
    return changeAdmission;
  }

  /** What it answers to a change. */
  void changes(Admission admission) {
    changeAdmission = admission;
  }

  List<Reconfigure> changes() {
    return changes;
  }

  @Override
  public void report() {
    reports++;
  }

  @Override
  public void reportTo(NodeId node) {
    reportedTo.add(node);
  }

  List<NodeId> reportedTo() {
    return reportedTo;
  }

  int reports() {
    return reports;
  }

  @Override
  public Optional<Progress> standing(NodeId peer) {
    return Optional.ofNullable(standings.get(peer));
  }

  @Override
  public OptionalLong silence(NodeId peer) {
    return standings.containsKey(peer) && !silent.contains(peer)
        ? OptionalLong.of(0) : OptionalLong.empty();
  }

  /** A peer says nothing any more. */
  void silent(NodeId peer) {
    silent.add(peer);
  }

  /** A peer has said this of itself. */
  void heard(NodeId peer, long upTo, Incarnation store, Era active) {
    standings.put(peer, new Progress(InstanceId.of(upTo), InstanceId.of(1), store, active));
  }

  @Override
  public void invite(NodeId node, boolean welcome) {
    if (welcome) {
      invited.add(node);
    } else {
      invited.remove(node);
    }
  }

  Set<NodeId> invited() {
    return invited;
  }

  @Override
  public Ballot decidedIn() {
    throw notHere();
  }

  @Override
  public InstanceId delivered() {
    throw notHere();
  }

  @Override
  public InstanceId retained() {
    throw notHere();
  }

  @Override
  public void recover(DurableRecord record) {
    throw notHere();
  }

  @Override
  public void start(InstanceId snapshot) {
    throw notHere();
  }

  @Override
  public void markDecided() {
    throw notHere();
  }

  @Override
  public void snapshotTaken(InstanceId last) {
    throw notHere();
  }

  @Override
  public void onMessage(NodeId from, BroadcastMessage message) {
    throw notHere();
  }

  @Override
  public void onDecisions(NodeId from, Ballot ballot, InstanceId upTo) {
    decisionsHeard.add(from + " " + ballot + " " + upTo);
  }

  @Override
  public void endOfTurn() {
    throw notHere();
  }
}
