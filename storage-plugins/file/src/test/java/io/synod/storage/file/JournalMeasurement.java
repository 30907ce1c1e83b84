package io.synod.storage.file;

import io.synod.api.plugin.Settings;
import io.synod.api.storage.Journal;
import io.synod.api.storage.Storage;
import io.synod.api.storage.StorageException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Figures, not a test: {@code mvn -pl storage-plugins/file -am test -Dtest=JournalMeasurement
 * -Dsynod.measure=true -Dsurefire.failIfNoSpecifiedTests=false} writes them to
 * {@code target/journal-figures.txt}.
 */
@EnabledIfSystemProperty(named = "synod.measure", matches = "true")
class JournalMeasurement {
  private static final int PAYLOAD = 150;
  private static final Path FIGURES = Path.of("target", "journal-figures.txt");

  @TempDir
  Path directory;

  private static void report(String format, Object... values) throws Exception {
    Files.createDirectories(FIGURES.getParent());
    Files.writeString(FIGURES, String.format(Locale.ROOT, format, values) + "\n",
        StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private Storage open() throws StorageException {
    return FileStorage.open(
        new RealDisk(), directory.resolve("store"), Stores.IDENTITY, Settings.DEFAULTS);
  }

  @Test
  void loneAppendAgainstRawForce() throws Exception {
    try (Storage storage = open(); DiskFile raw = new RealDisk().create(directory.resolve("raw"))) {
      raw.write(ByteBuffer.allocate(16 << 20), 0);
      raw.force(true);
      Journal journal = storage.journal();
      Stores.replay(journal);
      ByteBuffer record = ByteBuffer.allocateDirect(PAYLOAD);
      long[] rawNanos = new long[4000];
      long[] journalNanos = new long[rawNanos.length];
      for (int i = 0; i < rawNanos.length; i++) {
        long start = System.nanoTime();
        raw.write(record.duplicate(), (long) i * 176);
        raw.force(false);
        long between = System.nanoTime();
        journal.append(record);
        Stores.force(journal);
        journalNanos[i] = System.nanoTime() - between;
        rawNanos[i] = between - start;
      }
      report("lone append + sync: p50 %.0f us p99 %.0f us; raw write + fdatasync: p50 %.0f us"
              + " p99 %.0f us", at(journalNanos, 0.5), at(journalNanos, 0.99), at(rawNanos, 0.5),
          at(rawNanos, 0.99));
    }
  }

  private static double at(long[] nanos, double share) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted, sorted.length / 4, sorted.length);
    long[] warm = Arrays.copyOfRange(sorted, sorted.length / 4, sorted.length);
    return warm[(int) (warm.length * share)] / 1e3;
  }

  @Test
  void manyRecordsAndTheirReplay() throws Exception {
    int turn = 16;
    int outstanding = 1024;
    long records = 4_000_000;
    try (Storage storage = open()) {
      Journal journal = storage.journal();
      Stores.replay(journal);
      Semaphore window = new Semaphore(outstanding / turn);
      Journal.SyncListener release = new Journal.SyncListener() {
        @Override
        public void durable(long position) {
          window.release();
        }

        @Override
        public void failed(StorageException cause) {
          throw new AssertionError(cause);
        }
      };
      ByteBuffer record = ByteBuffer.allocateDirect(PAYLOAD);
      long start = System.nanoTime();
      for (long i = 0; i < records; i += turn) {
        window.acquire();
        for (int j = 0; j < turn; j++) {
          journal.append(record);
        }
        journal.sync(release);
      }
      Stores.force(journal);
      double seconds = (System.nanoTime() - start) / 1e9;
      report("group commit: %.0f records/s of %d bytes, %d in flight, a sync every %d",
          records / seconds, PAYLOAD, outstanding, turn);
    }
    try (Storage storage = open()) {
      long[] count = new long[1];
      long start = System.nanoTime();
      storage.journal().replay((position, bytes) -> count[0]++);
      report("replay: %.0f records/s", count[0] / ((System.nanoTime() - start) / 1e9));
    }
  }
}
