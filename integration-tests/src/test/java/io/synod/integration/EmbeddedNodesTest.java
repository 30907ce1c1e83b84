package io.synod.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.synod.api.model.InstanceId;
import io.synod.api.node.Node;
import io.synod.api.node.NodeStatus;
import io.synod.api.plugin.Settings;
import io.synod.api.replication.Outcome;
import io.synod.api.replication.ReadMode;
import io.synod.api.replication.ReadOutcome;
import io.synod.client.ClientSettings;
import io.synod.client.SynodClient;
import io.synod.server.local.LocalCluster;
import io.synod.server.local.SynodStarter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three nodes embedded in one program, with the Java client: failing, lagging and returning. */
class EmbeddedNodesTest {
  private static final int SIZE = 3;
  private static final int BURST = 5_000;
  private static final String CLUSTER = "embedded";

  @TempDir
  private Path directory;
  private final Map<String, String> fatal = new HashMap<>();
  private LocalCluster cluster;
  private SynodClient client;
  private long submitted;

  private void start(Map<String, String> keys) {
    String transport = keys.getOrDefault("synod.transport", "netty");
    cluster = new LocalCluster(CLUSTER, SIZE, 0, directory, keys, () -> new Chronicle(""),
        (own, machine) -> new SynodStarter().start(own,
            new Chronicle(fatal.getOrDefault(own.get("synod.node"), ""))));
    cluster.start();
    client = SynodClient.builder(CLUSTER).nodes(cluster.addresses()).transport(transport)
        .settings(Settings.DEFAULTS.with(ClientSettings.REQUEST_TIMEOUT, Child.PATIENCE))
        .build();
    awaitLeader();
  }

  @AfterEach
  void stop() {
    if (client != null) {
      client.close();
    }
    cluster.close();
  }

  private int awaitLeader() {
    return await().atMost(Child.PATIENCE).until(cluster::leader, Optional::isPresent)
        .orElseThrow();
  }

  private CompletableFuture<Outcome> submit(int bytes) {
    return client.submit(Chronicle.command("c", submitted++, bytes)).toCompletableFuture();
  }

