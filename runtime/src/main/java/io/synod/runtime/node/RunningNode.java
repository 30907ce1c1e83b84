package io.synod.runtime.node;

import io.synod.api.membership.Membership;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.node.Node;
import io.synod.api.node.NodeStatus;
import io.synod.api.replication.Outcome;
import io.synod.api.replication.ReadMode;
import io.synod.api.replication.ReadOutcome;
import io.synod.api.storage.SnapshotInfo;
import io.synod.replication.NodeCore;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The door of a running node. */
final class RunningNode implements Node {
  private final NodeId self;
  private final EventLoop loop;
  private final NodeCore core;
  private final CallerRequests requests;
  private final Ending ending;
  private final NodeMembership membership;

  RunningNode(
      NodeId self, EventLoop loop, NodeCore core, CallerRequests requests, Ending ending,
      NodeMembership.Parts parts) {
    this.self = self;
    this.loop = loop;
    this.core = core;
    this.requests = requests;
    this.ending = ending;
    this.membership = new NodeMembership(this::ask, core, parts);
  }

  @Override
  public CompletionStage<Outcome> submit(byte[] command) {
    return requests.submit(command);
  }

  @Override
  public CompletionStage<ReadOutcome> read(ReadMode mode, InstanceId minIndex, byte[] query) {
    return requests.read(mode, minIndex, query);
  }

  @Override
  public CompletionStage<NodeStatus> status() {
    return ask(question -> question.answer(core.status()));
  }

  @Override
  public Membership membership() {
    return membership;
  }

  @Override
  public CompletionStage<SnapshotInfo> snapshot() {
    return ask(question -> {
      if (!core.snapshot(question::answer)) {
        question.refuse(new IllegalStateException("a snapshot is being taken already"));
      }
    });
  }

  private <T> CompletionStage<T> ask(Consumer<Question<T>> body) {
    Question<T> question = new Question<>(requests, body, "node " + self + " is stopped");
    loop.post(question);
    return question.stage;
  }

  @Override
  public CompletionStage<Void> stopped() {
    return ending.stopped();
  }

  @Override
  public void close() {
    ending.close();
  }

  @Override
  public void kill() {
    ending.kill();
  }

  @Override
  public String toString() {
    return "node " + self;
  }
}
