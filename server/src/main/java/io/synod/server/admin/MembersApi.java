package io.synod.server.admin;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.synod.api.membership.ChangeOutcome;
import io.synod.api.membership.Membership;
import io.synod.api.membership.Plan;
import io.synod.api.model.NodeId;
import io.synod.api.node.Node;
import io.synod.api.node.NodeStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the paths of members and leadership answer. An answer to a change comes when its outcome
 * is known, which the node bounds, not the port. Any thread.
 */
final class MembersApi {
  private final Node node;
  private final Supplier<CompletionStage<NodeStatus>> status;
  /** What the changes asked for here said last, oldest change first. */
  private final Queue<AtomicReference<String>> running = new ConcurrentLinkedQueue<>();

  MembersApi(Node node, Supplier<CompletionStage<NodeStatus>> status) {
    this.node = node;
    this.status = status;
  }

  CompletionStage<Answer> list(AdminRequest request) {
    return status.get().thenCombine(AdminApi.soon(node.membership().status()), (own, members) ->
        Answer.ok(MembersJson.status(own, members, members.change().or(this::said))));
  }

  /** Only the leader's membership knows of a change; who asked it elsewhere hears of it too. */
  private Optional<String> said() {
    return running.stream().map(AtomicReference::get).findFirst();
  }

  CompletionStage<Answer> plan(AdminRequest request) {
    ChangeRequest wanted = ChangeRequest.parse(request.body());
    return node.membership().plan(wanted.change())
        .thenApply(plan -> Answer.ok(MembersJson.plan(plan, elsewhen(wanted, plan))));
  }

  /** The refusal of a change that is meant for another era. */
  private static Optional<String> elsewhen(ChangeRequest wanted, Plan plan) {
    return wanted.expected().filter(era -> !era.equals(plan.expected()))
        .map(era -> "era " + plan.expected() + " is in force, not era " + era);
  }

  CompletionStage<Answer> change(AdminRequest request) {
    ChangeRequest wanted = ChangeRequest.parse(request.body());
    AtomicReference<String> progress = new AtomicReference<>("asked for");
    long start = System.nanoTime();
    running.add(progress);
    CompletionStage<ChangeOutcome> outcome;
    try {
      outcome = ask(wanted, progress::set);
    } catch (RuntimeException e) {
      running.remove(progress);
      throw e;
    }
    return outcome.handle((o, failure) -> {
      running.remove(progress);
      return failure == null
          ? answer(o, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)) : failed(failure);
    });
  }

  private static Answer failed(Throwable failure) {
    return Answer.cause(failure) instanceof IllegalArgumentException
        ? Answer.failed(HttpResponseStatus.BAD_REQUEST, failure)
        : answer(new ChangeOutcome.Indeterminate(Answer.reason(failure)), 0);
  }

  private CompletionStage<ChangeOutcome> ask(ChangeRequest wanted, Consumer<String> progress) {
    Membership membership = node.membership();
    return wanted.expected().isPresent()
        ? membership.change(wanted.expected().get(), wanted.change(), progress)
        : membership.change(wanted.change(), progress);
  }

  private static Answer answer(ChangeOutcome outcome, long millis) {
    if (outcome instanceof ChangeOutcome.Active active) {
      return Answer.ok(MembersJson.active(active, millis));
    }
    if (outcome instanceof ChangeOutcome.Refused refused) {
      return Answer.error(HttpResponseStatus.CONFLICT, refused.reason());
    }
    if (outcome instanceof ChangeOutcome.Indeterminate unknown) {
      return Answer.error(HttpResponseStatus.GATEWAY_TIMEOUT, "it is not known whether the change"
          + " takes effect: " + unknown.reason() + "; GET /members tells the era in force");
    }
    if (outcome instanceof ChangeOutcome.NotLeader other) {
      return Answer.error(HttpResponseStatus.SERVICE_UNAVAILABLE, "nothing was changed: "
          + other.leader().map(leader -> "this node does not lead, " + leader + " does; ask there")
              .orElse("no leader is known here; ask again"));
    }
    throw new IllegalStateException("no answer for " + outcome);
  }

  CompletionStage<Answer> leader(AdminRequest request) {
    return status.get().thenApply(s -> {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("leader", s.leader().map(NodeId::name).orElse(null));
      fields.put("node", s.node().name());
      fields.put("ballot", s.promised().toString());
      fields.put("era", s.era().number());
      return Answer.ok(fields);
    });
  }

  CompletionStage<Answer> transfer(AdminRequest request) {
    return node.membership().transferLeadership(NodeId.of(request.parameter("to")))
        .handle((leader, failure) -> {
          if (failure == null) {
            return Answer.ok(Map.of("leader", leader.name()));
          }
          return Answer.failed(Answer.cause(failure) instanceof IllegalArgumentException
              ? HttpResponseStatus.BAD_REQUEST : HttpResponseStatus.GATEWAY_TIMEOUT, failure);
        });
  }
}
