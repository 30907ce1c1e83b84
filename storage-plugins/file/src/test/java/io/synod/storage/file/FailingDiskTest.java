package io.synod.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.model.InstanceId;
import io.synod.api.storage.Journal;
import io.synod.api.storage.SnapshotStore;
import io.synod.api.storage.Storage;
import io.synod.api.storage.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A full disk and failing forces. */
class FailingDiskTest {
  @TempDir
  Path directory;
  private final FaultyDisk disk = new FaultyDisk();

  @Test
  void afterAFailedForceNothingIsForcedOrPromisedAnyMore() throws Exception {
    try (Storage storage = Stores.open(disk, directory)) {
      Journal journal = storage.journal();
      Stores.replay(journal);
      journal.append(Stores.bytes("first"));
      Stores.force(journal);
      CountDownLatch gate = new CountDownLatch(1);
      disk.holdForces(gate);
      disk.failNextForce();
      List<CompletableFuture<Long>> answers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        journal.append(Stores.bytes("lost " + i));
        answers.add(Stores.sync(journal));
      }
      gate.countDown();
      for (CompletableFuture<Long> answer : answers) {
        assertThatThrownBy(() -> answer.get(60, TimeUnit.SECONDS))
            .hasCauseInstanceOf(StorageException.class).hasMessageContaining(".seg");
      }
      assertThatThrownBy(() -> journal.append(Stores.bytes("later")))
          .isInstanceOf(StorageException.class);
      assertThatThrownBy(() -> Stores.force(journal)).hasMessageContaining("Input/output");
    }
    assertThat(disk.forcesAfterFailure()).isZero();
    assertThat(Stores.contents(directory)).startsWith("first");
  }

  @Test
  void syncsDuringAForceAreAnsweredByOneLaterForce() throws Exception {
    int[] forces = new int[1];
    Disk counting = new FaultyDisk() {
      @Override
      public DiskFile create(Path path) throws IOException {
        return new CountingFile(super.create(path), forces);
      }
    };
    try (Storage storage = Stores.open(counting, directory)) {
      Journal journal = storage.journal();
      Stores.replay(journal);
      journal.append(Stores.bytes("first"));
      Stores.force(journal);
      CountDownLatch gate = new CountDownLatch(1);
      ((FaultyDisk) counting).holdForces(gate);
      int before = forces[0];
      List<CompletableFuture<Long>> answers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        journal.append(Stores.bytes("x"));
        answers.add(Stores.sync(journal));
      }
      gate.countDown();
      for (CompletableFuture<Long> answer : answers) {
        answer.get(60, TimeUnit.SECONDS);
      }
      assertThat(forces[0] - before).isBetween(1, 2);
    }
  }

  /** A life of a node that meets all the rare work; adds what is acknowledged. */
  private void life(Disk someDisk, List<String> tried, List<String> acknowledged)
      throws IOException {
    try (Storage storage = Stores.open(someDisk, directory)) {
      Journal journal = storage.journal();
      Stores.replay(journal);
      for (int i = 0; i < 12; i++) {
        String record = tried.size() + "-" + "y".repeat(700);
        if (i == 8) {
          snapshot(storage.snapshots(), tried.size());
        }
        tried.add(record);
        journal.append(Stores.bytes(record));
        Stores.force(journal);
        acknowledged.clear();
        acknowledged.addAll(tried);
      }
    }
  }

  private static void snapshot(SnapshotStore store, long last) throws IOException {
    try (SnapshotStore.Sink sink = store.create(InstanceId.of(last))) {
      sink.stream().write(new byte[100_000]);
      sink.commit();
    }
    store.deleteOlderThan(InstanceId.of(last));
  }

  @Test
  void failingAtEachChangeInTurnLosesNothingAcknowledged() throws Exception {
    List<String> tried = new ArrayList<>();
    List<String> acknowledged = new ArrayList<>();
    int failures = 0;
    for (int n = 1; n < 200; n++) {
      FaultyDisk faulty = new FaultyDisk();
      faulty.failAt(n);
      try {
        life(faulty, tried, acknowledged);
      } catch (IOException e) {
        failures++;
        assertThat(e.toString()).contains("No space left");
      }
      List<String> found = Stores.contents(directory);
      assertThat(found).as("after failure at change %s", n).startsWith(
          acknowledged.toArray(String[]::new)).isEqualTo(tried.subList(0, found.size()));
      tried.clear();
      tried.addAll(found);
      acknowledged.clear();
      acknowledged.addAll(found);
    }
    assertThat(failures).isGreaterThan(50);
  }

  private record CountingFile(DiskFile file, int[] forces) implements DiskFile {
    @Override
    public void write(java.nio.ByteBuffer from, long at) throws IOException {
      file.write(from, at);
    }

    @Override
    public void read(java.nio.ByteBuffer into, long at) throws IOException {
      file.read(into, at);
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public void truncate(long length) throws IOException {
      file.truncate(length);
    }

    @Override
    public void force(boolean metadata) throws IOException {
      if (!metadata) {
        forces[0]++;
      }
      file.force(metadata);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
