package io.synod.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.synod.api.storage.Journal;
import io.synod.api.storage.Storage;
import io.synod.api.storage.StorageException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every journal keeps. What concerns restarts is asked of durable plugins only. */
public abstract class JournalContract extends StorageFixture {
  @Test
  void aNewJournalIsEmpty() throws Exception {
    assertThat(replayed(open().journal())).isEmpty();
  }

  @Test
  void positionsGrow() throws Exception {
    Journal journal = journal();
    long a = journal.append(bytes("a"));
    long b = journal.append(bytes("b"));
    long c = journal.appendCheckpoint(bytes("c"));
    long d = journal.append(bytes("d"));
    assertThat(List.of(a, b, c, d)).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void syncReportsTheLastPosition() throws Exception {
    Journal journal = journal();
    journal.append(bytes("a"));
    long last = journal.append(bytes("b"));
    assertThat(synced(journal)).isEqualTo(last);
    assertThat(synced(journal)).as("with nothing new").isEqualTo(last);
  }

  @Test
  void eachSyncIsAnsweredOnceInOrder() throws Exception {
    Journal journal = journal();
    List<Long> expected = new ArrayList<>();
    List<Long> heard = new ArrayList<>();
    CompletableFuture<Void> all = new CompletableFuture<>();
    int syncs = 500;
    for (int i = 0; i < syncs; i++) {
      expected.add(journal.append(bytes("record " + i)));
      journal.sync(new Journal.SyncListener() {
        @Override
        public void durable(long position) {
          heard.add(position);
          if (heard.size() == syncs) {
            all.complete(null);
          }
        }

        @Override
        public void failed(StorageException cause) {
          all.completeExceptionally(cause);
        }
      });
    }
    all.get(60, TimeUnit.SECONDS);
    assertThat(heard).isEqualTo(expected);
  }

  @Test
  void appendCopiesAndLeavesTheCallersBufferAlone() throws Exception {
    assumeTrue(plugin().durable());
    try (Storage storage = open()) {
      replayed(storage.journal());
      ByteBuffer record = ByteBuffer.allocateDirect(8).put("..copy..".getBytes("US-ASCII"));
      record.position(2).limit(6);
      storage.journal().append(record);
      assertThat(record.position()).isEqualTo(2);
      record.put(2, (byte) 'X');
      synced(storage.journal());
    }
    assertThat(replayed(open().journal())).containsExactly("1:copy");
  }

  @Test
  void whatWasSyncedIsReplayedInOrderAndAppendingGoesOn() throws Exception {
    assumeTrue(plugin().durable());
    List<String> written = new ArrayList<>();
    for (int life = 0; life < 4; life++) {
      try (Storage storage = open()) {
        assertThat(replayed(storage.journal())).isEqualTo(written);
        for (int i = 0; i < 200; i++) {
          String record = "life " + life + " record " + "x".repeat(i);
          written.add(storage.journal().append(bytes(record)) + ":" + record);
        }
        synced(storage.journal());
      }
    }
    assertThat(replayed(open().journal())).isEqualTo(written);
  }

  @Test
  void emptyAndLargeRecordsComeBack() throws Exception {
    assumeTrue(plugin().durable());
    String large = "0123456789abcdef".repeat(1 << 17);
    try (Storage storage = open()) {
      replayed(storage.journal());
      storage.journal().append(bytes(""));
      storage.journal().append(bytes(large));
      storage.journal().appendCheckpoint(bytes(large + "!"));
      storage.journal().append(bytes(""));
      synced(storage.journal());
    }
    assertThat(replayed(open().journal()))
        .containsExactly("1:", "2:" + large, "3:" + large + "!", "4:");
  }

  @Test
  void recordsBeforeADroppedPositionAreGone() throws Exception {
    assumeTrue(plugin().durable());
    try (Storage storage = open()) {
      Journal journal = storage.journal();
      replayed(journal);
      journal.append(bytes("old"));
      journal.appendCheckpoint(bytes("middle"));
      journal.append(bytes("middle too"));
      long checkpoint = journal.appendCheckpoint(bytes("checkpoint"));
      journal.append(bytes("new"));
      synced(journal);
      journal.dropBefore(checkpoint);
    }
    assertThat(replayed(open().journal())).containsExactly("4:checkpoint", "5:new");
  }

  @Test
  void aCheckpointOfAnEarlierLifeCanBeDroppedTo() throws Exception {
    assumeTrue(plugin().durable());
    try (Storage storage = open()) {
      replayed(storage.journal());
      storage.journal().append(bytes("old"));
      storage.journal().appendCheckpoint(bytes("checkpoint"));
      synced(storage.journal());
    }
    try (Storage storage = open()) {
      replayed(storage.journal());
      storage.journal().dropBefore(2);
    }
    assertThat(replayed(open().journal())).containsExactly("2:checkpoint");
  }

  @Test
  void droppingToWhatIsNoCheckpointIsRefused() throws Exception {
    Journal journal = journal();
    journal.append(bytes("a"));
    long b = journal.append(bytes("b"));
    assertThatThrownBy(() -> journal.dropBefore(b)).hasMessageContaining("checkpoint");
  }

  @Test
  void appendingBeforeReplayIsRefused() throws Exception {
    Journal journal = open().journal();
    assertThatThrownBy(() -> journal.append(bytes("a"))).hasMessageContaining("replayed");
  }

  @Test
  void aVisitorsRefusalEndsTheReplay() throws Exception {
    assumeTrue(plugin().durable());
    try (Storage storage = open()) {
      replayed(storage.journal());
      storage.journal().append(bytes("a"));
      synced(storage.journal());
    }
    Journal journal = open().journal();
    assertThatThrownBy(() -> journal.replay((position, bytes) -> {
      throw new StorageException("no");
    })).isInstanceOf(StorageException.class).hasMessage("no");
  }

  @Test
  void closingIsIdempotentAndEndsWriting() throws Exception {
    Journal journal = journal();
    journal.close();
    journal.close();
    assertThatThrownBy(() -> journal.append(bytes("a"))).isInstanceOf(StorageException.class);
    CompletableFuture<Long> answer = new CompletableFuture<>();
    journal.sync(listener(answer));
    assertThatThrownBy(() -> answer.get(60, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(StorageException.class);
  }
}
