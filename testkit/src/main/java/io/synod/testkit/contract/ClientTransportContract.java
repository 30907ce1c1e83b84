package io.synod.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.message.ClientMessage;
import io.synod.api.message.ClientMessage.OpenSession;
import io.synod.api.message.ClientMessage.Result;
import io.synod.api.message.ClientMessage.SessionOpened;
import io.synod.api.message.ClientMessage.Submit;
import io.synod.api.model.InstanceId;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.api.transport.ClientReceiver.ClientLink;
import io.synod.api.transport.ClientTransport;
import io.synod.api.transport.PeerAddress;
import io.synod.api.transport.TransportException;
import io.synod.codec.KryoCodec;
import io.synod.testkit.contract.TransportNode.ClientEvent;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every transport promises to clients and to the nodes that serve them. */
public abstract class ClientTransportContract {
  private static final int MANY = 3_000;
  private static final int THREADS = 4;

  private TransportNode node;
  private ClientTransport client;

  /** The plugin under test. */
  protected abstract Plugins.TransportPlugin plugin();

  /** With which settings. */
  protected Settings settings() {
    return Settings.DEFAULTS;
  }

  /** The node's end. */
  protected final TransportNode node() {
    return node;
  }

  /** The client's end. */
  protected final ClientTransport client() {
    return client;
  }

  /** Remembers what a client hears; the empty text stands for the end. */
  protected static final class Listener implements ClientTransport.Listener {
    private static final ClientMessage END = new ClientMessage.Pong();
    private final BlockingQueue<ClientMessage> heard = new LinkedBlockingQueue<>();

    @Override
    public void onMessage(ClientMessage message) {
      heard.add(message);
    }

    @Override
    public void onClosed() {
      heard.add(END);
    }

    /** The next message; fails when none comes. */
    public ClientMessage next() throws InterruptedException {
      ClientMessage next = heard.poll(TransportNode.PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(next).as("an answer").isNotNull();
      return next;
    }

    /** Takes messages until the connection is closed. */
    public void awaitEnd() throws InterruptedException {
      ClientMessage message = next();
      while (message != END) {
        message = next();
      }
      assertThat(heard).as("after the end").isEmpty();
    }
  }

  @BeforeEach
  final void start() throws TransportException {
    node = TransportNode.start(
        plugin(), "c", "n1", TransportContract.ANYWHERE, settings());
    client = plugin().client("c", KryoCodec::new, settings());
  }

  @AfterEach
  final void stop() {
    client.close();
    node.close();
  }

