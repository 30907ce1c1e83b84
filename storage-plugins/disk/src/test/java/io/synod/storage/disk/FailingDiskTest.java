package io.synod.storage.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.model.NodeId;
import io.synod.api.passive.PassiveStore;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.api.storage.DurableRecord;
import io.synod.api.storage.StorageException;
import io.synod.api.transport.MessageCodec;
import io.synod.codec.KryoCodec;
import io.synod.testkit.contract.PassiveFixture;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fills up, fails, hangs or may not be written to. */
class FailingDiskTest extends PassiveFixture {
  private static final NodeId N1 = NodeId.of("n1");
  private static final NodeId N2 = NodeId.of("n2");
  private static final DurableRecord FIRST_VOTE = voted(ballot(3, N1), 1, "a");
  private static final DurableRecord SECOND_VOTE = voted(ballot(3, N1), 2, "b");

  @TempDir
  Path directory;

  private final FaultyDisk disk = new FaultyDisk();

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
    return URI.create("disk://" + directory);
  }

  /** Over the disk that fails. */
  private PassiveStore open(Duration patience) throws StorageException {
    Plugins.PassiveUse use = new Plugins.PassiveUse(
        "contract", N1, NodeId.of("d1"), LossyFiles.INCARNATION);
    MessageCodec codec = new KryoCodec();
    Blocks blocks = TimedBlocks.open(directory.toString(), patience,
        () -> DirectoryBlocks.open(disk, directory, use));
    return DiskStore.open(blocks, use, codec);
  }

  private PassiveStore open() throws StorageException {
    return open(Patient.SETTINGS.get(DiskPlugin.TIMEOUT));
  }

  /** A machine may be slower than this is patient: then it is tried again. */
  private PassiveStore hastyWithFirstVote() throws StorageException {
    PassiveStore store = open(Duration.ofSeconds(2));
    try {
      write(store, FIRST_VOTE);
      return store;
    } catch (StorageException e) {
      store.close();
      throw e;
    }
  }

  private void failsUntilOpenedAgain(PassiveStore store, String words) throws Exception {
    assertThatThrownBy(() -> write(store, SECOND_VOTE)).isInstanceOf(StorageException.class)
        .hasMessageContaining(words).hasMessageContaining(directory.toString());
    disk.heal();
    assertThatThrownBy(() -> write(store, SECOND_VOTE)).isInstanceOf(StorageException.class)
        .hasMessageContaining("opened again").hasMessageContaining(words);
    store.close();
    PassiveStore again = open();
    assertThat(again.own()).startsWith(FIRST_VOTE);
    write(again, SECOND_VOTE);
    assertThat(look(open(N2)).votes()).hasSize(2);
    again.close();
  }

  @Test
  void aStepInTheSameBallotIsOneForceForHoweverManyInstances() throws Exception {
    PassiveStore store = open();
    write(store, FIRST_VOTE);
    int before = disk.forces();
    write(store, voted(ballot(3, N1), 2, "b", "c", "d"), voted(ballot(3, N1), 5, "e"));
    assertThat(disk.forces() - before).isEqualTo(1);
    write(store, voted(ballot(4, N1), 6, "f"));
    assertThat(disk.forces() - before).as("and its promise in the header").isEqualTo(3);
    store.close();
  }

  @Test
  void aForceThatFailsEndsTheStore() throws Exception {
    PassiveStore store = open();
    write(store, FIRST_VOTE);
    disk.failForces();
    failsUntilOpenedAgain(store, "Input/output error");
  }

  @Test
  void aFullDiskEndsTheStore() throws Exception {
    PassiveStore store = open();
    write(store, FIRST_VOTE);
    disk.fail("No space left on device");
    failsUntilOpenedAgain(store, "No space left on device");
  }

  @Test
  void aDiskThatMayNotBeWrittenToIsRefused() {
    disk.fail("Read-only file system");
    assertThatThrownBy(this::open).isInstanceOf(StorageException.class)
        .hasMessageContaining("Read-only").hasMessageContaining(directory.toString());
  }

  @Test
  void aDiskThatHangsIsGivenUpAndStaysLockedUntilItComesBack() throws Exception {
    PassiveStore store = Awaitility.await().atMost(Duration.ofMinutes(2)).ignoreExceptions()
        .until(this::hastyWithFirstVote, opened -> true);
    CountDownLatch gate = new CountDownLatch(1);
    disk.hang(gate);
    assertThatThrownBy(() -> write(store, SECOND_VOTE)).isInstanceOf(StorageException.class)
        .hasMessageContaining("did not answer").hasMessageContaining(directory.toString());
    store.close();
    assertThatThrownBy(() -> open(N1)).as("what hangs may still be written")
        .isInstanceOf(StorageException.class).hasMessageContaining("in use");
    gate.countDown();
    Awaitility.await().atMost(Duration.ofMinutes(1)).ignoreExceptions()
        .until(this::open, again -> true).close();
    assertThat(open(N1).own()).startsWith(FIRST_VOTE);
  }

  @Test
  void aDirectoryThatIsNotThereIsNotMade() {
    Path gone = directory.resolve("gone");
    assertThatThrownBy(() -> plugin().open(URI.create("disk://" + gone),
        new Plugins.PassiveUse("contract", N1, NodeId.of("d1"), LossyFiles.INCARNATION),
        new KryoCodec(), settings()))
        .isInstanceOf(StorageException.class).hasMessageContaining(gone.toString())
        .hasMessageContaining("missing");
    assertThat(gone).doesNotExist();
  }

  @Test
  void aDirectoryOfOtherThingsIsRefusedAndLeftAlone() throws Exception {
    Files.writeString(directory.resolve("letter.txt"), "Dear");
    assertThatThrownBy(() -> open(N1)).isInstanceOf(StorageException.class)
        .hasMessageContaining("letter.txt").hasMessageContaining(directory.toString());
    assertThat(directory.toFile().list()).containsExactly("letter.txt");
  }

  @Test
  void theFilesOfANodeAreNoDisk() throws Exception {
    Files.writeString(directory.resolve("identity"), "synod-store 1\ncluster eA==\n");
    assertThatThrownBy(() -> open(N1)).isInstanceOf(StorageException.class)
        .hasMessageContaining("synod-store").hasMessageContaining(directory.toString());
  }

  @Test
  void aSecondProcessOfOneNameIsRefused() throws Exception {
    PassiveStore first = open(N1);
    assertThatThrownBy(() -> open(N1)).isInstanceOf(StorageException.class)
        .hasMessageContaining("in use").hasMessageContaining("area-n1");
    first.close();
    open(N1);
  }

  @Test
  void addressesThatCannotBeDisksAreTold() {
    assertThat(plugin().flaw(URI.create("disk:///mnt/a"))).isEmpty();
    assertThat(plugin().flaw(URI.create("disk://host:7400/d1"))).isEmpty();
    for (String wrong : new String[] {
        "disk:relative", "disk:///", "disk://host/d1", "disk://host:7400", "disk://host:7400/a/b",
        "disk://host:7400/..", "disk:///mnt/a?x=1", "disk://me@host:7400/d1"}) {
      assertThat(plugin().flaw(URI.create(wrong))).as(wrong).isPresent();
    }
  }
}