  private void submitAll(int count, int bytes) {
    List<CompletableFuture<Outcome>> answers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      answers.add(submit(bytes));
    }
    allApplied(answers);
  }

  private static void allApplied(List<CompletableFuture<Outcome>> answers) {
    assertThat(CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new)))
        .succeedsWithin(Child.PATIENCE);
    assertThat(answers).allSatisfy(
        answer -> assertThat(answer.join()).isInstanceOf(Outcome.Applied.class));
  }

  private NodeStatus status(int index) {
    return cluster.status(index).orElseThrow();
  }

  /** What a node itself holds, without asking the others. */
  private Chronicle.Account heldBy(int index) throws Exception {
    ReadOutcome read = cluster.node(index).read(ReadMode.STALE, InstanceId.NONE, new byte[0])
        .toCompletableFuture().get(Child.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    return Chronicle.Account.of(((ReadOutcome.Answer) read).result());
  }

  /** All nodes come to hold all that was submitted, once each and in the same order. */
  private void awaitAgreement() throws Exception {
    for (int i = 0; i < SIZE; i++) {
      int node = i;
      await().atMost(Child.PATIENCE).ignoreExceptions().untilAsserted(() ->
          assertThat(heldBy(node).applied()).isGreaterThanOrEqualTo(submitted));
    }
    Chronicle.Account first = heldBy(0);
    assertThat(first.distinct()).as("none lost").isEqualTo(submitted);
    assertThat(first.applied()).as("none twice").isEqualTo(submitted);
    for (int i = 1; i < SIZE; i++) {
      assertThat(heldBy(i)).isEqualTo(first);
    }
  }

  @Test
  void aStateMachineThatThrowsStopsItsReplicaVisiblyAndTheOthersServe() throws Exception {
    fatal.put("n2", "boom");
    start(Map.of());
    submitAll(50, 0);
    Node broken = cluster.node(1);

    Outcome outcome = client.submit("boom".getBytes(StandardCharsets.ISO_8859_1))
        .toCompletableFuture().get(Child.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    submitted++;
    assertThat(outcome).isInstanceOf(Outcome.Applied.class);

    assertThatThrownBy(() -> broken.stopped().toCompletableFuture()
        .get(Child.PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .hasMessageContaining("n2").hasMessageContaining("this replica cannot apply 'boom'");
    submitAll(50, 0);
    assertThat(heldBy(0).distinct()).isPositive();

    fatal.clear();
    cluster.kill(1);
    cluster.start(1);
    awaitAgreement();
  }

  @Test
  void leaseReadsSeeWhatWasAcknowledgedAlsoAcrossAFailover() throws Exception {
    start(Map.of());
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 50; i++) {
        submitAll(1, 0);
        for (int node = 0; node < SIZE; node++) {
          assertThat(distinctUnderLease(node)).isEqualTo(submitted);
        }
      }
      int leader = awaitLeader();
      cluster.kill(leader);
      cluster.start(leader);
      awaitLeader();
    }
  }

  private long distinctUnderLease(int node) throws Exception {
    ReadOutcome read = cluster.node(node).read(ReadMode.LEASE, InstanceId.NONE, new byte[0])
        .toCompletableFuture().get(Child.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    return Chronicle.Account.of(((ReadOutcome.Answer) read).result()).distinct();
  }

  @Test
  void aNodeThatWasAwayTooLongCatchesUpByASnapshotInChunks() throws Exception {
    // The snapshot is larger than any message may be.
    start(Map.of("synod.snapshot.every-bytes", "256K", "synod.broadcast.retain-bytes", "0",
        "synod.broadcast.catch-up-bytes", "64K", "synod.broadcast.batch-bytes", "64K",
        "synod.transport.max-frame", "2M", "synod.replication.max-command", "64K"));
    int away = (awaitLeader() + 1) % SIZE;
    submitAll(100, 0);
    awaitAgreement();
    long had = status(away).applied().number();
    cluster.kill(away);
    submitAll(4_000, 1_000);
    await().atMost(Child.PATIENCE).until(() -> IntStream.range(0, SIZE)
        .filter(i -> i != away).allMatch(i -> status(i).retained().number() > had + 1));

    cluster.start(away);
    submitAll(500, 100);

    awaitAgreement();
    assertThat(status(away).snapshot().number()).isGreaterThan(had);
  }

  @Test
  void allNodesReturnFromSnapshotAndJournal() throws Exception {
    start(Map.of());
    submitAll(300, 100);
    awaitAgreement();
    for (int i = 0; i < SIZE; i++) {
      cluster.node(i).snapshot().toCompletableFuture()
          .get(Child.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
    submitAll(300, 100);
    long[] snapshots = IntStream.range(0, SIZE)
        .mapToLong(i -> status(i).snapshot().number()).toArray();
    for (int i = 0; i < SIZE; i++) {
      cluster.kill(i);
    }

    cluster.start();

    assertThat(snapshots).doesNotContain(0);
    assertThat(IntStream.range(0, SIZE).mapToLong(i -> status(i).snapshot().number()).toArray())
        .isEqualTo(snapshots);
    awaitLeader();
    submitAll(10, 0);
    awaitAgreement();
  }

  @ParameterizedTest
  @ValueSource(strings = {"fall", "classic"})
  void anInstancePerMessageIsAnOptionOfAVariant(String variant) throws Exception {
    start(Map.of("synod.variant", variant, "synod.broadcast.batch-count", "1"));
    long before = status(awaitLeader()).decided().number();
    submitAll(30, 0);
    assertThat(status(awaitLeader()).decided().number() - before).isGreaterThanOrEqualTo(30);
    awaitAgreement();
  }

  @ParameterizedTest
  @ValueSource(strings = {"netty", "local"})
  void theClientStaysExactlyOnceAcrossKilledLeaders(String transport) throws Exception {
    start(Map.of("synod.transport", transport));
    List<CompletableFuture<Outcome>> answers = new ArrayList<>();
    for (int kills = 0; kills < 3; kills++) {
      int leader = awaitLeader();
      for (int i = 0; i < BURST; i++) {
        answers.add(submit(50));
      }
      // In the midst of them: some are decided, and their answers never sent.
      answers.get(answers.size() - BURST / 2).get(Child.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      cluster.kill(leader);
      awaitLeader();
      cluster.start(leader);
      allApplied(answers);
    }
    awaitAgreement();
  }
}
