package io.synod.transport.shm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.message.ReplicationMessage.ReadIndex;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.Settings;
import io.synod.api.transport.PeerAddress;
import io.synod.api.transport.TransportException;
import io.synod.testkit.contract.TransportNode;
import io.synod.testkit.contract.TransportNode.Received;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are foreign, cut, or left behind by a process that was killed. */
class DamagedFilesTest {
  private static final PeerAddress ANYWHERE = new PeerAddress("127.0.0.1", 0);

  @TempDir
  Path directory;
  private final List<TransportNode> started = new ArrayList<>();
  private TransportNode n1;
  private TransportNode n2;

  static Settings settings(Path directory) {
    return Settings.DEFAULTS.with(ShmTransportPlugin.DIRECTORY, directory.toString());
  }

  private TransportNode node(String name, PeerAddress listen) throws TransportException {
    TransportNode node = TransportNode.start(
        new ShmTransportPlugin(), "c", name, listen, settings(directory));
    started.add(node);
    return node;
  }

  @BeforeEach
  void twoNodes() throws Exception {
    n1 = node("n1", ANYWHERE);
    n2 = node("n2", ANYWHERE);
    n1.knows(n2);
    n2.knows(n1);
    n1.reaches(n2, 1);
    n2.reaches(n1, 2);
  }

  @AfterEach
  void closeAll() {
    started.forEach(TransportNode::close);
  }

  private Path ring(TransportNode from, TransportNode to) {
    return Mailbox.ring(directory, to.address(), from.address());
  }

  @Test
  void aRingOfWrongSizeIsNamedAndTheOthersGoOn() throws Exception {
    byte[] whole = Files.readAllBytes(ring(n2, n1));
    Path cut = Files.write(ring(n2, n1).resolveSibling("1.ring"), Arrays.copyOf(whole, 5000));
    n1.says(cut.toString(), "offset 16", Integer.toString(whole.length), "5000");
    Path shorter = Files.write(cut.resolveSibling("2.ring"), new byte[10]);
    n1.says(shorter.toString(), "offset 10");
    n2.reaches(n1, 3);
  }

  @Test
  void aForeignFileIsNamedAndLeftAlone() throws Exception {
    Path letter = ring(n2, n1).resolveSibling("3.ring");
    Files.writeString(letter, "Dear".repeat(1000));
    n1.says(letter.toString(), "offset 0");
    n2.reaches(n1, 3);
    n1.close();
    assertThat(letter).hasContent("Dear".repeat(1000));
  }

  @Test
  void aRingThatIsRemovedIsMadeAnew() throws Exception {
    Files.delete(ring(n2, n1));
    n2.reaches(n1, 3); // perhaps through the old one, while nobody has noticed
    Awaitility.await().until(() -> Files.exists(ring(n2, n1)));
    n2.reaches(n1, 4);
    n1.reaches(n2, 5);
  }

  @Test
  void aForeignDoorIsRefusedAtTheStart() throws Exception {
    TransportNode gone = node("n3", ANYWHERE);
    gone.close();
    Path door = Mailbox.door(directory, gone.address());
    Files.writeString(door, "Dear".repeat(1000));
    assertThatThrownBy(() -> node("n3", gone.address())).isInstanceOf(TransportException.class)
        .hasMessageContaining("n3").hasMessageContaining(door.toString())
        .hasMessageContaining("offset 0")
        .hasMessageContaining(ShmTransportPlugin.DIRECTORY.key());
    assertThat(door).hasContent("Dear".repeat(1000));
  }

  @Test
  void aFileInPlaceOfTheDirectoryIsRefusedAtTheStart() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");
    assertThatThrownBy(() -> TransportNode.start(
        new ShmTransportPlugin(), "c", "n3", ANYWHERE, settings(file)))
        .isInstanceOf(TransportException.class).hasMessageContaining(file.toString())
        .hasMessageContaining(ShmTransportPlugin.DIRECTORY.key());
  }

  /** The child: a node that talks to n1 until it is killed. */
  static final class Talker {
    private Talker() {}

    public static void main(String[] arguments) throws Exception {
      TransportNode n3 = TransportNode.start(new ShmTransportPlugin(), "c", "n3",
          PeerAddress.parse(arguments[0]), settings(Path.of(arguments[2])));
      n3.knows(NodeId.of("n1"), PeerAddress.parse(arguments[1]));
      while (true) {
        n3.send(NodeId.of("n1"), new ReadIndex(33));
        n3.next();
      }
    }
  }

  @Test
  void whatAKilledProcessLeavesIsRecognisedAndItsMessagesAreNotReadAgain() throws Exception {
    TransportNode free = node("n3", ANYWHERE);
    free.close();
    n1.knows(NodeId.of("n3"), free.address());
    Process child = talker(free.address());
    try {
      Received greeting = new Received(NodeId.of("n3"), new ReadIndex(33));
      Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
        n1.send(NodeId.of("n3"), new ReadIndex(7));
        return n1.arrived().contains(greeting);
      });
      child.toHandle().destroyForcibly();
      child.waitFor();
      assertThat(Mailbox.door(directory, free.address())).exists();
      for (int i = 0; i < 100; i++) {
        n1.send(NodeId.of("n3"), new ReadIndex(8));
      }
      TransportNode n3 = node("n3", free.address());
      n3.knows(n1);
      Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
        n1.send(n3.id(), new ReadIndex(9));
        return !n3.arrived().isEmpty();
      });
      assertThat(n3.arrived()).as("of this life only")
          .containsOnly(new Received(n1.id(), new ReadIndex(9)));
      n3.reaches(n1, 10);
    } finally {
      child.destroyForcibly();
    }
  }

  private Process talker(PeerAddress listen) throws IOException {
    return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx64m", "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
        "-cp", System.getProperty("java.class.path"), Talker.class.getName(),
        listen.toString(), n1.address().toString(), directory.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }
}
