package io.synod.runtime;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.transport.TransportException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddressTest {
  @TempDir Path directory;

  @Test
  void aPortInUseIsNamedAndTheStoreIsGivenBack() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      NodeBuilder builder = Synod.node().set("synod.node", "n1")
          .set("synod.members", "n1@127.0.0.1:" + taken.getLocalPort())
          .set("synod.data", directory.resolve("n1").toString())
          .stateMachine(new CountingMachine());

      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(builder::start).isInstanceOf(TransportException.class)
            .hasMessageContaining("127.0.0.1:" + taken.getLocalPort());
      }
    }
  }
}
