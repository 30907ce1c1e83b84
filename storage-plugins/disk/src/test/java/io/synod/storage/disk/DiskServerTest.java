package io.synod.storage.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.Vote;
import io.synod.api.passive.PassiveStore;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.api.storage.StorageException;
import io.synod.api.transport.PeerAddress;
import io.synod.testkit.contract.PassiveStoreContract;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskServerTest extends PassiveStoreContract {
  private static final NodeId N1 = NodeId.of("n1");
  private static final NodeId N2 = NodeId.of("n2");

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

  private void restart() throws IOException {
    int port = server.port();
    server.close();
    server = DiskServer.start(directory, new PeerAddress("127.0.0.1", port));
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

  @Test
  void aServerThatIsStartedAgainHasWhatItAcknowledged() throws Exception {
    PassiveStore one = open(N1);
    write(one, voted(ballot(3, N1), 1, "a", "b"));
    restart();
    assertThatThrownBy(() -> write(one, voted(ballot(3, N1), 3, "c")))
        .isInstanceOf(StorageException.class).hasMessageContaining(address().toString());
    one.close();
    PassiveStore again = open(N1);
    assertThat(again.own()).containsExactly(voted(ballot(3, N1), 1, "a", "b"));
    assertThat(look(open(N2)).votes()).extracting(Vote::instance)
        .containsExactly(InstanceId.FIRST, InstanceId.of(2));
  }

  @Test
  void aSecondProcessOfOneNameIsRefusedWhileTheFirstIsConnected() throws Exception {
    PassiveStore first = open(N1);
    assertThatThrownBy(() -> open(N1)).isInstanceOf(StorageException.class)
        .hasMessageContaining("in use").hasMessageContaining(address().toString());
    open(N2);
    assertThat(look(first).votes()).as("undisturbed").isEmpty();
    first.close();
    open(N1);
  }

  @Test
  void aStepOfManyMegabytesGoesThrough() throws Exception {
    String large = "x".repeat(3 << 20);
    PassiveStore one = open(N1);
    write(one, voted(ballot(3, N1), 1, large, "b", large, "d"));
    write(one, voted(ballot(3, N1), 5, "e"));
    List<Vote> votes = look(open(N2)).votes();
    assertThat(votes).hasSize(5);
    assertThat(votes.get(2).value()).isEqualTo(value(large));
    one.close();
    assertThat(open(N1).own()).hasSize(2);
  }

  @Test
  void aServerWithoutItsDirectoryDoesNotStart() {
    assertThatThrownBy(() -> DiskServer.start(
        directory.resolve("gone"), new PeerAddress("127.0.0.1", 0)))
        .isInstanceOf(StorageException.class).hasMessageContaining("gone");
    assertThat(directory.resolve("gone")).doesNotExist();
  }

  @Test
  void whereNobodyListensTheAddressIsNamed() throws Exception {
    server.close();
    assertThatThrownBy(() -> open(N1)).isInstanceOf(StorageException.class)
        .hasMessageContaining(address().toString());
    assertThat(directory).isEmptyDirectory();
  }
}
