package io.synod.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.model.InstanceId;
import io.synod.api.storage.Journal;
import io.synod.api.storage.SnapshotStore;
import io.synod.api.storage.Storage;
import io.synod.api.storage.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Inspection goes on behind damage and never takes a running node's work for damage. */
class JournalInspectorTest {
  @TempDir
  Path directory;

  private final List<String> seen = new ArrayList<>();
  private final List<JournalInspector.Damaged> damages = new ArrayList<>();

  private JournalInspector.Report inspect() throws StorageException {
    seen.clear();
    damages.clear();
    return JournalInspector.inspect(directory, new JournalInspector.Visitor() {
      @Override
      public void record(JournalInspector.Entry entry, ByteBuffer bytes) {
        assertThat(bytes.remaining()).isEqualTo(entry.length());
        seen.add(entry.position() + ":" + StandardCharsets.UTF_8.decode(bytes));
      }

      @Override
      public void damaged(JournalInspector.Damaged place) {
        damages.add(place);
      }
    });
  }

  private void write(int records) throws IOException {
    try (Storage storage = Stores.open(new RealDisk(), directory)) {
      Journal journal = storage.journal();
      Stores.replay(journal);
      for (int i = 0; i < records; i++) {
        journal.append(Stores.bytes("record" + i + "x".repeat(500)));
        Stores.force(journal);
      }
      try (SnapshotStore.Sink sink = storage.snapshots().create(InstanceId.of(5))) {
        sink.stream().write(new byte[100_000]);
        sink.commit();
      }
    }
  }

  @Test
  void aWholeStoreHasNoDamage() throws Exception {
    write(20);
    JournalInspector.Report report = inspect();
    assertThat(report.records()).isEqualTo(20);
    assertThat(report.snapshots()).isEqualTo(1);
    assertThat(report.damaged()).isZero();
    assertThat(report.firstDamaged()).isEmpty();
    assertThat(report.tornTail()).isFalse();
    assertThat(report.identity()).isEqualTo(Stores.IDENTITY);
    assertThat(seen).hasSize(20).element(19).asString().startsWith("20:record19");
  }

  @Test
  void aDamagedRecordIsNamedAndTheOthersAreRead() throws Exception {
    write(20);
    Path first = directory.resolve("journal-0000000000000001.seg");
    byte[] bytes = Files.readAllBytes(first);
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("record2");
    bytes[at + 100] ^= 4;
    Stores.put(first, bytes);
    JournalInspector.Report report = inspect();
    assertThat(report.records()).isEqualTo(19);
    assertThat(report.damaged()).isEqualTo(1);
    assertThat(report.firstDamaged().orElseThrow().file()).isEqualTo(first);
    assertThat(report.firstDamaged().orElseThrow().offset()).isEqualTo(at - Frames.OVERHEAD);
    assertThat(seen).noneMatch(r -> r.startsWith("3:")).anyMatch(r -> r.startsWith("4:"));
  }

  @Test
  void aDamagedLastRecordIsNamed() throws Exception {
    write(3);
    Path segment = directory.resolve("journal-0000000000000001.seg");
    byte[] bytes = Files.readAllBytes(segment);
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("record2");
    bytes[at] ^= 1;
    Stores.put(segment, bytes);
    assertThat(inspect().records()).isEqualTo(2);
    assertThat(damages).hasSize(1);
  }

  @Test
  void aTornTailIsNoDamage() throws Exception {
    write(2);
    byte[] end = Files.readAllBytes(directory.resolve("durable-end"));
    write(1);
    Stores.put(directory.resolve("durable-end"), end);
    Path segment = directory.resolve("journal-0000000000000003.seg");
    byte[] bytes = Files.readAllBytes(segment);
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("record0") + 300;
    Arrays.fill(bytes, at, at + 400, (byte) 7);
    Stores.put(segment, bytes);
    JournalInspector.Report report = inspect();
    assertThat(report.records()).isEqualTo(2);
    assertThat(report.damaged()).isZero();
    assertThat(report.tornTail()).isTrue();
  }

  @Test
  void aMissingSegmentIsOneDamage() throws Exception {
    write(30);
    Map<Path, byte[]> saved = Stores.save(directory);
    for (Path path : saved.keySet()) {
      if (path.toString().endsWith(".seg")) {
        Files.delete(path);
        assertThat(inspect().damaged()).as(path.toString()).isEqualTo(1);
        assertThat(damages.get(0).file()).isEqualTo(path);
        Stores.restore(directory, saved);
      }
    }
  }

  @Test
  void everyFlippedByteOfASnapshotIsSeen() throws Exception {
    write(1);
    Path snapshot = directory.resolve("snapshot-0000000000000005.snap");
    byte[] whole = Files.readAllBytes(snapshot);
    for (int i = 0; i < whole.length; i += i < 600 || i > whole.length - 100 ? 1 : 997) {
      byte[] flipped = whole.clone();
      flipped[i] ^= 16;
      Stores.put(snapshot, flipped);
      assertThat(inspect().damaged()).as("flip at %s", i).isEqualTo(1);
      assertThat(damages.get(0).file()).isEqualTo(snapshot);
      refusedByTheStore(snapshot);
    }
  }

  private void refusedByTheStore(Path snapshot) {
    FileSnapshotStore store =
        new FileSnapshotStore(new RealDisk(), new StoreFiles(directory), Stores.IDENTITY);
    assertThatThrownBy(store::openNewest).isInstanceOf(StorageException.class)
        .hasMessageContaining(snapshot.getFileName().toString());
    store.close();
  }

  @Test
  void aRunningNodeIsReadWithoutFindingDamage() throws Exception {
    write(5);
    try (Storage storage = Stores.open(new RealDisk(), directory)) {
      Journal journal = storage.journal();
      Stores.replay(journal);
      for (int i = 0; i < 60; i++) {
        String record = "live" + i + "x".repeat(i * 20);
        if (i % 10 == 9) {
          long checkpoint = journal.appendCheckpoint(Stores.bytes(record));
          journal.sync(new NoListener());
          journal.dropBefore(checkpoint);
        } else {
          journal.append(Stores.bytes(record));
          journal.sync(new NoListener());
        }
        inspect();
        assertThat(damages).as("round %s", i).isEmpty();
      }
    }
  }

  private static final class NoListener implements Journal.SyncListener {
    @Override
    public void durable(long position) {}

    @Override
    public void failed(StorageException cause) {}
  }

  @Test
  void whatIsNoStoreIsRefused() {
    assertThatThrownBy(this::inspect).hasMessageContaining("holds no store");
  }
}
