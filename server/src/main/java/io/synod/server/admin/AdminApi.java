package io.synod.server.admin;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.synod.api.node.Node;
import io.synod.api.node.NodeStatus;
import io.synod.api.storage.SnapshotInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What each path answers. Any thread; answers come from the node's threads. */
final class AdminApi {
  private interface Route extends Function<AdminRequest, CompletionStage<Answer>> {}

  private static final long STATUS_SECONDS = 5;
  private static final List<String> TAKE_A_BODY = List.of("/members", "/members/plan");

  private final Node node;
  private final DiskUse diskUse;
  private final Map<String, Map<HttpMethod, Route>> routes = new LinkedHashMap<>();

  AdminApi(Node node, DiskUse diskUse) {
    this.node = node;
    this.diskUse = diskUse;
    MembersApi members = new MembersApi(node, this::status);
    routes.put("/status",
        Map.of(HttpMethod.GET, r -> status().thenApply(s -> Answer.ok(describe(s)))));
    routes.put("/live", Map.of(HttpMethod.GET, r -> live()));
    routes.put("/ready", Map.of(HttpMethod.GET, r -> ready()));
    routes.put("/snapshot", Map.of(HttpMethod.POST, r -> snapshot()));
    routes.put("/members", Map.of(HttpMethod.GET, members::list, HttpMethod.POST, members::change));
    routes.put("/members/plan", Map.of(HttpMethod.POST, members::plan));
    routes.put("/leader", Map.of(HttpMethod.GET, members::leader, HttpMethod.POST,
        members::transfer));
  }

  /** Never throws; a stage that does not fail. */
  CompletionStage<Answer> answer(AdminRequest request) {
    CompletionStage<Answer> answer;
    try {
      answer = route(request);
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    return answer.exceptionally(AdminApi::failed);
  }

  private CompletionStage<Answer> route(AdminRequest request) {
    String path = request.path();
    Map<HttpMethod, Route> methods = routes.get(path);
    if (methods == null) {
      return Answer.refusal(HttpResponseStatus.NOT_FOUND,
          "there is no " + path + ": try " + String.join(", ", routes.keySet()));
    }
    Route route = methods.get(request.method());
    if (route == null) {
      return Answer.refusal(HttpResponseStatus.METHOD_NOT_ALLOWED, path + " takes "
          + methods.keySet().stream().map(HttpMethod::name).sorted()
              .collect(Collectors.joining(" or ")));
    }
    if (request.body().length > 0 && !TAKE_A_BODY.contains(path)) {
      return Answer.refusal(HttpResponseStatus.BAD_REQUEST, path + " takes no body");
    }
    return route.apply(request);
  }

  private static Answer failed(Throwable failure) {
    Throwable cause = Answer.cause(failure);
    if (cause instanceof IllegalArgumentException) {
      return Answer.failed(HttpResponseStatus.BAD_REQUEST, cause);
    }
    return cause instanceof TimeoutException
        ? Answer.error(HttpResponseStatus.SERVICE_UNAVAILABLE,
            "the node's loop did not answer within " + STATUS_SECONDS + " s")
        : Answer.failed(HttpResponseStatus.SERVICE_UNAVAILABLE, cause);
  }

  private CompletionStage<NodeStatus> status() {
    return soon(node.status());
  }

  /** For what the node's loop answers by itself. */
  static <T> CompletionStage<T> soon(CompletionStage<T> answer) {
    return answer.toCompletableFuture().copy().orTimeout(STATUS_SECONDS, TimeUnit.SECONDS);
  }

  private CompletionStage<Answer> live() {
    CompletableFuture<Void> stopped = node.stopped().toCompletableFuture();
    if (stopped.isDone()) {
      return Answer.refusal(HttpResponseStatus.SERVICE_UNAVAILABLE, "the node has stopped");
    }
    return status().thenApply(s -> Answer.ok(Map.of("live", true)));
  }

  private CompletionStage<Answer> ready() {
    return status().thenCompose(s -> {
      if (!s.speaking()) {
        return Answer.refusal(HttpResponseStatus.SERVICE_UNAVAILABLE,
            "the acceptor is silent: its store is not admitted yet");
      }
      return s.leader().isEmpty()
          ? Answer.refusal(HttpResponseStatus.SERVICE_UNAVAILABLE, "no leader is known")
          : CompletableFuture.completedFuture(Answer.ok(Map.of("ready", true)));
    });
  }

  private CompletionStage<Answer> snapshot() {
    long start = System.nanoTime();
    CompletableFuture<SnapshotInfo> taken = node.snapshot().toCompletableFuture();
    return taken.handle((info, failure) -> {
      if (failure != null) {
        return Answer.error(
            HttpResponseStatus.CONFLICT, "no snapshot: " + Answer.reason(failure));
      }
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("instance", info.last().number());
      fields.put("bytes", info.length());
      fields.put("millis", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
      return Answer.ok(fields);
    });
  }

  private Map<String, Object> describe(NodeStatus status) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("node", status.node().name());
    fields.put("incarnation", status.incarnation().toString());
    fields.put("epoch", status.epoch());
    fields.put("leader", status.leader().map(Object::toString).orElse(null));
    fields.put("leading", status.leading());
    fields.put("speaking", status.speaking());
    fields.put("ballot", status.promised().toString());
    fields.put("era", status.era().number());
    fields.put("quorum", status.configuration().quorum());
    fields.put("mode", MembersJson.mode(status.configuration()));
    fields.put("members", members(status));
    fields.put("decided", status.decided().number());
    fields.put("applied", status.applied().number());
    fields.put("lag", status.decided().minus(status.applied()));
    fields.put("retained", status.retained().number());
    fields.put("snapshot", status.snapshot().number());
    fields.put("waiting", status.waiting());
    fields.put("diskBytes", diskUse.bytes());
    fields.put("diskFree", diskUse.free());
    return fields;
  }

  private static List<Map<String, Object>> members(NodeStatus status) {
    List<Map<String, Object>> members = new ArrayList<>();
    status.configuration().members().forEach(member -> {
      Map<String, Object> fields = MembersJson.member(member);
      fields.put("leader", status.leader().filter(member.id()::equals).isPresent());
      members.add(fields);
    });
    return members;
  }
}
