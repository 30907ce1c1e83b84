package io.synod.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.synod.api.message.ClientMessage;
import io.synod.api.message.ClientMessage.Refusal;
import io.synod.api.model.InstanceId;
import io.synod.api.node.Node;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.api.plugin.Slot;
import io.synod.api.replication.ReadMode;
import io.synod.api.transport.ClientReceiver;
import io.synod.api.transport.ClientTransport;
import io.synod.api.transport.PeerAddress;
import io.synod.codec.KryoCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client hears of a node, message by message. */
class ClientsTest {
  private final CountingMachine machine = new CountingMachine();
  private final BlockingQueue<ClientMessage> heard = new LinkedBlockingQueue<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private Node node;
  private ClientTransport transport;
  private ClientReceiver.ClientLink link;

  @BeforeEach
  void connect() throws Exception {
    node = Synod.node().set("synod.node", "n1").set("synod.members", "n1@localhost:9912")
        .set("synod.transport", "local").set("synod.storage", "memory")
        .set("synod.replication.max-command", "1K").stateMachine(machine).start();
    await().until(() -> node.status().toCompletableFuture().get().leading());
    transport = ((Plugins.TransportPlugin) Synod.catalog().options(Slot.TRANSPORT).get("local"))
        .client("synod", KryoCodec::new, Settings.DEFAULTS);
    link = transport.connect(new PeerAddress("localhost", 9912), new ClientTransport.Listener() {
      @Override
      public void onMessage(ClientMessage message) {
        heard.add(message);
      }

      @Override
      public void onClosed() {
        closed.countDown();
      }
    }).toCompletableFuture().get();
  }

  @AfterEach
  void close() {
    machine.release.countDown();
    transport.close();
    node.close();
  }

  @Test
  void commandsOfASessionAreAnsweredInOrderAndOnlyOnceApplied() throws Exception {
    long session = openSession();
    link.send(new ClientMessage.Submit(session, 1, 1, commands("add", "add", "add")));
    assertThat(results(3)).containsExactly(1L, 2L, 3L);

    link.send(new ClientMessage.Submit(session, 2, 1, commands("add", "add", "add")));
    assertThat(results(3)).as("two known, one new").containsExactly(2L, 3L, 4L);

    link.send(new ClientMessage.Query(7, ReadMode.LINEARIZABLE, InstanceId.NONE, new byte[0]));
    ClientMessage.QueryResult read = (ClientMessage.QueryResult) next();
    assertThat(read.request()).isEqualTo(7);
    assertThat(number(read.result())).isEqualTo(4);
  }

  @Test
  void aCommandThatIsTooLargeIsInvalidTogetherWithThoseBehindIt() throws Exception {
    long session = openSession();
    link.send(new ClientMessage.Submit(
        session, 1, 1, List.of(new byte[4], new byte[1025], new byte[4])));

    List<ClientMessage> both = List.of(next(), next());
    assertThat(both).filteredOn(Refusal.class::isInstance).singleElement()
        .isEqualTo(new Refusal(
            Refusal.Kind.INVALID, session, 2,
            "1025 bytes are more than synod.replication.max-command = 1024"));
    assertThat(both).filteredOn(ClientMessage.Result.class::isInstance).hasSize(1);
    link.send(new ClientMessage.Query(8, ReadMode.STALE, InstanceId.NONE, new byte[1025]));
    assertThat(((Refusal) next()).kind()).isEqualTo(Refusal.Kind.INVALID);
  }

  @Test
  void anUnknownSessionIsSaidToHaveExpired() throws Exception {
    link.send(new ClientMessage.Submit(123_456, 1, 1, commands("add")));

    assertThat(((Refusal) next()).kind()).isEqualTo(Refusal.Kind.SESSION_EXPIRED);
  }

  @Test
  void aPingIsAnswered() throws Exception {
    link.send(new ClientMessage.Ping(0));

    assertThat(next()).isEqualTo(new ClientMessage.Pong());
  }

  @Test
  void aClientThatSpeaksLikeANodeIsDisconnected() throws Exception {
    link.send(new ClientMessage.Pong());

    assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void nothingIsAcknowledgedInTheTurnThatBreaks() throws Exception {
    long session = openSession();
    link.send(new ClientMessage.Submit(session, 1, 1, commands("add", "throw")));

    assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(heard).as("both commands stood in one instance").isEmpty();
  }

  private long openSession() throws Exception {
    link.send(new ClientMessage.OpenSession(5));
    ClientMessage.SessionOpened opened = (ClientMessage.SessionOpened) next();
    assertThat(opened.nonce()).isEqualTo(5);
    return opened.session();
  }

  private List<Long> results(int count) throws Exception {
    List<Long> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(number(((ClientMessage.Result) next()).result()));
    }
    return numbers;
  }

  private ClientMessage next() throws InterruptedException {
    ClientMessage message = heard.poll(10, TimeUnit.SECONDS);
    assertThat(message).as("an answer").isNotNull();
    return message;
  }

  private static long number(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getLong();
  }

  private static List<byte[]> commands(String... texts) {
    List<byte[]> commands = new ArrayList<>();
    for (String text : texts) {
      commands.add(text.getBytes(StandardCharsets.US_ASCII));
    }
    return commands;
  }
}
