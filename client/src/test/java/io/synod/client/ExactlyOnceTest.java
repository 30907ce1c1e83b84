package io.synod.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.model.InstanceId;
import io.synod.api.plugin.Settings;
import io.synod.api.replication.Outcome;
import io.synod.api.replication.ReadMode;
import io.synod.api.replication.ReadOutcome;
import io.synod.api.transport.PeerAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Under faults drawn from a seed, what each outcome says is what happened. */
class ExactlyOnceTest {
  private static final int SEEDS = 60;
  private static final int COMMANDS = 300;

  private final List<CompletableFuture<Outcome>> commands = new ArrayList<>();
  private final List<CompletableFuture<ReadOutcome>> reads = new ArrayList<>();
  private final Budget budget = new Budget(1 << 20, 1L << 30);
  private ClientCore core;
  private ModelCluster cluster;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void outcomesAreTrue(int quarter) {
    int applied = 0;
    for (int seed = quarter; seed < SEEDS; seed += 4) {
      applied += run(seed);
    }
    assertThat(applied).as("most commands get through").isGreaterThan(SEEDS / 4 * COMMANDS / 2);
  }

  private int run(int seed) {
    commands.clear();
    reads.clear();
    start(seed);
    Random random = new Random(seed + 1_000L);
    for (int i = 0; i < COMMANDS; i++) {
      submit(i);
      if (random.nextInt(3) == 0) {
        read();
      }
      cluster.run(random.nextInt(10) == 0 ? random.nextInt(400) + 1 : 1);
    }
    cluster.heal();
    cluster.run(20_000);
    return check(seed);
  }

  private void start(int seed) {
    cluster = new ModelCluster(seed);
    core = new ClientCore(
        List.of(new PeerAddress("a", 1), new PeerAddress("b", 2), new PeerAddress("c", 3)),
        cluster::connect, Limits.of(Settings.DEFAULTS), new Random(seed),
        new Completions(Runnable::run, budget));
    cluster.attach(core);
    core.start(cluster.clock.now);
  }

  private void submit(int id) {
    byte[] bytes = ("" + id).getBytes(StandardCharsets.UTF_8);
    PendingCommand command =
        new PendingCommand(bytes, cluster.clock.now + Duration.ofSeconds(3).toNanos());
    budget.tryReserve(bytes.length);
    core.submit(command);
    commands.add(command.stage().toCompletableFuture());
  }

  private void read() {
    PendingRead read = new PendingRead(ReadMode.LINEARIZABLE, InstanceId.NONE, new byte[1],
        cluster.clock.now + Duration.ofSeconds(3).toNanos());
    budget.tryReserve(1);
    core.read(read);
    reads.add(read.stage().toCompletableFuture());
  }

  private int check(int seed) {
    assertThat(cluster.applied).as("each at most once, in order; seed %s", seed)
        .doesNotHaveDuplicates().isSorted();
    assertThat(reads).allSatisfy(r -> assertThat(r).isDone());
    Set<Integer> took = new HashSet<>(cluster.applied);
    int applied = 0;
    for (int i = 0; i < COMMANDS; i++) {
      assertThat(commands.get(i)).as("command %s of seed %s", i, seed).isDone();
      Outcome outcome = commands.get(i).join();
      if (outcome instanceof Outcome.Applied it) {
        applied++;
        assertThat(Rig.text(it.result())).isEqualTo("" + i);
        assertThat(took).as("applied, seed %s", seed).contains(i);
      } else if (outcome instanceof Outcome.Rejected) {
        assertThat(took).as("rejected, seed %s", seed).doesNotContain(i);
      }
    }
    assertThat(budget.count()).as("nothing left over, seed %s", seed).isZero();
    return applied;
  }
}
