package io.synod.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.plugin.Settings;
import io.synod.api.replication.Outcome;
import io.synod.api.replication.Outcome.Rejected.Reason;
import io.synod.api.replication.ReadOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SynodClientTest {
  private final EchoTransport transport = new EchoTransport();

  @AfterEach
  void close() {
    transport.close();
  }

  @Test
  void commandsAndReadsAreAnswered() {
    try (SynodClient client = client(Settings.DEFAULTS)) {
      assertThat(submit(client, 7)).isInstanceOfSatisfying(Outcome.Applied.class,
          a -> assertThat(a.result()).containsExactly(7));
      assertThat(client.read(new byte[] {8}).toCompletableFuture().join())
          .isInstanceOfSatisfying(ReadOutcome.Answer.class,
              a -> assertThat(a.result()).containsExactly(8));
    }
  }

  @Test
  void stagesCompleteOnTheGivenExecutorAndByDefaultNotOnTheNetwork() {
    ExecutorService mine = Executors.newSingleThreadExecutor(r -> new Thread(r, "mine"));
    ConcurrentLinkedQueue<String> threads = new ConcurrentLinkedQueue<>();
    try (SynodClient client = SynodClient.builder("test").node("a:1").transport(transport)
        .executor(mine).build(); SynodClient other = client(Settings.DEFAULTS)) {
      transport.mute = true;
      CompletableFuture<?> named = noteThread(client, threads);
      CompletableFuture<?> pooled = noteThread(other, threads);
      transport.mute = false;
      CompletableFuture.allOf(named, pooled).join();
    } finally {
      mine.shutdown();
    }
    assertThat(threads).hasSize(2).contains("mine").noneMatch(EchoTransport.THREAD::equals)
        .noneMatch(name -> name.startsWith("synod-client"));
  }

  private static CompletableFuture<?> noteThread(
      SynodClient client, ConcurrentLinkedQueue<String> threads) {
    return client.submit(new byte[1])
        .thenAccept(o -> threads.add(Thread.currentThread().getName())).toCompletableFuture();
  }

  @Test
  void beyondTheBoundACommandIsRejectedAtOnce() {
    transport.mute = true;
    Settings two = Settings.DEFAULTS.with(ClientSettings.OUTSTANDING, 2)
        .with(ClientSettings.CLOSE_TIMEOUT, Duration.ofMillis(1));
    try (SynodClient client = client(two)) {
      client.submit(new byte[1]);
      client.submit(new byte[1]);
      assertThat(submit(client, 1)).isInstanceOfSatisfying(Outcome.Rejected.class,
          r -> assertThat(r.reason()).isEqualTo(Reason.OVERLOADED));
    }
  }

  @Test
  void beyondTheBoundACallerMayWaitForRoomInstead() throws Exception {
    Settings two = Settings.DEFAULTS.with(ClientSettings.OUTSTANDING, 2)
        .with(ClientSettings.WHEN_FULL, "wait");
    try (SynodClient client = client(two)) {
      List<CompletableFuture<Outcome>> all = new ArrayList<>();
      for (int i = 0; i < 5_000; i++) {
        all.add(client.submit(new byte[1]).toCompletableFuture());
      }
      for (CompletableFuture<Outcome> one : all) {
        assertThat(one.get(20, TimeUnit.SECONDS)).isInstanceOf(Outcome.Applied.class);
      }
    }
  }

  @Test
  void tooLargeACommandIsRejectedAndNamesTheKey() {
    try (SynodClient client = client(Settings.DEFAULTS.with(ClientSettings.COMMAND_BYTES, 3L))) {
      Outcome outcome = client.submit(new byte[4]).toCompletableFuture().join();
      assertThat(outcome).isInstanceOfSatisfying(Outcome.Rejected.class, r -> {
        assertThat(r.reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(r.detail()).contains("synod.client.command-bytes");
      });
    }
  }

  @Test
  void closingWaitsForWhatIsOutstandingAndRejectsWhatComesLater() {
    SynodClient client = client(Settings.DEFAULTS);
    List<CompletableFuture<Outcome>> all = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      all.add(client.submit(new byte[1]).toCompletableFuture());
    }
    client.close();
    client.close();
    assertThat(all).allSatisfy(s -> assertThat(s.join()).isInstanceOf(Outcome.Applied.class));
    assertThat(submit(client, 1)).isInstanceOfSatisfying(Outcome.Rejected.class,
        r -> assertThat(r.reason()).isEqualTo(Reason.CLOSED));
    assertThat(transport.closed).as("a transport that was passed in stays open").isFalse();
  }

  @Test
  void mayBeClosedFromAStageThatRunsOnTheClientsThread() throws Exception {
    SynodClient client = SynodClient.builder("test").node("a:1").transport(transport)
        .executor(Runnable::run).build();
    CountDownLatch closed = new CountDownLatch(1);
    client.submit(new byte[1]).thenRun(() -> {
      client.close();
      closed.countDown();
    });
    assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
    client.close();
  }

  @Test
  void saysWhatIsMissing() {
    assertThatThrownBy(() -> SynodClient.builder("test").build())
        .hasMessageContaining("at least one node");
    assertThatThrownBy(() -> SynodClient.builder("test").node("a:1").transport("carrier").build())
        .hasMessageContaining("carrier").hasMessageContaining("class path");
  }

  private SynodClient client(Settings settings) {
    return SynodClient.builder("test").node("a:1").transport(transport).settings(settings)
        .build();
  }

  private static Outcome submit(SynodClient client, int value) {
    return client.submit(new byte[] {(byte) value}).toCompletableFuture().join();
  }
}
