package io.synod.server;

import io.synod.api.membership.Change;
import io.synod.api.membership.ChangeOutcome;
import io.synod.api.membership.Membership;
import io.synod.api.membership.MembershipStatus;
import io.synod.api.membership.MembershipStatus.Standing;
import io.synod.api.membership.Plan;
import io.synod.api.model.Configuration;
import io.synod.api.model.ConsensusMode;
import io.synod.api.model.Era;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Membership whose answers a test gives: n1 to n3 in era 7, with n4 on its way. */
public final class FakeMembership implements Membership {
  /** What one asked for. */
  public record Asked(Optional<Era> expected, Change change) {}

  /** The configuration in force. */
  public static final Configuration BEFORE = new Configuration(List.of(
      Member.founding("n1", "127.0.0.1:7371"), Member.founding("n2", "127.0.0.1:7372"),
      Member.founding("n3", "127.0.0.1:7373")), "majority", Optional.of(ConsensusMode.FAST));
  private static final Era ERA = new Era(7);

  private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());
  private final CompletableFuture<ChangeOutcome> outcome = new CompletableFuture<>();
  private volatile Optional<String> doing = Optional.empty();
  private volatile Consumer<String> progress = text -> { };
  private volatile List<String> refusals = List.of();

  /** How every change ends. */
  public void end(ChangeOutcome with) {
    outcome.complete(with);
  }

  /** Changes fail with this. */
  public void fail(RuntimeException with) {
    outcome.completeExceptionally(with);
  }

  /** What the status says that a change is doing. */
  public void doing(String what) {
    doing = Optional.of(what);
  }

  /** What the change asked for last hears. */
  public void tell(String what) {
    progress.accept(what);
  }

  /** Why plans would be refused. */
  public void refuse(String... reasons) {
    refusals = List.of(reasons);
  }

  /** The changes and plans asked for. */
  public List<Asked> asked() {
    return asked;
  }

  @Override
  public CompletionStage<MembershipStatus> status() {
    return CompletableFuture.completedFuture(new MembershipStatus(ERA, BEFORE, ERA.next(),
        Optional.of(new Change.Remove(NodeId.of("n1")).applyTo(BEFORE)), doing, List.of(
            standing("n1", 90, Duration.ZERO), standing("n2", 80, Duration.ofMinutes(1)),
            standing("n4", 30, Duration.ofMillis(20)))));
  }

  private static Standing standing(String id, long decided, Duration silence) {
    return new Standing(NodeId.of(id), Optional.of(new Incarnation(0xab)),
        Optional.of(InstanceId.of(decided)), Optional.of(ERA), Optional.of(silence));
  }

  @Override
  public CompletionStage<Plan> plan(Change change) {
    asked.add(new Asked(Optional.empty(), change));
    Configuration after = change.applyTo(BEFORE);
    Plan.Strength now = new Plan.Strength(
        BEFORE, 1, List.of(NodeId.of("n2")), List.of(NodeId.of("n1"), NodeId.of("n3")));
    return CompletableFuture.completedFuture(new Plan(ERA, now, now,
        new Plan.Strength(after, 2, List.of(), after.ids()),
        List.of(new Plan.Copy(NodeId.of("n4"), 3 << 20, 1234)), refusals, List.of("mind the gap")));
  }

  @Override
  public CompletionStage<ChangeOutcome> change(Change change, Consumer<String> heard) {
    return change(Optional.empty(), change, heard);
  }

  @Override
  public CompletionStage<ChangeOutcome> change(Era era, Change change, Consumer<String> heard) {
    return change(Optional.of(era), change, heard);
  }

  private CompletionStage<ChangeOutcome> change(
      Optional<Era> era, Change change, Consumer<String> heard) {
    progress = heard;
    asked.add(new Asked(era, change));
    return outcome.copy();
  }

  /** The outcome of a change that was made. */
  public static ChangeOutcome active(Change change, String... safeToStop) {
    return new ChangeOutcome.Active(
        ERA.next(), change.applyTo(BEFORE), List.of(safeToStop).stream().map(NodeId::of).toList());
  }

  @Override
  public CompletionStage<NodeId> transferLeadership(NodeId to) {
    if (BEFORE.member(to).isEmpty()) {
      throw new IllegalArgumentException(to + " may not lead");
    }
    return to.equals(NodeId.of("n3"))
        ? CompletableFuture.failedFuture(new IllegalStateException("n3 does not lead after 10 s"))
        : CompletableFuture.completedFuture(to);
  }
}
