package io.synod.runtime.node;

import io.synod.api.effect.Clock;
import io.synod.api.membership.Change;
import io.synod.api.membership.ChangeOutcome;
import io.synod.api.membership.Membership;
import io.synod.api.membership.MembershipStatus;
import io.synod.api.membership.Plan;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import io.synod.api.node.NodeStatus;
import io.synod.replication.MembershipDesk;
import io.synod.replication.MembershipFacts;
import io.synod.replication.NodeCore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/** The door to membership of a running node: from any thread into the loop. */
final class NodeMembership implements Membership {
  private static final long LOOK_NANOS = Duration.ofMillis(10).toNanos();
  private static final long TRANSFER_NANOS = Duration.ofSeconds(10).toNanos();

  /** Puts a question to the loop. */
  interface Door {
    /** The stage fails if the node has stopped. */
    <T> CompletionStage<T> ask(Consumer<Question<T>> body);
  }

  /** What it is made of besides. */
  record Parts(
      LoopTimers timers, Clock clock, Completions completions,
      Function<Configuration, QuorumSystem> quorums) {}

  private final Door door;
  private final NodeCore core;
  private final Parts parts;

  NodeMembership(Door door, NodeCore core, Parts parts) {
    this.door = door;
    this.core = core;
    this.parts = parts;
  }

  @Override
  public CompletionStage<MembershipStatus> status() {
    return door.ask(question -> question.answer(core.membership().status()));
  }

  @Override
  public CompletionStage<Plan> plan(Change change) {
    CompletionStage<MembershipFacts> facts =
        door.ask(question -> question.answer(core.membershipFacts()));
    return facts.thenApply(f -> new Planner(parts.quorums, f).plan(change));
  }

  @Override
  public CompletionStage<ChangeOutcome> change(Change change, Consumer<String> progress) {
    return change(Optional.empty(), change, progress);
  }

  @Override
  public CompletionStage<ChangeOutcome> change(
      Era expected, Change change, Consumer<String> progress) {
    return change(Optional.of(expected), change, progress);
  }

  private CompletionStage<ChangeOutcome> change(
      Optional<Era> expected, Change change, Consumer<String> progress) {
    return door.ask(question ->
        core.membership().change(expected, change, new MembershipDesk.Listener() {
          @Override
          public void doing(String what) {
            parts.completions.run(() -> progress.accept(what));
          }

          @Override
          public void done(ChangeOutcome outcome) {
            question.answer(outcome);
          }
        }));
  }

  @Override
  public CompletionStage<NodeId> transferLeadership(NodeId to) {
    return door.ask(question -> {
      NodeStatus status = core.status();
      Configuration members = status.configuration();
      if (!members.mayLead(to)) {
        question.refuse(new IllegalArgumentException(
            to + " may not lead: acceptors of era " + status.era() + " are "
                + members.acceptors()));
      } else if (!members.mayLead(status.node())) {
        question.refuse(new IllegalArgumentException(
            status.node() + " is no acceptor of era " + status.era() + " and has no say in who"
                + " leads; ask one of " + members.acceptors()));
      } else {
        core.prefer(to);
        awaitLeader(question, to, parts.clock.nanos() + TRANSFER_NANOS);
      }
    });
  }

  private void awaitLeader(Question<NodeId> question, NodeId to, long deadline) {
    Optional<NodeId> leader = core.status().leader();
    if (leader.equals(Optional.of(to))) {
      question.answer(to);
    } else if (parts.clock.nanos() - deadline >= 0) {
      question.refuse(new IllegalStateException(to + " does not lead after "
          + TRANSFER_NANOS / 1_000_000_000 + " s; the leader is "
          + leader.map(NodeId::name).orElse("unknown") + ". Is " + to + " up?"));
    } else {
      parts.timers.after(LOOK_NANOS, () -> awaitLeader(question, to, deadline));
    }
  }
}
