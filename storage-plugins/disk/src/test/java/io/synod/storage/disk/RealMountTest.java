package io.synod.storage.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import io.synod.api.model.NodeId;
import io.synod.api.passive.PassiveStore;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.api.storage.DurableRecord;
import io.synod.api.storage.StorageException;
import io.synod.testkit.contract.PassiveFixture;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system of its own that really is full or read-only; mounting one takes rights. */
class RealMountTest extends PassiveFixture {
  private static final NodeId N1 = NodeId.of("n1");
  private static final NodeId N2 = NodeId.of("n2");
  private static final String MUCH = "much ".repeat(8_000);

  @TempDir
  Path directory;
  private boolean mounted;

  @BeforeEach
  void mount() throws Exception {
    Files.createDirectory(disk());
    try {
      run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk().toString());
      mounted = true;
    } catch (IOException e) {
      abort("no file system can be mounted here: " + e.getMessage());
    }
  }

  /** Once nothing is open there, which is right after. */
  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      run("umount", "--lazy", disk().toString());
    }
  }

  private void remount(String how) throws Exception {
    run("mount", "-o", "remount," + how, disk().toString());
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + said.strip());
    }
  }

  private Path disk() {
    return directory.resolve("disk");
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
    return URI.create("disk://" + disk());
  }

  @Test
  void aFullOneFailsKeepsWhatItAnsweredAndGoesOnOnceThereIsSpace() throws Exception {
    PassiveStore store = open(N1);
    List<DurableRecord> answered = new ArrayList<>();
    StorageException failure = null;
    while (failure == null) {
      try {
        DurableRecord vote = voted(ballot(3, N1), answered.size() + 1, MUCH);
        write(store, vote);
        answered.add(vote);
      } catch (StorageException e) {
        failure = e;
      }
    }
    assertThat(answered).hasSizeGreaterThan(5);
    assertThat(failure).hasMessageContaining("No space left on device")
        .hasMessageContaining(disk().toString());
    assertThatThrownBy(() -> write(store, voted(ballot(3, N1), 1, "a")))
        .isInstanceOf(StorageException.class).hasMessageContaining("opened again");
    store.close();

    remount("size=8m");
    PassiveStore again = open(N1);
    assertThat(again.own()).startsWith(answered.toArray(DurableRecord[]::new));
    int votes = look(open(N2)).votes().size();
    assertThat(votes).isBetween(answered.size(), answered.size() + 1);
    write(again, voted(ballot(3, N1), votes + 1, MUCH));
    assertThat(look(open(NodeId.of("n3"))).votes()).hasSize(votes + 1);
  }

  @Test
  void aReadOnlyOneIsRefusedAndLeftAsItIs() throws Exception {
    PassiveStore store = open(N1);
    DurableRecord vote = voted(ballot(3, N1), 1, "a");
    write(store, vote);
    store.close();
    List<String> before = files();

    remount("ro");
    for (NodeId process : List.of(N1, N2)) {
      assertThatThrownBy(() -> open(process)).isInstanceOf(StorageException.class)
          .hasMessageContaining("Read-only file system").hasMessageContaining(disk().toString());
    }
    assertThat(files()).isEqualTo(before);

    remount("rw");
    assertThat(open(N1).own()).containsExactly(vote);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(disk())) {
      return all.map(Path::toString).sorted().toList();
    }
  }
}
