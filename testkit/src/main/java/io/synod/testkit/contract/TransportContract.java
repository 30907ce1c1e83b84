package io.synod.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.message.BroadcastMessage.Chunk;
import io.synod.api.message.ReplicationMessage.ReadIndex;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.api.transport.PeerAddress;
import io.synod.api.transport.TransportException;
import io.synod.testkit.contract.TransportNode.Received;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every transport promises between nodes; clients are in {@link ClientTransportContract}. */
public abstract class TransportContract {
  /** Any free place to listen at. */
  protected static final PeerAddress ANYWHERE = new PeerAddress("127.0.0.1", 0);

  private static final int MANY = 5_000;
  private static final int LARGE = 8 * 1024 * 1024;

  private final List<TransportNode> started = new ArrayList<>();

  /** The plugin under test. */
  protected abstract Plugins.TransportPlugin plugin();

  /** With which settings. */
  protected Settings settings() {
    return Settings.DEFAULTS;
  }

  /** Settings under which a peer's queue holds less than {@code messages} of that size. */
  protected abstract Settings smallQueue(int messages, int bytes);

  /** Starts a node of cluster {@code c}, closed after the test. */
  protected final TransportNode node(String name) throws TransportException {
    return node("c", name, ANYWHERE, settings());
  }

  /** Starts a node, closed after the test. */
  protected final TransportNode node(
      String cluster, String name, PeerAddress listen, Settings with) throws TransportException {
    TransportNode node = TransportNode.start(plugin(), cluster, name, listen, with);
    started.add(node);
    return node;
  }

  private TransportNode n1;
  private TransportNode n2;

  @BeforeEach
  final void twoNodes() throws TransportException {
    n1 = node("n1");
    n2 = node("n2");
    n1.knows(n2);
    n2.knows(n1);
  }

  @AfterEach
  final void closeAll() {
    started.forEach(TransportNode::close);
  }

  /** The first of two nodes that know each other. */
  protected final TransportNode n1() {
    return n1;
  }

  /** The second one. */
  protected final TransportNode n2() {
    return n2;
  }

  @Test
  void deliversBothWaysUnderTheSendersId() throws Exception {
    n1.reaches(n2, 1);
    n2.reaches(n1, 2);
  }

  @Test
  void keepsTheOrderOfAConnection() throws Exception {
    n1.reaches(n2, 1);
    Random random = new Random(3);
    for (int i = 0; i < MANY; i++) {
      boolean large = random.nextInt(5) == 0;
      n1.queue(n2.id(), large ? chunk(i, random.nextInt(9_000)) : new ReadIndex(i));
      if (random.nextInt(20) == 0) {
        n1.flush();
      }
    }
    n1.flush();
    for (int i = 0; i < MANY; i++) {
      assertThat(number(n2.next())).isEqualTo(i);
    }
  }

  @Test
  void sendsOneMessageToSeveralPeers() throws Exception {
    TransportNode n3 = node("n3");
    n3.knows(n1);
    n1.knows(n3);
    n1.reaches(n2, 1);
    n1.reaches(n3, 2);
    for (int size : new int[] {10, 20_000, 300_000}) {
      Chunk chunk = chunk(size, size);
      n1.queue(n2.id(), chunk);
      n1.queue(n3.id(), chunk);
      n1.queue(n2.id(), new ReadIndex(size));
      n1.flush();
      assertIsChunk(n2.next(), chunk);
      assertThat(number(n2.next())).isEqualTo(size);
      assertIsChunk(n3.next(), chunk);
    }
  }

  @Test
  void nothingLeavesBeforeTheFlush() throws Exception {
    n1.reaches(n2, 1);
    n2.reaches(n1, 2);
    n1.queue(n2.id(), new ReadIndex(77));
    for (int i = 0; i < 50; i++) {
      n2.reaches(n1, 100 + i);
    }
    assertThat(n2.arrived()).isEmpty();
    n1.flush();
    assertThat(number(n2.next())).isEqualTo(77);
  }

  @Test
  void aSecondFlushSendsNothingAgain() throws Exception {
    n1.reaches(n2, 1);
    n1.send(n2.id(), new ReadIndex(5));
    n1.flush();
    n1.flush();
    n1.send(n2.id(), new ReadIndex(6));
    assertThat(number(n2.next())).isEqualTo(5);
    assertThat(number(n2.next())).isEqualTo(6);
  }

  @Test
  void dropsWhatIsForUnknownPeersAndForItself() throws Exception {
    n1.knows(n1);
    n1.send(NodeId.of("nobody"), new ReadIndex(1));
    n1.send(n1.id(), new ReadIndex(1));
    n1.reaches(n2, 2);
    n2.reaches(n1, 3);
    assertThat(n1.arrived()).isEmpty();
  }

  @Test
  void anotherClusterIsRefusedOnBothSides() throws Exception {
    TransportNode stranger = node("other", "n3", ANYWHERE, settings());
    n1.knows(stranger);
    stranger.knows(n1);
    sendUntilRefused(n1, stranger, "cluster", "'c'", "'other'");
    assertThat(stranger.arrived()).isEmpty();
    n1.reaches(n2, 2);
  }

