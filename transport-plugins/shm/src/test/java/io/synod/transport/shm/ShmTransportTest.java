package io.synod.transport.shm;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.plugin.Plugin;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.testkit.contract.FramedTransportContract;
import io.synod.transport.netty.Keys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShmTransportTest extends FramedTransportContract {
  @TempDir
  Path directory;

  @Override
  protected Plugins.TransportPlugin plugin() {
    return new ShmTransportPlugin();
  }

  @Override
  protected Settings settings() {
    return Settings.DEFAULTS
        .with(ShmTransportPlugin.DIRECTORY, directory.resolve("shm").toString());
  }

  @Override
  protected Settings smallQueue(int messages, int bytes) {
    return settings().with(Keys.PEER_QUEUE, (long) messages * bytes);
  }

  @Override
  protected Settings maxFrame(int bytes) {
    return settings().with(Keys.MAX_FRAME, (long) bytes);
  }

  @Test
  void theThreadAndTheFilesEndWithTheNode() throws Exception {
    n1().reaches(n2(), 1);
    n2().reaches(n1(), 1);
    n1().close();
    Awaitility.await().untilAsserted(() ->
        assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
            .doesNotContain("synod-shm-n1").contains("synod-shm-n2"));
    Path mailbox = directory.resolve("shm").resolve(Integer.toString(n1().address().port()));
    assertThat(mailbox.resolve("door")).doesNotExist();
    n2().close();
    try (var files = Files.walk(directory)) {
      assertThat(files.filter(Files::isRegularFile))
          .allMatch(file -> file.endsWith("lock"));
    }
  }

  @Test
  void isFoundByTheServiceLoader() {
    assertThat(ServiceLoader.load(Plugin.class)).anyMatch(p -> p.name().equals("shm"));
  }
}
