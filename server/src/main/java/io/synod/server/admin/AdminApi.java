package io.synod.server.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.synod.api.node.Node;
import io.synod.api.node.NodeStatus;
import io.synod.api.storage.SnapshotInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What each path answers. Any thread; answers come from the node's threads. */
final class AdminApi {
  /** A status code and a JSON body. */
  record Answer(HttpResponseStatus status, byte[] body) {}

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final long STATUS_SECONDS = 5;

  private final Node node;
  private final DiskUse diskUse;

  AdminApi(Node node, DiskUse diskUse) {
    this.node = node;
    this.diskUse = diskUse;
  }

  CompletionStage<Answer> answer(HttpMethod method, String path) {
    HttpMethod expected = path.equals("/snapshot") ? HttpMethod.POST : HttpMethod.GET;
    if (!List.of("/status", "/live", "/ready", "/snapshot").contains(path)) {
      return error(HttpResponseStatus.NOT_FOUND,
          "there is no " + path + ": try /status, /live, /ready or POST /snapshot");
    }
    if (!method.equals(expected)) {
      return error(HttpResponseStatus.METHOD_NOT_ALLOWED, path + " takes " + expected);
    }
    return switch (path) {
      case "/status" -> status().thenApply(s -> ok(describe(s)));
      case "/live" -> live();
      case "/ready" -> ready();
      default -> snapshot();
    };
  }

  private CompletionStage<NodeStatus> status() {
    return node.status().toCompletableFuture().copy().orTimeout(STATUS_SECONDS, TimeUnit.SECONDS);
  }

  private CompletionStage<Answer> live() {
    CompletableFuture<Void> stopped = node.stopped().toCompletableFuture();
    if (stopped.isDone()) {
      return error(HttpResponseStatus.SERVICE_UNAVAILABLE, "the node has stopped");
    }
    return status().thenApply(s -> ok(Map.of("live", true)));
  }

  private CompletionStage<Answer> ready() {
    return status().thenCompose(s -> {
      if (!s.speaking()) {
        return error(HttpResponseStatus.SERVICE_UNAVAILABLE,
            "the acceptor is silent: its store is not admitted yet");
      }
      return s.leader().isEmpty()
          ? error(HttpResponseStatus.SERVICE_UNAVAILABLE, "no leader is known")
          : CompletableFuture.completedFuture(ok(Map.of("ready", true)));
    });
  }

  private CompletionStage<Answer> snapshot() {
    long start = System.nanoTime();
    CompletableFuture<SnapshotInfo> taken = node.snapshot().toCompletableFuture();
    return taken.handle((info, failure) -> {
      if (failure != null) {
        return of(HttpResponseStatus.CONFLICT, Map.of("error", "no snapshot: " + reason(failure)));
      }
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("instance", info.last().number());
      fields.put("bytes", info.length());
      fields.put("millis", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
      return ok(fields);
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
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("id", member.id().name());
      fields.put("role", member.role().name().toLowerCase(Locale.ROOT));
      fields.put("address", member.acceptor().toString());
      fields.put("leader", status.leader().filter(member.id()::equals).isPresent());
      members.add(fields);
    });
    return members;
  }

  private static Answer ok(Map<String, Object> fields) {
    return of(HttpResponseStatus.OK, fields);
  }

  private static CompletionStage<Answer> error(HttpResponseStatus status, String message) {
    return CompletableFuture.completedFuture(of(status, Map.of("error", message)));
  }

  /** The answer to a request that failed for no reason of its own. */
  static Answer failed(Throwable failure) {
    return of(HttpResponseStatus.SERVICE_UNAVAILABLE, Map.of("error", reason(failure)));
  }

  static Answer badRequest(HttpResponseStatus status, String message) {
    return of(status, Map.of("error", message));
  }

  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof TimeoutException
        ? "the node's loop did not answer within " + STATUS_SECONDS + " s"
        : cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  private static Answer of(HttpResponseStatus status, Map<String, ?> fields) {
    try {
      return new Answer(status, MAPPER.writeValueAsBytes(fields));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer cannot be written as JSON", e);
    }
  }
}