  @Test
  void anUnknownSenderIsRefusedOnBothSides() throws Exception {
    TransportNode unknown = node("n3");
    unknown.knows(n1);
    sendUntilRefused(unknown, n1, "n3");
    assertThat(n1.arrived()).isEmpty();
    n1.reaches(n2, 2);
  }

  @Test
  void anotherNodeAtThePeersAddressGetsNothing() throws Exception {
    TransportNode n3 = node("n3");
    n3.knows(n1);
    n1.knows(NodeId.of("n9"), n3.address());
    n1.send(NodeId.of("n9"), new ReadIndex(1));
    n1.says("n9", "n3", n3.address().toString());
    assertThat(n3.arrived()).isEmpty();
  }

  @Test
  void aPeerTakenAwayIsNotHeardAnyMore() throws Exception {
    n1.reaches(n2, 1);
    n2.forgets(n1.id());
    sendUntilRefused(n1, n2, "n1");
    n2.knows(n1);
    n1.reaches(n2, 50);
  }

  @Test
  void theQueueOfAPeerThatIsAwayIsBounded() throws Exception {
    int size = 64 * 1024;
    int bound = 32;
    TransportNode sender = node("c", "n4", ANYWHERE, smallQueue(bound, size));
    PeerAddress free = freeAddress();
    NodeId away = NodeId.of("n5");
    sender.knows(away, free);
    for (int i = 1; i <= 20 * bound; i++) {
      sender.send(away, chunk(i, size));
    }
    TransportNode n5 = node("c", "n5", free, settings());
    n5.knows(sender);
    sender.send(away, new ReadIndex(MANY));
    for (int i = 0; i < 20 * bound; i++) {
      sender.queue(away, chunk(MANY, size));
    }
    sender.flush();
    assertThat(n5.arrived()).hasSizeLessThan(3 * bound);
    sender.reaches(n5, 9);
  }

  @Test
  void aPeerIsFoundAgainAtTheSameAddress() throws Exception {
    n1.reaches(n2, 1);
    PeerAddress address = n2.address();
    for (int round = 0; round < 3; round++) {
      n2.close();
      n1.send(n2.id(), new ReadIndex(7));
      TransportNode again = node("c", "n2", address, settings());
      again.knows(n1);
      n1.reaches(again, 10 + round);
      again.reaches(n1, 20 + round);
      n2 = again;
    }
  }

  @Test
  void aPeerIsFoundAgainAtAnotherAddress() throws Exception {
    n1.reaches(n2, 1);
    n2.close();
    TransportNode moved = node("n2");
    moved.knows(n1);
    n1.knows(moved);
    n1.reaches(moved, 2);
    moved.reaches(n1, 3);
  }

  @Test
  void aTakenPortIsReportedWithItsAddress() {
    assertThatThrownBy(() -> node("c", "n6", n1.address(), settings()))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining(n1.address().toString()).hasMessageContaining("n6");
  }

  @Test
  void afterCloseTheAddressIsFreeAndNothingIsDelivered() throws Exception {
    n1.reaches(n2, 1);
    PeerAddress address = n2.address();
    for (int i = 0; i < 200; i++) {
      n1.send(n2.id(), new ReadIndex(i));
    }
    n2.close();
    int arrived = n2.arrived().size();
    TransportNode again = node("c", "n2", address, settings());
    again.knows(n1);
    n1.reaches(again, 300);
    assertThat(n2.arrived()).hasSize(arrived);
    n2.close();
  }

  @Test
  void aClosedNodeTakesNoHarmFromFurtherCalls() throws Exception {
    n1.reaches(n2, 1);
    n1.close();
    n1.queue(n2.id(), chunk(1, 100));
    n1.flush();
    n1.forgets(n2.id());
    n1.close();
  }

  @Test
  void aLargeMessageArrivesWhole() throws Exception {
    n1.reaches(n2, 1);
    Chunk large = chunk(5, LARGE);
    n1.send(n2.id(), large);
    assertIsChunk(n2.next(), large);
  }

  /** Sends until both have said why nothing gets through. */
  private static void sendUntilRefused(TransportNode from, TransportNode to, String... parts)
      throws InterruptedException {
    from.sendsUntilBothSpeak(to);
    to.says(parts);
    from.says(parts);
  }

  /** An address that was just given back. */
  protected final PeerAddress freeAddress() throws TransportException {
    TransportNode node = node("free");
    node.close();
    return node.address();
  }

  /** A message of about that size, told from others by its number. */
  protected static Chunk chunk(long number, int size) {
    byte[] bytes = new byte[size];
    new Random(number).nextBytes(bytes);
    return new Chunk(InstanceId.FIRST, number, 0, bytes);
  }

  /** The number of a message made by {@link #chunk} or of a ReadIndex. */
  protected static long number(Received received) {
    return received.message() instanceof Chunk chunk
        ? chunk.length() : ((ReadIndex) received.message()).request();
  }

  /** Checks the content of a chunk. */
  protected static void assertIsChunk(Received received, Chunk expected) {
    assertThat(received.message()).isInstanceOf(Chunk.class);
    Chunk found = (Chunk) received.message();
    assertThat(found.length()).isEqualTo(expected.length());
    assertThat(found.bytes()).isEqualTo(expected.bytes());
  }
}
