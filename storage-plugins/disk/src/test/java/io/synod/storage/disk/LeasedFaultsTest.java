package io.synod.storage.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.model.NodeId;
import io.synod.api.passive.PassiveStore;
import io.synod.api.passive.Step;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Plugins.PassiveUse;
import io.synod.api.plugin.Settings;
import io.synod.api.storage.DurableRecord;
import io.synod.api.storage.StorageException;
import io.synod.codec.KryoCodec;
import io.synod.testkit.contract.PassiveFixture;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A memory under a lease that hangs, is torn, or is not what was expected. */
class LeasedFaultsTest extends PassiveFixture {
  private static final NodeId N1 = NodeId.of("n1");
  private static final NodeId N2 = NodeId.of("n2");
  private static final DurableRecord VOTE = voted(ballot(3, N1), 1, "a");
  private static final Step HIGHER = new Step(
      ballot(7, N1), List.of(voted(ballot(7, N1), 2, "b")), Optional.empty());

  @TempDir
  Path directory;

  private final FaultyDisk disk = new FaultyDisk();

  @Override
  protected Plugins.Passive plugin() {
    return new LeasedPlugin();
  }

  @Override
  protected Settings settings() {
    return Patient.SETTINGS;
  }

  @Override
  protected URI address() {
    return URI.create("leased://" + directory + "?write=200ms&lease=1500ms");
  }

  /** Over the disk that hangs; the lease is not to be renewed in the midst of the test. */
  private PassiveStore hanging() throws StorageException {
    LeasedAddress where =
        LeasedAddress.of(URI.create("leased://" + directory + "?write=200ms&lease=6s"));
    PassiveUse use = new PassiveUse("contract", N1, NodeId.of("d1"), LossyFiles.INCARNATION);
    LeasedStore.Terms terms =
        new LeasedStore.Terms(where, where.times(5), Duration.ofMinutes(1));
    return LeasedStore.open(terms,
        deadline -> LeasedFiles.open(disk, deadline, where, use, new KryoCodec()), use);
  }

  /** A machine may take longer for a write than is said: then it is tried again. */
  private static <T> T sooner(Callable<T> attempt) {
    return Awaitility.await().atMost(Duration.ofMinutes(2)).ignoreExceptions()
        .until(attempt, done -> true);
  }

  private PassiveStore withVote(Callable<PassiveStore> opening) {
    return sooner(() -> {
      PassiveStore store = opening.call();
      try {
        store.exchange(new Step(ballot(3, N1), List.of(VOTE), Optional.empty()));
        return store;
      } catch (StorageException e) {
        store.close();
        throw e;
      }
    });
  }

  @Test
  void ofAStepThatHangsNothingMoreIsWrittenWhenItGoesOn() throws Exception {
    PassiveStore one = withVote(this::hanging);
    byte[] header = Files.readAllBytes(directory.resolve("area-shared/header"));
    CountDownLatch gate = new CountDownLatch(1);
    disk.hang(gate);
    assertThatThrownBy(() -> one.exchange(HIGHER)).isInstanceOf(StorageException.class)
        .hasMessageContaining("did not answer within 200ms").hasMessageContaining("write");
    gate.countDown();
    one.close();
    assertThat(Files.readAllBytes(directory.resolve("area-shared/header")))
        .as("the promise would have followed").isEqualTo(header);
    assertThatThrownBy(() -> one.exchange(HIGHER)).hasMessageContaining("opened again");
    PassiveStore again = withVote(this::hanging);
    assertThat(again.exchange(HIGHER).promised()).isEqualTo(ballot(7, N1));
    again.close();
  }

  @Test
  void anotherLifeOfTheProcessEndsTheFirst() {
    PassiveStore first = withVote(() -> open(N1));
    withVote(() -> open(N1));
    assertThatThrownBy(() -> first.exchange(HIGHER)).isInstanceOf(StorageException.class)
        .hasMessageContaining("another life of n1");
  }

  @Test
  void aTornRecordOfTheLeaseIsWaitedFor() throws Exception {
    withVote(() -> open(N1)).close();
    byte[] torn = Files.readAllBytes(directory.resolve("lease"));
    torn[60] ^= 1;
    Files.write(directory.resolve("lease"), torn);
    PassiveStore two = sooner(() -> {
      PassiveStore store = open(N2);
      write(store, voted(ballot(9, N2), 2, "b"));
      return store;
    });
    assertThat(look(two).votes()).hasSize(2);
  }

  @Test
  void whoeverGoesByOtherTimesIsRefused() {
    withVote(() -> open(N1)).close();
    assertThatThrownBy(() -> plugin().open(
        URI.create("leased://" + directory + "?write=100ms&lease=1500ms"),
        new PassiveUse("contract", N2, NodeId.of("d1"), LossyFiles.INCARNATION), new KryoCodec(),
        settings()).exchange(HIGHER))
        .isInstanceOf(StorageException.class).hasMessageContaining("write=200ms&lease=1500ms")
        .hasMessageContaining("write=100ms&lease=1500ms");
  }

  @Test
  void aLaterFormatIsRefused() throws Exception {
    withVote(() -> open(N1)).close();
    Path identity = directory.resolve("identity");
    String text = Files.readString(identity);
    Files.writeString(identity, text.replace("synod-leased 1", "synod-leased 2"));
    assertThatThrownBy(() -> open(N2)).hasMessageContaining("version 2")
        .hasMessageContaining(identity.toString());
  }

  @Test
  void aDiskIsNoMemoryUnderALeaseAndTheOtherWayRound() throws Exception {
    withVote(() -> open(N1)).close();
    PassiveUse use = new PassiveUse("contract", N1, NodeId.of("d1"), LossyFiles.INCARNATION);
    assertThatThrownBy(() -> new DiskPlugin().open(
        URI.create("disk://" + directory), use, new KryoCodec(), settings()))
        .isInstanceOf(StorageException.class).hasMessageContaining("synod-leased");
    Path other = Files.createDirectory(directory.resolve("other"));
    new DiskPlugin().open(URI.create("disk://" + other), use, new KryoCodec(), settings()).close();
    assertThatThrownBy(() -> plugin().open(
        URI.create("leased://" + other), use, new KryoCodec(), settings()))
        .isInstanceOf(StorageException.class).hasMessageContaining("synod-disk");
  }

  @Test
  void addressesThatMakeNoSenseAreTold() {
    assertThat(plugin().flaw(URI.create("leased:///mnt/a"))).isEmpty();
    assertThat(plugin().flaw(URI.create("leased:///mnt/a?write=1s&lease=10s"))).isEmpty();
    for (String wrong : new String[] {
        "leased:relative", "leased:///", "leased://host/d1", "leased://host:7400/d1",
        "leased:///mnt/a?x=1", "leased:///mnt/a?write=1", "leased:///mnt/a?write=1ms",
        "leased:///mnt/a?lease=700s"}) {
      assertThat(plugin().flaw(URI.create(wrong))).as(wrong).isPresent();
    }
    assertThat(plugin().flaw(URI.create("leased:///mnt/a?write=500ms&lease=2s")).orElseThrow())
        .contains("lease=2000ms").contains("write=500ms").contains("longer than");
  }
}
