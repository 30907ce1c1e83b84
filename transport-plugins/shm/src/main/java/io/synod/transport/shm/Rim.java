package io.synod.transport.shm;

import io.synod.api.plugin.Settings;
import io.synod.transport.netty.Keys;
import io.synod.transport.netty.LimitedLog;
import java.nio.file.Files;
import java.nio.file.Path;

/** What all channels of a node share. */
record Rim(
    Header.Life life, Path shared, long capacity, long maxFrame, long peerQueue,
    LimitedLog log) {
  private static final Path IN_MEMORY = Path.of("/dev/shm");

  static Rim of(Header.Life life, Settings settings, LimitedLog log) {
    long ring = settings.get(ShmTransportPlugin.RING);
    return new Rim(life, directory(settings), Long.highestOneBit(2 * ring - 1),
        settings.get(Keys.MAX_FRAME), settings.get(Keys.PEER_QUEUE), log);
  }

  private static Path directory(Settings settings) {
    String given = settings.get(ShmTransportPlugin.DIRECTORY);
    if (!given.isEmpty()) {
      return Path.of(given);
    }
    Path parent = Files.isDirectory(IN_MEMORY) ? IN_MEMORY
        : Path.of(System.getProperty("java.io.tmpdir"));
    return parent.resolve("synod");
  }

  String name() {
    return "node " + life.local().self();
  }
}
