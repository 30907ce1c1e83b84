package io.synod.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.model.InstanceId;
import io.synod.api.plugin.Settings;
import io.synod.api.storage.Journal;
import io.synod.api.storage.SnapshotStore;
import io.synod.api.storage.Storage;
import io.synod.api.storage.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
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

  @Test
  void appendsBlockWhileTooMuchWaitsForTheDisk() throws Exception {
    Settings settings = Stores.SMALL.with(FileStoragePlugin.BUFFER, 1L << 20);
    try (Storage storage = FileStorage.open(disk, directory, Stores.IDENTITY, settings)) {
      Journal journal = storage.journal();
      Stores.replay(journal);
      CountDownLatch gate = new CountDownLatch(1);
      disk.holdForces(gate);
      int records = 40;
      CompletableFuture<Void> done = new CompletableFuture<>();
      Thread appender = new Thread(() -> {
        try {
          for (int i = 0; i < records; i++) {
            journal.append(ByteBuffer.allocate(100_000));
          }
          done.complete(null);
        } catch (StorageException e) {
          done.completeExceptionally(e);
        }
      });
      appender.start();
      Awaitility.await().until(
          () -> done.isDone() || appender.getState() == Thread.State.WAITING);
      assertThat(done).as("4 MB appended past a limit of 1 MB").isNotDone();
      gate.countDown();
      done.get(60, TimeUnit.SECONDS);
      Stores.force(journal);
    }
    assertThat(Stores.contents(directory)).hasSize(40);
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
