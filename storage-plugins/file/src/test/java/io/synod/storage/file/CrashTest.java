package io.synod.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.storage.Journal;
import io.synod.api.storage.Storage;
import io.synod.api.storage.StorageException;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process killed without warning while it appends. */
class CrashTest {
  @TempDir
  Path directory;

  /** The child: appends for ever and prints the last position of each sync that was answered. */
  static final class Appender {
    private Appender() {}

    public static void main(String[] arguments) throws Exception {
      PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, "UTF-8");
      Storage storage = Stores.open(new RealDisk(), Path.of(arguments[0]));
      Journal journal = storage.journal();
      Stores.replay(journal);
      for (long i = 0; ; i++) {
        long last = journal.append(Stores.bytes("record " + i + "-".repeat((int) (i % 300))));
        if (i % 5 == 0) {
          journal.sync(printing(out));
        }
        if (i % 1000 == 999) {
          Stores.force(journal);
          out.println(last);
        }
      }
    }

    private static Journal.SyncListener printing(PrintStream out) {
      return new Journal.SyncListener() {
        @Override
        public void durable(long position) {
          out.println(position);
        }

        @Override
        public void failed(StorageException cause) {
          out.println(cause.getMessage());
        }
      };
    }
  }

  private Process start() throws IOException {
    return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx64m", "-cp", System.getProperty("java.class.path"), Appender.class.getName(),
        directory.toString()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  @Test
  void whatAKilledProcessAcknowledgedIsThere() throws Exception {
    long atLeast = 0;
    for (int life = 1; life <= 3; life++) {
      Process child = start();
      try (BufferedReader lines = new BufferedReader(
          new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
        for (int i = 0; i < 150 * life; i++) {
          atLeast = Long.parseLong(lines.readLine());
        }
        inUseByTheChild(child);
        // Not through the Process, which would close the pipe with lines still in it.
        child.toHandle().destroyForcibly();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          atLeast = Long.parseLong(line);
        }
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
      } finally {
        child.destroyForcibly();
      }
      List<String> found = Stores.contents(directory);
      assertThat(found).hasSizeGreaterThanOrEqualTo((int) atLeast);
      for (String record : found) {
        assertThat(record).matches("record [0-9]+-*");
      }
    }
  }

  private void inUseByTheChild(Process child) {
    assertThat(child.isAlive()).isTrue();
    assertThatThrownBy(() -> Stores.contents(directory))
        .isInstanceOf(StorageException.class).hasMessageContaining("in use")
        .hasMessageContaining(directory.getFileName().toString());
  }
}
