package io.synod.server.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.synod.api.transport.PeerAddress;
import io.synod.server.cli.CommandFailed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The command line's end of the admin port. Blocks; fails with one sentence that names the
 * address, caused by an IOException if no answer came.
 */
public final class AdminClient {
  private static final int OK = 200;
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final PeerAddress server;
  private final HttpClient http = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();

  private AdminClient(PeerAddress server) {
    this.server = server;
  }

  /** To the admin port of a node, as given by {@code --server}. */
  public static AdminClient of(String hostPort) {
    try {
      PeerAddress server = PeerAddress.parse(hostPort);
      URI.create("http://" + server + "/");
      return new AdminClient(server);
    } catch (IllegalArgumentException e) {
      throw CommandFailed.usage("--server: " + e.getMessage() + "; name a node's admin port"
          + " (synod.admin.listen), such as 127.0.0.1:8371", e);
    }
  }

  /** GET. */
  public JsonNode get(String path, Duration patience) {
    return answer(send(request(path, patience).GET()), patience);
  }

  /** POST without a body. */
  public JsonNode post(String path, Duration patience) {
    return post(path, new byte[0], patience);
  }

  /** POST of JSON. */
  public JsonNode post(String path, byte[] json, Duration patience) {
    return answer(postLater(path, json, patience), patience);
  }

  /** POST of JSON that does not block; see {@link #within}. */
  public CompletableFuture<JsonNode> postLater(String path, byte[] json, Duration patience) {
    return send(request(path, patience).header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofByteArray(json)));
  }

  /** The answer, if it comes in that time; fails like {@link #post(String, Duration)}. */
  public Optional<JsonNode> within(CompletableFuture<JsonNode> answer, Duration time) {
    try {
      return Optional.of(answer.get(time.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailed.failed("interrupted while waiting for " + server, e);
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    }
  }

  private JsonNode answer(CompletableFuture<JsonNode> answer, Duration patience) {
    // The request's own time-out comes first: it closes the connection.
    return within(answer, patience.plus(CONNECT)).orElseThrow(() ->
        failure(new IOException("nothing came within " + patience.toSeconds() + " s")));
  }

  private HttpRequest.Builder request(String path, Duration patience) {
    return HttpRequest.newBuilder(URI.create("http://" + server + path)).timeout(patience);
  }

  private CompletableFuture<JsonNode> send(HttpRequest.Builder request) {
    return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray())
        .thenApply(this::read);
  }

  private JsonNode read(HttpResponse<byte[]> response) {
    try {
      JsonNode body = new ObjectMapper().readTree(response.body());
      if (response.statusCode() != OK) {
        throw CommandFailed.failed(server + ": " + body.path("error").asText(body.toString()));
      }
      return body;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CommandFailed failure(Throwable thrown) {
    Throwable cause = thrown;
    while ((cause instanceof CompletionException || cause instanceof UncheckedIOException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof CommandFailed failed) {
      return failed;
    }
    return CommandFailed.failed("no answer from the admin port " + server + ": "
        + (cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage())
        + "; is the node running, and is this its synod.admin.listen?", cause);
  }
}
