package io.synod.transport.shm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.synod.api.message.ClientMessage;
import io.synod.api.message.Message;
import io.synod.api.message.ReplicationMessage.ReadIndex;
import io.synod.api.model.Incarnation;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.Plugins;
import io.synod.api.transport.ClientReceiver;
import io.synod.api.transport.PeerAddress;
import io.synod.api.transport.Transport;
import io.synod.codec.KryoCodec;
import io.synod.testkit.contract.TransportNode;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reader and writer of a ring are both gone: the reader's next life does not read what is left. */
class EarlierLifeTest {
  private static final PeerAddress ANYWHERE = new PeerAddress("127.0.0.1", 0);
  private static final NodeId N3 = NodeId.of("n3");

  @TempDir
  Path directory;

  private static Plugins.Local local(NodeId id, PeerAddress listen) {
    return new Plugins.Local("c", id, new Incarnation(1), listen);
  }

  /** As an n2 of an earlier life would have left it for an n3 of an earlier life. */
  private void leaveRing(PeerAddress reader, Message message) throws Exception {
    PeerAddress writer = new PeerAddress("127.0.0.1", 1);
    try (Mailbox earlier =
        Mailbox.open(directory, reader, new Header.Life(local(N3, reader), 7, 0));
        MappedFile doorFile = MappedFile.open(Mailbox.door(directory, reader));
        Ring ring = Ring.create(Mailbox.ring(directory, reader, writer),
            new Header.Life(local(NodeId.of("n2"), writer), 8, 0), 1 << 16,
            Header.read(doorFile, Header.DOOR), N3)) {
      ByteBuffer bytes = new KryoCodec().encode(message);
      int length = bytes.remaining();
      int at = ring.pieces().tryClaim(Ring.START, Integer.BYTES + length);
      ring.pieces().buffer().putInt(at, length);
      ring.pieces().buffer().putBytes(at + Integer.BYTES, bytes, bytes.position(), length);
      ring.pieces().commit(at);
      earlier.alive(System.nanoTime());
    }
  }

  private static final class NoClients implements ClientReceiver {
    @Override
    public void onClientMessage(ClientLink client, ClientMessage message) {
      client.close();
    }

    @Override
    public void onClientClosed(ClientLink client) {
      // There are none.
    }
  }

  @Test
  void itsMessagesAreNotDelivered() throws Exception {
    ShmTransportPlugin plugin = new ShmTransportPlugin();
    try (TransportNode n2 = TransportNode.start(
        plugin, "c", "n2", ANYWHERE, DamagedFilesTest.settings(directory))) {
      TransportNode free = TransportNode.start(
          plugin, "c", "n3", ANYWHERE, DamagedFilesTest.settings(directory));
      free.close();
      leaveRing(free.address(), new ReadIndex(8));
      Queue<Message> received = new ConcurrentLinkedQueue<>();
      try (Transport n3 = plugin.node(local(N3, free.address()), KryoCodec::new,
          DamagedFilesTest.settings(directory), line -> { })) {
        n3.peers(Map.of(n2.id(), n2.address()));
        n3.start((from, message) -> received.add(message), new NoClients());
        n2.knows(N3, free.address());
        await().atMost(Duration.ofMinutes(1)).until(() -> {
          n2.send(N3, new ReadIndex(9));
          return received.contains(new ReadIndex(9));
        });
      }
      assertThat(received).containsOnly(new ReadIndex(9));
    }
  }
}
