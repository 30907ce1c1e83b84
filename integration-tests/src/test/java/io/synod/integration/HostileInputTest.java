package io.synod.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/**
 * Bytes that no port of a node expects, from connections that behave as badly as they can, while
 * a Redis client works on at the same node.
 */
class HostileInputTest {
  private static final int READ_MILLIS = 30_000;
  private static final int LARGE = 1 << 20;

  @TempDir
  private static Path directory;
  private static Cluster cluster;
  private final List<Socket> sockets = new ArrayList<>();
  private Jedis steady;
  private int steps;

  @BeforeAll
  static void start() {
    cluster = Cluster.started(directory, Map.of("synod.resp.stall-timeout", "1s",
        "synod.transport.handshake-timeout", "1s"));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @BeforeEach
  void connect() {
    steady = cluster.redis(0);
    steady.del("steps");
  }

  @AfterEach
  void theNodeIsUnharmed() throws IOException {
    theClientWorksOn();
    steady.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    await().atMost(Child.PATIENCE).until(() ->
        cluster.get(0, "/ready").path("ready").asBoolean());
    assertThat(cluster.node(0).log()).as("no fault of the node's own").doesNotContain("\n\tat ");
  }

  private void theClientWorksOn() {
    steps++;
    assertThat(steady.incr("steps")).isEqualTo(steps);
  }

  private static Stream<Integer> ports() {
    return Stream.of(cluster.replicationPort(0), cluster.respPort(0), cluster.adminPort(0));
  }

  private Socket connect(int port) throws IOException {
    Socket socket = new Socket();
    sockets.add(socket);
    socket.setSoTimeout(READ_MILLIS);
    socket.connect(new InetSocketAddress("127.0.0.1", port), READ_MILLIS);
    return socket;
  }

  private Socket send(int port, byte[] bytes) throws IOException {
    Socket socket = connect(port);
    try {
      OutputStream out = socket.getOutputStream();
      out.write(bytes);
      out.flush();
    } catch (SocketException e) {
      // It was cut off before it had sent everything, as it deserves.
    }
    return socket;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** All that comes until the other side closes; fails if it never does. */
  private static String toEnd(Socket socket) throws IOException {
    StringBuilder read = new StringBuilder();
    try {
      InputStream in = socket.getInputStream();
      for (int b = in.read(); b >= 0; b = in.read()) {
        read.append((char) b);
      }
    } catch (SocketException e) {
      // A reset is an end too.
    }
    return read.toString();
  }

  private static byte[] noise(int length) {
    byte[] noise = new byte[length];
    new Random(20).nextBytes(noise);
    // Of both kinds of text protocols: neither the begin of a request nor a line.
    for (int i = 0; i < length; i++) {
      noise[i] = noise[i] == '\n' ? 0 : noise[i];
    }
    return noise;
  }

  @Test
  void noiseIsCutOff() throws IOException {
    for (int port : ports().toList()) {
      toEnd(send(port, noise(LARGE)));
      theClientWorksOn();
    }
  }

  @Test
  void anotherProtocolIsToldSoOrCutOff() throws IOException {
    byte[] http = ascii("GET /status HTTP/1.1\r\nHost: localhost\r\n\r\n");
    byte[] tls = new byte[517];
    System.arraycopy(new byte[] {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3}, 0, tls, 0, 11);
    byte[] redis = ascii("*1\r\n$4\r\nPING\r\n");

    assertThat(toEnd(send(cluster.replicationPort(0), http))).isEmpty();
    assertThat(toEnd(send(cluster.replicationPort(0), tls))).isEmpty();
    assertThat(toEnd(send(cluster.replicationPort(0), redis))).isEmpty();
    theClientWorksOn();

    assertThat(answer(send(cluster.respPort(0), http))).startsWith("-ERR");
    assertThat(toEnd(send(cluster.respPort(0), tls))).doesNotStartWith("+");
    theClientWorksOn();

    assertThat(toEnd(send(cluster.adminPort(0), redis))).doesNotContain("200 OK");
    assertThat(toEnd(send(cluster.adminPort(0), ascii("nonsense\r\n\r\n"))))
        .startsWith("HTTP/1.1 400");
  }

  private static String answer(Socket socket) throws IOException {
    StringBuilder line = new StringBuilder();
    InputStream in = socket.getInputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      line.append((char) b);
    }
    return line.toString();
  }

  @Test
  void silentAndHalfSentConnectionsHoldNobodyUp() throws IOException {
    for (int port : ports().toList()) {
      for (int i = 0; i < 20; i++) {
        connect(port);
      }
      theClientWorksOn();
    }
    Socket resp = send(cluster.respPort(0), ascii("*3\r\n$3\r\nSET\r\n$5\r\nsteps\r\n$9\r\nha"));
    Socket peer = send(cluster.replicationPort(0), new byte[] {0, 0});
    send(cluster.adminPort(0), ascii("GET /sta"));
    theClientWorksOn();

    assertThat(toEnd(peer)).as("cut off after synod.transport.handshake-timeout").isEmpty();
    assertThat(toEnd(resp)).as("cut off after synod.resp.stall-timeout").isEmpty();
  }

  @Test
  void announcingTooMuchTakesNoMemoryAndDoesNotWork() throws IOException {
    assertThat(toEnd(send(cluster.replicationPort(0),
        new byte[] {0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff, 'S', 'Y', 'N', 'D'}))).isEmpty();
    theClientWorksOn();

    assertThat(toEnd(send(cluster.respPort(0), ascii("*2000000000\r\n")))).startsWith("-ERR");
    assertThat(toEnd(send(cluster.respPort(0), ascii("*2\r\n$3\r\nGET\r\n$-7\r\n"))))
        .startsWith("-ERR");
    theClientWorksOn();

    assertThat(answer(send(cluster.adminPort(0), ascii("POST /snapshot HTTP/1.1\r\n"
        + "Host: localhost\r\nContent-Length: 2000000000\r\n\r\n")))).startsWith("HTTP/1.1 413");
    assertThat(toEnd(send(cluster.adminPort(0),
        ascii("GET /" + "x".repeat(LARGE) + " HTTP/1.1\r\n\r\n")))).doesNotContain("200 OK");
  }
}
