package io.synod.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.model.Incarnation;
import io.synod.api.model.NodeId;
import io.synod.api.storage.Journal;
import io.synod.api.storage.Storage;
import io.synod.api.storage.StorageException;
import io.synod.api.storage.StoreIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged, torn and missing files: nothing reported durable is ever lost in silence. */
class DamageTest {
  @TempDir
  Path temp;
  private Path directory;
  private final List<String> written = new ArrayList<>();

  @BeforeEach
  void realPath() throws IOException {
    directory = Files.createDirectory(temp.toRealPath().resolve("store"));
  }

  /** Writes records in several segments, forcing after each; returns durable-end before last. */
  private byte[] write(int records, int length) throws IOException {
    byte[] staleEnd = null;
    try (Storage storage = Stores.open(new RealDisk(), directory)) {
      Journal journal = storage.journal();
      Stores.replay(journal);
      for (int i = 0; i < records; i++) {
        staleEnd = Files.readAllBytes(directory.resolve("durable-end"));
        String record = i + "-" + "abcdefgh".repeat(length / 8);
        journal.append(Stores.bytes(record));
        written.add(record);
        Stores.force(journal);
      }
    }
    return staleEnd;
  }

  private List<String> recovered() throws StorageException {
    List<String> records = new ArrayList<>();
    Disk disk = new UnforcedDisk();
    StoreFiles files = new StoreFiles(directory);
    try (DurableEnd end = DurableEnd.open(disk, files, Stores.IDENTITY)) {
      new Recovery(disk, files, Stores.IDENTITY, end, (position, bytes) ->
          records.add(StandardCharsets.UTF_8.decode(bytes).toString())).run();
    } catch (StorageException e) {
      throw e;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return records;
  }

  @Test
  void everyFlippedByteOfADurableJournalIsRefusedByFileOrHarmless() throws IOException {
    writeThreeShortSegments();
    Map<Path, byte[]> saved = Stores.save(directory);
    int refused = 0;
    for (Map.Entry<Path, byte[]> file : saved.entrySet()) {
      int step = file.getKey().endsWith("durable-end") ? 5 : 1;
      for (int i = 0; i < file.getValue().length; i += step) {
        byte[] flipped = file.getValue().clone();
        flipped[i] ^= (byte) (1 << i % 8);
        Stores.put(file.getKey(), flipped);
        refused += refusedOrComplete(file.getKey(), i) ? 1 : 0;
        Stores.restore(directory, saved);
      }
    }
    assertThat(refused).as("flips noticed").isGreaterThan(3 * 512 + 6 * 200);
  }

  private void writeThreeShortSegments() throws IOException {
    for (int life = 0; life < 3; life++) {
      write(2, 200);
    }
    assertThat(Stores.contents(directory)).isEqualTo(written);
  }

  private boolean refusedOrComplete(Path file, int at) {
    try {
      assertThat(recovered()).as("flip in %s at %s", file, at).isEqualTo(written);
      return false;
    } catch (StorageException e) {
      assertThat(e).hasMessageContaining(file.getFileName().toString())
          .hasMessageMatching("(?s).*( at offset [0-9]+:| is missing:).*");
      return true;
    }
  }

  @Test
  void aTailTornAtAnyByteIsCutWhenItWasNeverReportedDurable() throws IOException {
    byte[] staleEnd = write(3, 64);
    Files.write(directory.resolve("durable-end"), staleEnd);
    Path segment = directory.resolve("journal-0000000000000001.seg");
    Map<Path, byte[]> saved = Stores.save(directory);
    byte[] whole = saved.get(segment);
    int used = lastFrameAt(whole);
    for (int cut = used; cut < used + 88; cut++) {
      for (int kind = 0; kind < 3; kind++) {
        byte[] torn = kind == 0 ? Arrays.copyOf(whole, cut) : whole.clone();
        Arrays.fill(torn, cut, Math.min(torn.length, cut + 512), (byte) (kind == 1 ? 0 : 0x5a));
        Stores.put(segment, torn);
        List<String> found = recovered();
        assertThat(found).as("torn at %s", cut).hasSizeGreaterThanOrEqualTo(2)
            .isEqualTo(written.subList(0, found.size()));
        if (cut < used + 80) {
          assertThat(found).as("torn at %s", cut).hasSize(2);
        }
        if (cut % 16 == 4) {
          goesOn(found);
        }
        Stores.restore(directory, saved);
      }
    }
  }

  private void goesOn(List<String> found) throws IOException {
    try (Storage storage = Stores.open(new UnforcedDisk(), directory)) {
      assertThat(Stores.replay(storage.journal())).isEqualTo(found);
      storage.journal().append(Stores.bytes("after"));
      Stores.force(storage.journal());
    }
    List<String> more = new ArrayList<>(found);
    more.add("after");
    assertThat(Stores.contents(directory)).isEqualTo(more);
  }

  private static int lastFrameAt(byte[] segment) {
    String text = new String(segment, StandardCharsets.ISO_8859_1);
    return text.indexOf("2-abcdefgh") - Frames.OVERHEAD;
  }

  @Test
  void aMarkTellsDamageFromATornTailWhenDurableEndIsBehind() throws IOException {
    write(2, 64);
    byte[] behind = Files.readAllBytes(directory.resolve("durable-end"));
    write(2, 64);
    Files.write(directory.resolve("durable-end"), behind);
    // Records 1 to 4 were durable one after the other; durable-end knows of 1 and 2.
    assertThat(Stores.contents(directory)).hasSize(4);
    Files.write(directory.resolve("durable-end"), behind);
    Path segment = directory.resolve("journal-0000000000000003.seg");
    byte[] bytes = Files.readAllBytes(segment);
    int third = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("0-abcdefgh");
    bytes[third + 5] ^= 1;
    Files.write(segment, bytes);
    assertThatThrownBy(() -> Stores.contents(directory))
        .hasMessageContaining(segment.getFileName() + " is damaged at offset "
            + (third - Frames.OVERHEAD))
        .hasMessageContaining("record 3");
  }

  @Test
  void aMissingSegmentIsNamed() throws IOException {
    write(12, 1000);
    Map<Path, byte[]> saved = Stores.save(directory);
    List<Path> segments =
        saved.keySet().stream().filter(p -> p.toString().endsWith(".seg")).toList();
    assertThat(segments).hasSizeGreaterThan(3);
    for (Path segment : segments) {
      Files.delete(segment);
      assertThatThrownBy(() -> Stores.contents(directory))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining(segment.getFileName().toString())
          .hasMessageContaining("missing");
      Stores.restore(directory, saved);
    }
    for (Path segment : segments) {
      Files.delete(segment);
    }
    assertThatThrownBy(() -> Stores.contents(directory)).hasMessageContaining("is missing");
  }

  @Test
  void everyTruncationOfASegmentBeforeTheLastIsRefused() throws IOException {
    write(6, 1000);
    Path segment = directory.resolve("journal-0000000000000001.seg");
    Map<Path, byte[]> saved = Stores.save(directory);
    byte[] whole = saved.get(segment);
    for (int length = 0; length < whole.length - 8; length += 97) {
      Stores.put(segment, Arrays.copyOf(whole, length));
      assertThatThrownBy(this::recovered).as("cut to %s", length)
          .isInstanceOf(StorageException.class)
          .hasMessageContaining(segment.getFileName().toString());
      Stores.restore(directory, saved);
    }
  }

  @Test
  void aSegmentOfAnotherNodeIsRefused() throws IOException {
    write(3, 64);
    Path other = Files.createDirectory(temp.toRealPath().resolve("other"));
    StoreIdentity stranger = new StoreIdentity("c", NodeId.of("n2"), new Incarnation(7));
    try (Storage storage =
        FileStorage.open(new RealDisk(), other, stranger, Stores.SMALL)) {
      Stores.replay(storage.journal());
      storage.journal().append(Stores.bytes("foreign"));
      Stores.force(storage.journal());
    }
    Path name = Path.of("journal-0000000000000001.seg");
    Files.write(directory.resolve(name), Files.readAllBytes(other.resolve(name)));
    assertThatThrownBy(() -> Stores.contents(directory))
        .hasMessageContaining(name.toString()).hasMessageContaining("n2");
  }

  @Test
  void aLostIdentityOrDurableEndIsRefused() throws IOException {
    write(3, 64);
    Map<Path, byte[]> saved = Stores.save(directory);
    Files.delete(directory.resolve("durable-end"));
    assertThatThrownBy(() -> Stores.contents(directory)).hasMessageContaining("durable-end");
    Stores.restore(directory, saved);
    Files.delete(directory.resolve("identity"));
    assertThatThrownBy(() -> Stores.contents(directory)).hasMessageContaining("identity");
  }

  @Test
  void aLaterFormatIsRefused() throws IOException {
    write(1, 64);
    Path identity = directory.resolve("identity");
    Files.writeString(identity,
        Files.readString(identity).replace("synod-store 1", "synod-store 2"));
    assertThatThrownBy(() -> Stores.contents(directory)).hasMessageContaining("version 2");
  }

  @Test
  void anInterruptedCreationIsTakenUpAgain() throws IOException {
    Files.write(directory.resolve("identity.tmp"), new byte[] {1});
    Files.write(directory.resolve("durable-end"), new byte[5]);
    try (Storage storage = Stores.open(new RealDisk(), directory)) {
      assertThat(storage.fresh()).isTrue();
      assertThat(Stores.replay(storage.journal())).isEmpty();
    }
  }

  @Test
  void theSegmentSizeMayChange() throws IOException {
    write(9, 1000);
    for (long size : new long[] {64L << 10, 4L << 10, 1L << 20}) {
      try (Storage storage = FileStorage.open(new RealDisk(), directory, Stores.IDENTITY,
          Stores.SMALL.with(FileStoragePlugin.SEGMENT, size))) {
        assertThat(Stores.replay(storage.journal())).isEqualTo(written);
        storage.journal().append(Stores.bytes("size " + size));
        written.add("size " + size);
        Stores.force(storage.journal());
      }
    }
    assertThat(Stores.contents(directory)).isEqualTo(written);
  }
}
