package io.synod.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.model.Incarnation;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.Settings;
import io.synod.api.storage.Storage;
import io.synod.api.storage.StorageException;
import io.synod.storage.file.FileStoragePlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases that are torn, damaged, missing, or somebody else's. */
class DamagedDatabaseTest {
  private static final String FILLING = "x".repeat(500);

  @TempDir
  Path root;
  private Path store;

  @BeforeEach
  void create() throws IOException {
    store = root.resolve("store");
    RocksStores.create(store, "one", "two" + FILLING, "three" + FILLING, "four");
  }

  private static void refused(ThrowingCallable opening, String... parts) {
    var refusal = assertThatThrownBy(opening).isInstanceOf(StorageException.class);
    for (String part : parts) {
      refusal.hasMessageContaining(part);
    }
  }

  private static void flip(Path file, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[at] ^= 0x10;
    Files.write(file, bytes);
  }

  @Test
  void damageOfWhatWasDurableIsRefusedAndLeftAsItIs() throws Exception {
    Path log = RocksStores.newest(store, "*.log");
    flip(log, (int) Files.size(log) - 300);
    byte[] damaged = Files.readAllBytes(log);
    for (int attempt = 0; attempt < 2; attempt++) {
      refused(() -> RocksStores.contents(store), store.resolve("db").toString(), "damaged",
          "up to record 4 was durable", "new member");
    }
    assertThat(Files.readAllBytes(log)).isEqualTo(damaged);
  }

  @Test
  void aTornTailThatWasNeverReportedDurableIsCut() throws Exception {
    byte[] before = Files.readAllBytes(store.resolve("durable-end"));
    try (Storage storage = RocksStores.open(store)) {
      assertThat(RocksStores.replay(storage.journal())).hasSize(4);
      RocksStores.append(storage.journal(), "five");
      RocksStores.force(storage.journal());
      RocksStores.append(storage.journal(), "six" + FILLING);
      RocksStores.force(storage.journal());
    }
    // As if the power had failed before the last force.
    Files.write(store.resolve("durable-end"), before);
    Path log = RocksStores.newest(store, "*.log");
    Files.write(log, Arrays.copyOf(Files.readAllBytes(log), (int) Files.size(log) - 7));
    assertThat(RocksStores.contents(store)).hasSize(5).endsWith("five");
    assertThat(RocksStores.contents(store)).as("again").hasSize(5);
  }

  @Test
  void aDamagedManifestNamesTheDatabase() throws Exception {
    flip(RocksStores.newest(store, "MANIFEST-*"), 20);
    refused(() -> RocksStores.contents(store), store.resolve("db").toString(), "damaged",
        "MANIFEST");
  }

  @Test
  void aMissingDatabaseIsRefused() throws Exception {
    delete(store.resolve("db"));
    refused(() -> RocksStores.contents(store), store.resolve("db").toString(), "missing",
        "record 4");
    assertThat(store.resolve("db")).doesNotExist();
  }

  @Test
  void anotherStoresDatabaseIsRefused() throws Exception {
    Path other = root.resolve("other");
    RocksStores.open(other, 77).close();
    delete(store.resolve("db"));
    Files.move(other.resolve("db"), store.resolve("db"));
    refused(() -> RocksStores.contents(store), store.resolve("db").toString(), "belongs to",
        new Incarnation(77).toString(), new Incarnation(0xabcdL).toString());
  }

  @Test
  void aCreationThatWasCutShortIsFinished() throws Exception {
    Path begun = root.resolve("begun");
    RocksStores.open(begun).close();
    delete(begun.resolve("db"));
    assertThat(RocksStores.contents(begun)).isEmpty();
  }

  @Test
  void aStoreOfOneKindIsNotOpenedAsAnother() throws Exception {
    Path segments = root.resolve("segments");
    openAsFile(segments).close();
    refused(() -> RocksStores.contents(segments), segments.toString(), "synod.storage = file");
    refused(() -> openAsFile(store), store.toString(), "synod.storage = rocksdb");
    assertThat(RocksStores.contents(store)).hasSize(4);
  }

  private static Storage openAsFile(Path directory) throws StorageException {
    return new FileStoragePlugin().open(
        directory, "c", NodeId.of("n1"), new Incarnation(0xabcdL), Settings.DEFAULTS);
  }

  private static void delete(Path directory) throws IOException {
    List<Path> all;
    try (var paths = Files.walk(directory)) {
      all = paths.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }
}
