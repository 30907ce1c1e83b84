package io.synod.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.synod.api.storage.Journal;
import io.synod.api.storage.Storage;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed, or runs out of space, while it appends. */
class CrashTest {
  private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");
  private static final long LIMIT = 500_000;

  @TempDir
  Path directory;

  /** The child: appends until it fails and prints each position that was reported durable. */
  static final class Appender {
    private Appender() {}

    public static void main(String[] arguments) throws Exception {
      PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, "UTF-8");
      try (Storage storage = RocksStores.open(Path.of(arguments[0]))) {
        Journal journal = storage.journal();
        out.println(RocksStores.replay(journal).size());
        String record = "record-".repeat(Integer.parseInt(arguments[1]));
        while (true) {
          RocksStores.append(journal, record);
          out.println(RocksStores.force(journal));
        }
      } catch (IOException e) {
        out.println(e.getMessage());
      }
    }
  }

  private Process start(int length) throws IOException {
    return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx64m", "-cp", System.getProperty("java.class.path"), Appender.class.getName(),
        directory.toString(), Integer.toString(length))
        .redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static BufferedReader lines(Process child) {
    return new BufferedReader(
        new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
  }

  @Test
  void whatAKilledProcessAcknowledgedIsThere() throws Exception {
    long atLeast = 0;
    for (int life = 1; life <= 2; life++) {
      Process child = start(30);
      try (BufferedReader lines = lines(child)) {
        for (int i = 0; i < 60 * life; i++) {
          atLeast = Long.parseLong(lines.readLine());
        }
        child.toHandle().destroyForcibly();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          atLeast = Long.parseLong(line);
        }
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
      } finally {
        child.destroyForcibly();
      }
      assertThat(RocksStores.contents(directory)).hasSizeGreaterThanOrEqualTo((int) atLeast);
    }
  }

  @Test
  void aWriteThatFindsNoSpaceEndsTheJournalAndLosesNothingAcknowledged() throws Exception {
    assumeTrue(Files.isExecutable(PRLIMIT), "needs prlimit of util-linux");
    Process child = start(20_000);
    long atLeast = 0;
    String last = "";
    try (BufferedReader lines = lines(child)) {
      lines.readLine();
      // No file may grow beyond this from now on, as on a full disk.
      Process limit = new ProcessBuilder(PRLIMIT.toString(), "--fsize=" + LIMIT,
          "--pid=" + child.pid()).inheritIO().start();
      assertThat(limit.waitFor()).isZero();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        last = line;
        atLeast = line.matches("[0-9]+") ? Long.parseLong(line) : atLeast;
      }
      assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      child.destroyForcibly();
    }
    assertThat(last).contains(directory.resolve("db").toString(), "cannot be written", "free");
    assertThat(RocksStores.contents(directory)).hasSizeGreaterThanOrEqualTo((int) atLeast);
  }
}
