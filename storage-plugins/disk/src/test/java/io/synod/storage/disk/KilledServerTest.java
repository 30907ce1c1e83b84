package io.synod.storage.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.model.NodeId;
import io.synod.api.passive.PassiveStore;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.api.storage.DurableRecord;
import io.synod.api.storage.StorageException;
import io.synod.api.transport.PeerAddress;
import io.synod.testkit.contract.PassiveFixture;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk server killed without warning while it is written to. */
class KilledServerTest extends PassiveFixture {
  private static final NodeId N1 = NodeId.of("n1");
  private static final int STEPS_BEFORE = 25;

  @TempDir
  Path directory;

  private Process child;
  private int port;

  /** The child: serves until it is killed. */
  static final class Server {
    private Server() {}

    public static void main(String[] arguments) throws Exception {
      PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, "UTF-8");
      try (DiskServer server =
          DiskServer.start(Path.of(arguments[0]), new PeerAddress("127.0.0.1", 0))) {
        out.println(server.port());
        new CountDownLatch(1).await();
      }
    }
  }

  private void start() throws IOException {
    child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx64m", "-cp", System.getProperty("java.class.path"), Server.class.getName(),
        directory.toString()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    BufferedReader lines = new BufferedReader(
        new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
    port = Integer.parseInt(lines.readLine());
  }

  @AfterEach
  void kill() throws InterruptedException {
    child.destroyForcibly();
    assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
  }

  @Override
  protected Plugins.Passive plugin() {
    return new DiskPlugin();
  }

  @Override
  protected Settings settings() {
    return Patient.SETTINGS;
  }

  @Override
  protected URI address() {
    return URI.create("disk://127.0.0.1:" + port + "/first");
  }

  @Test
  void whatItAnsweredIsThere() throws Exception {
    start();
    PassiveStore store = open(N1);
    List<DurableRecord> answered = new ArrayList<>();
    CompletableFuture<Void> half = new CompletableFuture<>();
    Thread killer = new Thread(() -> {
      half.join();
      child.destroyForcibly();
    });
    killer.start();
    try {
      for (long i = 1; ; i++) {
        DurableRecord vote = voted(ballot(1 + i / 10, N1), i, "v" + i);
        write(store, vote);
        answered.add(vote);
        if (i == STEPS_BEFORE) {
          half.complete(null);
        }
      }
    } catch (StorageException e) {
      assertThat(e).hasMessageContaining(address().toString());
    }
    kill();
    start();
    List<DurableRecord> own = open(N1).own();
    assertThat(own).startsWith(answered.toArray(DurableRecord[]::new))
        .hasSizeBetween(answered.size(), answered.size() + 1);
    assertThat(look(open(NodeId.of("n2"))).votes()).hasSize(own.size());
  }
}
