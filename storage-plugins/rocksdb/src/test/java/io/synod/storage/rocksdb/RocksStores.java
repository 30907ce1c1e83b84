package io.synod.storage.rocksdb;

import io.synod.api.model.Incarnation;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.Settings;
import io.synod.api.storage.Journal;
import io.synod.api.storage.Storage;
import io.synod.api.storage.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Short forms for tests. */
final class RocksStores {
  private static final Settings SMALL =
      Settings.DEFAULTS.with(RocksStoragePlugin.MEMTABLE, 1L << 20);

  private RocksStores() {}

  static Storage open(Path directory, long incarnation) throws StorageException {
    return new RocksStoragePlugin().open(
        directory, "c", NodeId.of("n1"), new Incarnation(incarnation), SMALL);
  }

  static Storage open(Path directory) throws StorageException {
    return open(directory, 0xabcdL);
  }

  static List<String> replay(Journal journal) throws StorageException {
    List<String> records = new ArrayList<>();
    journal.replay((p, b) -> records.add(StandardCharsets.UTF_8.decode(b).toString()));
    return records;
  }

  /** Opens, replays, closes. */
  static List<String> contents(Path directory) throws StorageException {
    try (Storage storage = open(directory)) {
      return replay(storage.journal());
    }
  }

  static void append(Journal journal, String record) throws StorageException {
    journal.append(ByteBuffer.wrap(record.getBytes(StandardCharsets.UTF_8)));
  }

  /** Syncs and waits; throws what the journal says. */
  static long force(Journal journal) throws IOException {
    CompletableFuture<Long> answer = new CompletableFuture<>();
    journal.sync(new Journal.SyncListener() {
      @Override
      public void durable(long position) {
        answer.complete(position);
      }

      @Override
      public void failed(StorageException cause) {
        answer.completeExceptionally(cause);
      }
    });
    try {
      return answer.get(60, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  /** A store with these records, all forced. */
  static void create(Path directory, String... records) throws IOException {
    try (Storage storage = open(directory)) {
      replay(storage.journal());
      for (String record : records) {
        append(storage.journal(), record);
      }
      force(storage.journal());
    }
  }

  /** The newest file of the database with that ending or beginning. */
  static Path newest(Path directory, String pattern) throws IOException {
    try (var files = Files.newDirectoryStream(directory.resolve("db"), pattern)) {
      Path newest = null;
      for (Path file : files) {
        newest = newest == null || file.compareTo(newest) > 0 ? file : newest;
      }
      return newest;
    }
  }
}
