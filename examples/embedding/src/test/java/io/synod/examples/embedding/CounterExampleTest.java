package io.synod.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CounterExampleTest {
  @TempDir Path directory;

  @Test
  void threeNodesCountTogether() throws Exception {
    assertThat(CounterExample.count(directory, freeAddresses(), 60)).isEqualTo(60);
  }

  @Test
  void theCountIsInTheFiles() throws Exception {
    CounterExample.count(directory, freeAddresses(), 10);

    assertThat(CounterExample.count(directory, freeAddresses(), 5)).isEqualTo(15);
  }

  /** All three are held at once, so that they differ; then they are given back. */
  private static String freeAddresses() throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    StringBuilder members = new StringBuilder();
    try {
      for (int i = 1; i <= 3; i++) {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        held.add(socket);
        members.append(i == 1 ? "" : ",").append("n").append(i).append("@127.0.0.1:")
            .append(socket.getLocalPort());
      }
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
    return members.toString();
  }
}
