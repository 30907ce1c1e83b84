package io.synod.server.resp;

import io.synod.api.plugin.Setting;
import io.synod.api.plugin.Settings;
import io.synod.api.transport.PeerAddress;
import io.synod.server.FakeNode;
import io.synod.server.ServerSettings;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A RESP port with a fake node behind it, and raw sockets to it. */
final class RespFixture implements AutoCloseable {
  static final int SOCKET_TIMEOUT = 20_000;
  static final int LIMIT = 4096;

  final FakeNode node = new FakeNode();
  final int port;
  private final RespServer server;
  private final List<Socket> sockets = new ArrayList<>();

  RespFixture() throws IOException {
    this(settings());
  }

  RespFixture(Settings settings) throws IOException {
    server = new RespServer(node, settings);
    port = server.start(new PeerAddress("127.0.0.1", 0));
  }

  static Settings settings() {
    return Settings.DEFAULTS.with(ServerSettings.RESP_MAX_REQUEST, (long) LIMIT);
  }

  static <T> Settings with(Setting<T> setting, T value) {
    return settings().with(setting, value);
  }

  static Settings impatient() {
    return with(ServerSettings.RESP_TIMEOUT, Duration.ofMillis(50));
  }

  Raw connect() throws IOException {
    Socket socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(SOCKET_TIMEOUT);
    sockets.add(socket);
    return new Raw(socket);
  }

  RespServer server() {
    return server;
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    server.close();
    node.close();
  }

  /** Bytes out, reply lines in. */
  static final class Raw {
    final Socket socket;
    private final InputStream in;

    Raw(Socket socket) throws IOException {
      this.socket = socket;
      this.in = new BufferedInputStream(socket.getInputStream());
    }

    Raw send(String bytes) throws IOException {
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      return this;
    }

    /** Sends a request as an array of bulk strings. */
    Raw request(String... words) throws IOException {
      return send(encode(words));
    }

    static String encode(String... words) {
      StringBuilder text = new StringBuilder("*" + words.length + "\r\n");
      for (String word : words) {
        text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
      }
      return text.toString();
    }

    /** The next line without its end, or null at the end of the stream. */
    String line() throws IOException {
      StringBuilder line = new StringBuilder();
      int c = in.read();
      while (c >= 0 && c != '\n') {
        line.append((char) c);
        c = in.read();
      }
      return c < 0 && line.length() == 0 ? null : line.toString().replace("\r", "");
    }

    /** A whole reply, its lines separated by spaces. */
    String reply() throws IOException {
      String head = line();
      if (head == null) {
        return null;
      }
      StringBuilder text = new StringBuilder(head);
      int parts = "*%".indexOf(head.charAt(0)) < 0 ? 0
          : Integer.parseInt(head.substring(1)) * (head.charAt(0) == '%' ? 2 : 1);
      for (int i = 0; i < parts; i++) {
        text.append(' ').append(reply());
      }
      if (head.charAt(0) == '$' && !head.equals("$-1")) {
        byte[] content = in.readNBytes(Integer.parseInt(head.substring(1)) + 2);
        text.append(' ').append(new String(content, StandardCharsets.ISO_8859_1).trim());
      }
      return text.toString();
    }

    String ask(String... words) throws IOException {
      return request(words).reply();
    }
  }
}
