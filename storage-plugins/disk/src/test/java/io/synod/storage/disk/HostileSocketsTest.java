package io.synod.storage.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.model.NodeId;
import io.synod.api.passive.PassiveStore;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.api.storage.StorageException;
import io.synod.api.transport.PeerAddress;
import io.synod.codec.KryoCodec;
import io.synod.testkit.contract.PassiveFixture;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes that are no requests, and a server that gives no answers. */
class HostileSocketsTest extends PassiveFixture {
  private static final NodeId N1 = NodeId.of("n1");
  private static final Plugins.PassiveUse USE =
      new Plugins.PassiveUse("contract", N1, NodeId.of("d1"), LossyFiles.INCARNATION);
  private static final int PATIENCE_MILLIS = (int) TimeUnit.SECONDS.toMillis(60);

  @TempDir
  Path directory;

  private DiskServer server;

  @BeforeEach
  void start() throws IOException {
    server = DiskServer.start(directory, new PeerAddress("127.0.0.1", 0));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Override
  protected Plugins.Passive plugin() {
    return new DiskPlugin();
  }

  @Override
  protected Settings settings() {
    return Patient.SETTINGS;
  }

  @Override
  protected URI address() {
    return URI.create("disk://127.0.0.1:" + server.port() + "/first");
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static void say(Socket socket, byte[] frame) throws IOException {
    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
    out.writeInt(frame.length);
    out.write(frame);
  }

  private static byte[] answer(Socket socket) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    byte[] frame = new byte[in.readInt()];
    in.readFully(frame);
    return frame;
  }

  private static String refusal(byte[] answer) throws IOException {
    DataInputStream in = Wire.parts(answer);
    Wire.checkMagic(in);
    assertThat(in.readUnsignedByte()).isEqualTo(Wire.VERSION);
    return in.readUTF();
  }

  /** Waits for the other side to close; fails if it does not. */
  private static void ends(Socket socket) throws IOException {
    try {
      while (socket.getInputStream().read() >= 0) {
        assertThat(socket.isClosed()).isFalse();
      }
    } catch (SocketException e) {
      socket.close(); // a reset is an end as well
    }
  }

  private void closedAfter(byte[] bytes) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(bytes);
      ends(socket);
    }
  }

  @Test
  void garbageClosesItsOwnConnectionOnly() throws Exception {
    PassiveStore good = open(N1);
    closedAfter("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    closedAfter(new byte[] {0, 0, 0, 4, 1, 2, 3, 4});
    closedAfter(new byte[] {0, 0, 0, 0});
    closedAfter(new byte[] {-1, -1, -1, -1, 0});
    closedAfter(new byte[] {0, 64, 0, 0, 0});
    Random random = new Random(5);
    for (int i = 0; i < 20; i++) {
      byte[] noise = new byte[8 + random.nextInt(200)];
      random.nextBytes(noise);
      noise[0] |= 1; // a length that is never so short that more is waited for
      closedAfter(noise);
    }
    write(good, voted(ballot(3, N1), 1, "a"));
    assertThat(look(open(NodeId.of("n2"))).votes()).hasSize(1);
  }

  @Test
  void requestsThatMakeNoSenseCloseTheConnectionAndFreeTheArea() throws Exception {
    byte[][] requests = {
        Wire.frame(out -> out.writeLong(1)),
        Wire.frame(out -> {
          out.writeLong(1);
          out.writeByte(99);
        }),
        Wire.frame(out -> {
          out.writeLong(1);
          out.writeByte(Wire.LOG);
          out.writeUTF("../../n1");
          out.writeLong(1);
          out.writeLong(0);
        }),
        Wire.frame(out -> {
          out.writeLong(1);
          out.writeByte(Wire.EXCHANGE);
          out.writeInt(Integer.MAX_VALUE);
        }),
        Wire.frame(out -> {
          out.writeLong(1);
          out.writeByte(Wire.EXCHANGE);
          out.writeInt(1);
          out.writeLong(Blocks.HEADER);
          out.writeLong(Long.MAX_VALUE);
          out.writeBoolean(true);
          out.writeInt(0);
        })};
    for (byte[] request : requests) {
      try (Socket socket = connect()) {
        say(socket, Wire.hello("first", USE));
        assertThat(refusal(answer(socket))).isEmpty();
        say(socket, request);
        ends(socket);
      }
      awaitFree();
    }
  }

  private void awaitFree() {
    Awaitility.await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(() -> {
      open(N1).close();
      return true;
    });
  }

  @Test
  void whatCannotBeServedIsRefusedInWords() throws Exception {
    try (Socket socket = connect()) {
      say(socket, Wire.hello("../first", USE));
      assertThat(refusal(answer(socket))).contains("../first");
      ends(socket);
    }
    try (Socket socket = connect()) {
      byte[] hello = Wire.hello("first", USE);
      hello[4] = 9;
      say(socket, hello);
      assertThat(refusal(answer(socket))).contains("version 1").contains("version 9");
      ends(socket);
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aServerThatDoesNotAnswerIsGivenUp() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      URI address = URI.create("disk://127.0.0.1:" + silent.getLocalPort() + "/first");
      Settings hasty = Settings.DEFAULTS.with(DiskPlugin.TIMEOUT, Duration.ofMillis(300));
      assertThatThrownBy(() -> plugin().open(
          address, USE, new KryoCodec(), hasty))
          .isInstanceOf(StorageException.class).hasMessageContaining(address.toString())
          .hasMessageContaining("did not answer").hasMessageContaining(DiskPlugin.TIMEOUT.key());
    }
  }

  @Test
  void aServerThatAnswersNonsenseIsGivenUp() throws Exception {
    byte[][] answers = {
        {1, 2, 3, 4, 5}, Wire.welcome(LossyFiles.INCARNATION, "").clone(), new byte[0]};
    answers[1][4] = 7;
    for (byte[] nonsense : answers) {
      try (ServerSocket odd = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
        Thread peer = new Thread(() -> answerOnce(odd, nonsense));
        peer.start();
        URI address = URI.create("disk://127.0.0.1:" + odd.getLocalPort() + "/first");
        assertThatThrownBy(() -> plugin().open(
            address, USE, new KryoCodec(), settings()))
            .isInstanceOf(StorageException.class).hasMessageContaining(address.toString());
        peer.join();
      }
    }
  }

  private static void answerOnce(ServerSocket at, byte[] frame) {
    try (Socket caller = at.accept()) {
      answer(caller);
      say(caller, frame);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
