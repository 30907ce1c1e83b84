package io.synod.runtime.node;

import io.synod.api.transport.PeerAddress;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** A blocking connection to a key-value server, for compare-and-set on one key. */
final class RespLink implements AutoCloseable {
  private static final int CONNECT_MILLIS = 1_000;
  /** Longer than a server takes to say that nobody leads it. */
  private static final int ANSWER_MILLIS = 15_000;
  private static final int LONGEST = 1 << 24;
  private static final byte[] NOTHING = {};

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;

  private RespLink(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    this.out = new BufferedOutputStream(socket.getOutputStream());
  }

  static RespLink open(PeerAddress server) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(server.host(), server.port()), CONNECT_MILLIS);
      socket.setSoTimeout(ANSWER_MILLIS);
      socket.setTcpNoDelay(true);
      return new RespLink(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** What is in force after {@link io.synod.api.reconfig.MasterCell#swap}. */
  byte[] swap(String key, byte[] expected, byte[] update) throws IOException {
    byte[] name = text(key);
    boolean replaced = false;
    if (expected.length == 0 && update.length > 0) {
      replaced = call(text("SETNX"), name, update).filter(RespLink::isOne).isPresent();
    } else if (!Arrays.equals(expected, update)) {
      replaced = call(text("CAS"), name, expected, update).filter(RespLink::isOne).isPresent();
    }
    return replaced ? update : call(text("GET"), name).orElse(NOTHING);
  }

  private static boolean isOne(byte[] answer) {
    return answer.length == 1 && answer[0] == '1';
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Optional<byte[]> call(byte[]... words) throws IOException {
    out.write(text("*" + words.length + "\r\n"));
    for (byte[] word : words) {
      out.write(text("$" + word.length + "\r\n"));
      out.write(word);
      out.write(text("\r\n"));
    }
    out.flush();
    return answer();
  }

  private Optional<byte[]> answer() throws IOException {
    String line = line();
    String rest = line.isEmpty() ? "" : line.substring(1);
    if (line.startsWith(":") || line.startsWith("+")) {
      return Optional.of(text(rest));
    } else if (line.equals("$-1")) {
      return Optional.empty();
    } else if (!line.matches("\\$[0-9]{1,8}")) {
      throw new IOException("unexpected answer: " + line);
    }
    int length = Integer.parseInt(rest);
    if (length > LONGEST) {
      throw new IOException("an answer of " + length + " bytes");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    line();
    return Optional.of(bytes);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0 || line.length() > LONGEST) {
        throw new EOFException("the connection ended within an answer");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is not used any more.
    }
  }
}
