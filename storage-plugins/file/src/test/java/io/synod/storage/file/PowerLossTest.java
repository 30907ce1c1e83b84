package io.synod.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.storage.Journal;
import io.synod.api.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Lives that each end with a loss of power at a random change to the disk, over several segments,
 * checkpoints and drops: what was acknowledged is always there, in order, and nothing is refused.
 */
class PowerLossTest {
  private static final int LIVES = 60;

  @TempDir
  Path temp;

  /** What was appended from the first kept record on, and how much of it was acknowledged. */
  private final List<String> appended = new ArrayList<>();
  private int acknowledged;
  private int dropAllowed;
  private int number;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void acknowledgedRecordsSurvive(long seed) throws Exception {
    Random random = new Random(seed);
    Path store = temp.toRealPath().resolve("store");
    Path trash = Files.createDirectory(temp.resolve("trash"));
    Files.createDirectory(store);
    for (int life = 0; life < LIVES; life++) {
      LossyDisk disk = new LossyDisk(random, trash, 1 + random.nextInt(90));
      try {
        live(disk, store, random);
      } catch (IOException e) {
        assertThat(e.toString()).as("seed %s life %s", seed, life)
            .containsAnyOf("the power is gone", "closed");
      }
      disk.losePower();
    }
    assertThat(number).isGreaterThan(LIVES);
  }

  @Test
  void recordsOfAFailedForceAreWrittenAgainBeforeTheyCount() throws Exception {
    Path store = temp.toRealPath().resolve("store");
    LossyDisk disk =
        new LossyDisk(new Random(1), Files.createDirectory(temp.resolve("trash")), 10_000);
    try (Storage storage = Stores.open(disk, store)) {
      Stores.replay(storage.journal());
      storage.journal().append(Stores.bytes("a"));
      Stores.force(storage.journal());
      disk.failNextForce();
      storage.journal().append(Stores.bytes("b"));
      assertThatThrownBy(() -> Stores.force(storage.journal()))
          .hasMessageContaining("Input/output");
    }
    try (Storage storage = Stores.open(disk, store)) {
      assertThat(Stores.replay(storage.journal())).containsExactly("a", "b");
      storage.journal().append(Stores.bytes("c"));
      Stores.force(storage.journal());
    }
    disk.losePower();
    assertThat(Stores.contents(store)).containsExactly("a", "b", "c");
  }

  private void live(Disk disk, Path store, Random random) throws IOException {
    try (Storage storage = Stores.open(disk, store)) {
      Journal journal = storage.journal();
      check(Stores.replay(journal));
      for (int i = 0; i < 200; i++) {
        append(journal, random);
        if (random.nextInt(3) == 0) {
          Stores.force(journal);
          acknowledged = appended.size();
        }
      }
    }
  }

  private void append(Journal journal, Random random) throws IOException {
    String record = number + "-" + "z".repeat(random.nextInt(1200));
    number++;
    appended.add(record);
    if (random.nextInt(20) == 0) {
      int at = appended.size() - 1;
      long position = journal.appendCheckpoint(Stores.bytes(record));
      Stores.force(journal);
      acknowledged = appended.size();
      dropAllowed = at;
      journal.dropBefore(position);
    } else {
      journal.append(Stores.bytes(record));
    }
  }

  private void check(List<String> found) {
    int kept = found.isEmpty() ? 0 : appended.indexOf(found.get(0));
    assertThat(kept).as("first record found").isBetween(0, dropAllowed);
    assertThat(kept + found.size()).as("records found").isGreaterThanOrEqualTo(acknowledged);
    assertThat(found).isEqualTo(appended.subList(kept, kept + found.size()));
    appended.clear();
    appended.addAll(found);
    acknowledged = found.size();
    dropAllowed = 0;
  }
}
