package io.synod.rules.bad.register;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

final class DoesInputOutput {
  File file() {
    return new File("x");
  }

  Path path() {
    return Path.of("x");
  }

  long channel() throws IOException {
    try (FileChannel channel = FileChannel.open(path())) {
      return channel.size();
    }
  }

  Object socket() {
    return new InetSocketAddress(1);
  }
}