  /** Connects or fails within the patience of the tests. */
  protected final ClientLink connect(Listener listener) throws Exception {
    return client.connect(node.address(), listener).toCompletableFuture()
        .get(TransportNode.PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void carriesQuestionsAndAnswers() throws Exception {
    Listener listener = new Listener();
    ClientLink link = connect(listener);
    link.send(new OpenSession(5));
    ClientEvent asked = node.nextClientEvent();
    assertThat(asked.message()).isEqualTo(new OpenSession(5));
    asked.link().send(new SessionOpened(5, 9));
    assertThat(listener.next()).isEqualTo(new SessionOpened(5, 9));
    assertThat(node.arrived()).isEmpty();
  }

  @Test
  void keepsTheOrderBothWays() throws Exception {
    Listener listener = new Listener();
    ClientLink link = connect(listener);
    for (int i = 0; i < MANY; i++) {
      link.send(new Submit(1, i, 0, List.of(new byte[i % 300])));
    }
    for (int i = 0; i < MANY; i++) {
      ClientEvent event = node.nextClientEvent();
      Submit submit = (Submit) event.message();
      assertThat(submit.sequence()).isEqualTo(i);
      assertThat(submit.commands().get(0)).hasSize(i % 300);
      event.link().send(new Result(1, i, InstanceId.FIRST, new byte[i % 300]));
    }
    for (int i = 0; i < MANY; i++) {
      assertThat(((Result) listener.next()).sequence()).isEqualTo(i);
    }
  }

  @Test
  void answersMayComeFromAnyThread() throws Exception {
    Listener listener = new Listener();
    connect(listener).send(new OpenSession(1));
    ClientLink answers = node.nextClientEvent().link();
    CountDownLatch together = new CountDownLatch(1);
    for (int t = 0; t < THREADS; t++) {
      int session = t;
      new Thread(() -> {
        try {
          together.await();
          for (int i = 0; i < MANY; i++) {
            answers.send(new Result(session, i, InstanceId.FIRST, new byte[16]));
          }
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }).start();
    }
    together.countDown();
    int[] expected = new int[THREADS];
    for (int i = 0; i < THREADS * MANY; i++) {
      Result result = (Result) listener.next();
      assertThat(result.sequence()).isEqualTo(expected[(int) result.session()]++);
    }
  }

  @Test
  void manyConnectionsAreToldApart() throws Exception {
    Listener[] listeners = new Listener[20];
    for (int i = 0; i < listeners.length; i++) {
      listeners[i] = new Listener();
      connect(listeners[i]).send(new OpenSession(i));
    }
    for (int i = 0; i < listeners.length; i++) {
      ClientEvent event = node.nextClientEvent();
      event.link().send(new SessionOpened(((OpenSession) event.message()).nonce(), 1));
    }
    for (int i = 0; i < listeners.length; i++) {
      assertThat(listeners[i].next()).isEqualTo(new SessionOpened(i, 1));
    }
  }

  @Test
  void anotherClusterIsRefusedOnBothSides() throws Exception {
    try (ClientTransport stranger = plugin().client("other", KryoCodec::new, settings())) {
      assertThatThrownBy(() -> stranger.connect(node.address(), new Listener())
          .toCompletableFuture().get(TransportNode.PATIENCE_SECONDS, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class).cause()
          .isInstanceOf(TransportException.class).hasMessageContaining(node.address().toString())
          .hasMessageContaining("'c'").hasMessageContaining("'other'");
      node.says("client", "'c'", "'other'");
    }
  }

  @Test
  void anAddressWhereNobodyListensFails() {
    PeerAddress address = node.address();
    node.close();
    assertThatThrownBy(() -> connect(new Listener()))
        .isInstanceOf(ExecutionException.class).cause()
        .isInstanceOf(TransportException.class).hasMessageContaining(address.toString());
  }

  @Test
  void theNodeLearnsThatAClientIsGone() throws Exception {
    Listener listener = new Listener();
    ClientLink link = connect(listener);
    link.send(new OpenSession(1));
    ClientLink seen = node.nextClientEvent().link();
    link.close();
    ClientEvent event = node.nextClientEvent();
    assertThat(event.message()).isNull();
    assertThat(event.link()).isSameAs(seen);
    seen.send(new SessionOpened(1, 1));
    listener.awaitEnd();
  }

  @Test
  void theClientLearnsThatTheNodeClosedItsConnectionOnly() throws Exception {
    Listener cut = new Listener();
    Listener kept = new Listener();
    connect(cut).send(new OpenSession(1));
    ClientLink seen = node.nextClientEvent().link();
    ClientLink other = connect(kept);
    seen.close();
    cut.awaitEnd();
    assertThat(node.nextClientEvent().message()).isNull();
    other.send(new OpenSession(2));
    assertThat(node.nextClientEvent().message()).isEqualTo(new OpenSession(2));
  }

  @Test
  void closingTheNodeEndsItsConnections() throws Exception {
    Listener listener = new Listener();
    ClientLink link = connect(listener);
    node.close();
    listener.awaitEnd();
    link.send(new OpenSession(1));
    link.close();
  }

  @Test
  void closingTheClientEndsItsConnectionsAndRefusesNewOnes() throws Exception {
    Listener listener = new Listener();
    connect(listener).send(new OpenSession(1));
    node.nextClientEvent();
    client.close();
    listener.awaitEnd();
    assertThat(node.nextClientEvent().message()).isNull();
    assertThatThrownBy(() -> connect(new Listener())).isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(TransportException.class);
    client.close();
  }
}
