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
    try (Storage storage = Stores.open(disk, directory)) {
      Journal journal = storage.journal();
      Stores.replay(journal);
      journal.append(Stores.bytes("first"));
      Stores.force(journal);
      CountDownLatch gate = new CountDownLatch(1);
      disk.holdForces(gate);
      int before = disk.journalForces();
      List<CompletableFuture<Long>> answers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        journal.append(Stores.bytes("x"));
        answers.add(Stores.sync(journal));
      }
      gate.countDown();
      for (CompletableFuture<Long> answer : answers) {
        answer.get(60, TimeUnit.SECONDS);
      }
      assertThat(disk.journalForces() - before).isBetween(1, 2);
    }
  }

  /** A life of a node that meets all the rare work; notes what is acknowledged. */
  private void life(Disk someDisk, Path where, List<String> tried, List<String> acknowledged)
      throws IOException {
    try (Storage storage = Stores.open(someDisk, where)) {
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
    int failures = 0;
    for (int n = 1; n < 100; n++) {
      Path where = directory.resolve("store" + n);
      List<String> tried = new ArrayList<>();
      List<String> acknowledged = new ArrayList<>();
      FaultyDisk faulty = new FaultyDisk();
      faulty.failAt(n);
      try {
        life(faulty, where, tried, acknowledged);
        life(faulty, where, tried, acknowledged);
      } catch (IOException e) {
        failures++;
        assertThat(e.toString()).contains("No space left");
      }
      List<String> found = Stores.contents(where);
      assertThat(found).as("after failure at change %s", n)
          .hasSizeGreaterThanOrEqualTo(acknowledged.size())
          .isEqualTo(tried.subList(0, found.size()));
      int before = tried.size() - found.size();
      assertThat(before).as("not acknowledged, and lost").isLessThanOrEqualTo(1);
    }
    assertThat(failures).isGreaterThan(50);
  }
}
