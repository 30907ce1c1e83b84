package io.synod.broadcast.pipelined;

import io.synod.api.message.RegisterMessage.Request;
import io.synod.api.model.Ballot;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.model.Value;
import io.synod.api.model.Vote;
import io.synod.api.register.LocalAcceptor;
import io.synod.api.storage.DurableRecord;
import java.util.Optional;
import java.util.TreeMap;

/** Votes as the test says; everything else is none of the broadcast's business. */
final class FakeAcceptor implements LocalAcceptor {
  private final TreeMap<InstanceId, Vote> votes = new TreeMap<>();
  private InstanceId held = InstanceId.NONE;
  private Ballot promised = Ballot.BOTTOM;

  void votes(Ballot ballot, long instance, Value value) {
    InstanceId at = InstanceId.of(instance);
    votes.put(at, new Vote(at, ballot, value));
  }

  void promised(Ballot ballot) {
    promised = ballot;
  }

  InstanceId held() {
    return held;
  }

  @Override
  public Value voteIn(Ballot ballot, InstanceId instance) {
    Vote vote = votes.get(instance);
    return vote != null && vote.ballot().equals(ballot) ? vote.value() : null;
  }

  @Override
  public Value vote(InstanceId instance) {
    Vote vote = votes.get(instance);
    return vote == null ? null : vote.value();
  }

  @Override
  public void held(InstanceId upTo) {
    held = InstanceId.max(held, upTo);
    votes.headMap(upTo, true).clear();
  }

  @Override
  public Ballot promised() {
    return promised;
  }

  @Override
  public Optional<OneC> stored() {
    return Optional.empty();
  }

  @Override
  public void recover(DurableRecord record) {
    throw new AssertionError("not asked by the broadcast");
  }

  @Override
  public void founding(boolean first) {
    throw new AssertionError("not asked by the broadcast");
  }

  @Override
  public void onRequest(NodeId from, Request request) {
    throw new AssertionError("not asked by the broadcast");
  }

  @Override
  public void onDecisions(DecisionListener listener) {
    throw new AssertionError("not asked by the broadcast");
  }

  @Override
  public boolean named() {
    throw new AssertionError("not asked by the broadcast");
  }

  @Override
  public void onNamed(Runnable listener) {
    throw new AssertionError("not asked by the broadcast");
  }

  @Override
  public DurableRecord.Checkpoint checkpoint(Rest rest) {
    throw new AssertionError("not asked by the broadcast");
  }
}
