package io.synod.server.members;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.synod.api.membership.Change;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.Settings;
import io.synod.api.transport.PeerAddress;
import io.synod.server.FakeMembership;
import io.synod.server.FakeNode;
import io.synod.server.admin.AdminClient;
import io.synod.server.admin.AdminServer;
import io.synod.server.admin.ChangeRequest;
import io.synod.server.admin.DiskUse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ChangeRunTest {
  @Test
  void showsWhatTheChangeWaitsForUntilItIsActive() throws IOException {
    FakeNode node = new FakeNode();
    FakeMembership membership = new FakeMembership();
    node.membership(membership);
    Change change = new Change.Remove(NodeId.of("n1"));
    List<String> shown = new CopyOnWriteArrayList<>();
    try (AdminServer server =
        new AdminServer(node, new DiskUse(Path.of("")), Settings.DEFAULTS)) {
      int port = server.start(new PeerAddress("127.0.0.1", 0));
      ChangeRun run = new ChangeRun(
          AdminClient.of("127.0.0.1:" + port), Duration.ofMillis(10), shown::add);
      CompletableFuture<String> done = CompletableFuture.supplyAsync(() ->
          run.run(new ChangeRequest(Optional.empty(), change)).path("era").asText());
      membership.doing("new members have to catch up");
      await().until(() -> shown.stream().anyMatch(s -> s.contains("catch up; n4 has 30 of ")));
      membership.doing("era 8 is proposed");
      await().until(() -> shown.stream().anyMatch(s -> s.contains("era 8 is proposed")));
      membership.end(FakeMembership.active(change, "n1"));
      assertThat(done.join()).isEqualTo("8");
    } finally {
      node.close();
    }
  }
}
