package io.synod.storage.file;

import io.synod.api.model.Incarnation;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.Settings;
import io.synod.api.storage.Journal;
import io.synod.api.storage.Storage;
import io.synod.api.storage.StorageException;
import io.synod.api.storage.StoreIdentity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Short forms for tests. */
final class Stores {
  static final StoreIdentity IDENTITY =
      new StoreIdentity("c", NodeId.of("n1"), new Incarnation(0xabcdL));
  static final Settings SMALL = Settings.DEFAULTS.with(FileStoragePlugin.SEGMENT, 4L << 10);

  private Stores() {}

  static Storage open(Disk disk, Path directory) throws StorageException {
    return FileStorage.open(disk, directory, IDENTITY, SMALL);
  }

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  static List<String> replay(Journal journal) throws StorageException {
    List<String> records = new ArrayList<>();
    journal.replay((p, b) -> records.add(StandardCharsets.UTF_8.decode(b).toString()));
    return records;
  }

  /** Opens, replays, closes. */
  static List<String> contents(Path directory) throws StorageException {
    try (Storage storage = open(new RealDisk(), directory)) {
      return replay(storage.journal());
    }
  }

  /** Starts a sync; the answer comes later. */
  static CompletableFuture<Long> sync(Journal journal) {
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
    return answer;
  }

  /** Syncs and waits; throws what the journal says. */
  static void force(Journal journal) throws IOException {
    try {
      sync(journal).get(60, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  /** All files with their bytes, to be put back. */
  static Map<Path, byte[]> save(Path directory) throws IOException {
    Map<Path, byte[]> saved = new TreeMap<>();
    try (var paths = Files.list(directory)) {
      for (Path path : paths.toList()) {
        saved.put(path, Files.readAllBytes(path));
      }
    }
    return saved;
  }

  static void restore(Path directory, Map<Path, byte[]> saved) throws IOException {
    for (Path path : save(directory).keySet()) {
      if (!saved.containsKey(path)) {
        Files.delete(path);
      }
    }
    for (Map.Entry<Path, byte[]> file : saved.entrySet()) {
      boolean same = Files.exists(file.getKey())
          && Arrays.equals(Files.readAllBytes(file.getKey()), file.getValue());
      if (!same) {
        put(file.getKey(), file.getValue());
      }
    }
  }

  /** Replaces what is in a file, in place: emptying it first makes some file systems flush. */
  static void put(Path path, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes), 0);
      channel.truncate(bytes.length);
    }
  }
}
