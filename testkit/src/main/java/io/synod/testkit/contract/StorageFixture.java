package io.synod.testkit.contract;

import io.synod.api.model.Incarnation;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.api.storage.Journal;
import io.synod.api.storage.Storage;
import io.synod.api.storage.StorageException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Opens stores for the storage contracts and closes what a test left open. */
public abstract class StorageFixture {
  static final String CLUSTER = "contract";
  static final NodeId NODE = NodeId.of("n1");
  static final Incarnation FIRST = new Incarnation(0x1234_5678_9abcL);
  private static final long PATIENCE_SECONDS = 60;

  @TempDir
  Path directory;

  private final List<Storage> opened = new ArrayList<>();

  /** The plugin under test. */
  protected abstract Plugins.StoragePlugin plugin();

  /** Settings to open with; small sizes make rare work happen often. */
  protected Settings settings() {
    return Settings.DEFAULTS;
  }

  @AfterEach
  void closeAll() {
    opened.forEach(Storage::close);
  }

  /** Opens the store of the test's directory. */
  Storage open() throws StorageException {
    return open(directory.resolve("a/store"), CLUSTER, NODE, FIRST);
  }

  Storage open(Path where, String cluster, NodeId node, Incarnation incarnation)
      throws StorageException {
    Storage storage = plugin().open(where, cluster, node, incarnation, settings());
    opened.add(storage);
    return storage;
  }

  /** Opens it and replays what is there. */
  Journal journal() throws StorageException {
    Journal journal = open().journal();
    replayed(journal);
    return journal;
  }

  /** The records, as text, that a replay gives. */
  static List<String> replayed(Journal journal) throws StorageException {
    List<String> records = new ArrayList<>();
    journal.replay((position, bytes) ->
        records.add(position + ":" + StandardCharsets.UTF_8.decode(bytes)));
    return records;
  }

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Waits for what the journal answers to one sync. */
  static long synced(Journal journal) throws Exception {
    CompletableFuture<Long> answer = new CompletableFuture<>();
    journal.sync(listener(answer));
    return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  static Journal.SyncListener listener(CompletableFuture<Long> answer) {
    return new Journal.SyncListener() {
      @Override
      public void durable(long position) {
        answer.complete(position);
      }

      @Override
      public void failed(StorageException cause) {
        answer.completeExceptionally(cause);
      }
    };
  }
}
