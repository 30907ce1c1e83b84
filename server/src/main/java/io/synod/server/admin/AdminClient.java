package io.synod.server.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.synod.api.transport.PeerAddress;
import io.synod.server.cli.CommandFailed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * The command line's end of the admin port. Blocks; fails with one sentence that names the
 * address.
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
      return new AdminClient(PeerAddress.parse(hostPort));
    } catch (IllegalArgumentException e) {
      throw CommandFailed.usage("--server: " + e.getMessage() + "; name a node's admin port"
          + " (synod.admin.listen), such as 127.0.0.1:8371", e);
    }
  }

  /** GET. */
  public JsonNode get(String path, Duration patience) {
    return send(request(path, patience).GET().build());
  }

  /** POST without a body. */
  public JsonNode post(String path, Duration patience) {
    return send(request(path, patience).POST(HttpRequest.BodyPublishers.noBody()).build());
  }

  private HttpRequest.Builder request(String path, Duration patience) {
    return HttpRequest.newBuilder(URI.create("http://" + server + path)).timeout(patience);
  }

  private JsonNode send(HttpRequest request) {
    try {
      HttpResponse<byte[]> response =
          http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      JsonNode body = new ObjectMapper().readTree(response.body());
      if (response.statusCode() != OK) {
        throw CommandFailed.failed(server + ": " + body.path("error").asText(body.toString()));
      }
      return body;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailed.failed("interrupted while waiting for " + server, e);
    } catch (IOException e) {
      throw CommandFailed.failed("no answer from the admin port " + server + ": "
          + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())
          + "; is the node running, and is this its synod.admin.listen?", e);
    }
  }
}
