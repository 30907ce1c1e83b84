package io.synod.server.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** A status code and a JSON body. */
record Answer(HttpResponseStatus status, byte[] body) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  static Answer ok(Map<String, ?> fields) {
    return of(HttpResponseStatus.OK, fields);
  }

  static Answer error(HttpResponseStatus status, String message) {
    return of(status, Map.of("error", message));
  }

  /** The same, for whoever needs a stage. */
  static CompletionStage<Answer> refusal(HttpResponseStatus status, String message) {
    return CompletableFuture.completedFuture(error(status, message));
  }

  /** The answer to a request that failed with an exception that says why. */
  static Answer failed(HttpResponseStatus status, Throwable failure) {
    return error(status, reason(failure));
  }

  /** What lies below the wrapping of stages. */
  static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** A sentence, whatever it was. */
  static String reason(Throwable failure) {
    Throwable cause = cause(failure);
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  private static Answer of(HttpResponseStatus status, Map<String, ?> fields) {
    try {
      return new Answer(status, MAPPER.writeValueAsBytes(fields));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer cannot be written as JSON", e);
    }
  }
}
