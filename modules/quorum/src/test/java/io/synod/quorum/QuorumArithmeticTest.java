package io.synod.quorum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The fast arithmetic equals the definitions. */
class QuorumArithmeticTest {
  private static final int RANDOM_CASES = 50_000;
  private static final Settings NONE = Settings.DEFAULTS;

  @Test
  void watermarksEqualTheNaiveOnesInRandomCases() {
    Random random = new Random(20240531);
    for (int i = 0; i < RANDOM_CASES; i++) {
      QuorumSystem system = randomSystem(random);
      long[] marks = random.longs(system.acceptors().size(), -1, 6).toArray();
      assertThat(system.reachedByWriteQuorum(marks))
          .as("case %d: %s, marks %s", i, system, Arrays.toString(marks))
          .isEqualTo(Naive.reached(system.acceptors(), marks, system::isWriteQuorum));
    }
  }

  @Test
  void watermarksEqualTheNaiveOnesInEverySmallCase() {
    for (int n = 1; n <= 7; n++) {
      for (int write = 1; write <= n; write++) {
        QuorumSystem system = flexible(n, 0, write);
        for (int code = 0; code < 1 << 2 * n; code++) {
          long[] marks = digits(code, n);
          Arrays.sort(marks);
          long expected = marks[n - write];
          assertThat(system.reachedByWriteQuorum(digits(code, n))).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void watermarksMayBeAnyLong() {
    QuorumSystem system = new MajorityPlugin().create(Naive.ids(3), NONE);
    long[] marks = {Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE};
    assertThat(system.reachedByWriteQuorum(marks)).isEqualTo(Long.MIN_VALUE);
    marks[2] = Long.MAX_VALUE;
    assertThat(system.reachedByWriteQuorum(marks)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void majorityIsMoreThanHalfOfEverySet() {
    for (int n = 1; n <= 7; n++) {
      QuorumSystem system = new MajorityPlugin().create(Naive.ids(n), NONE);
      for (Set<NodeId> some : Naive.subsets(Naive.ids(n))) {
        boolean majority = 2 * some.size() > n;
        assertThat(system.isReadQuorum(some)).isEqualTo(majority);
        assertThat(system.isWriteQuorum(some)).isEqualTo(majority);
      }
    }
  }

  @Test
  void allReadsOneAndWritesEveryone() {
    for (int n = 1; n <= 7; n++) {
      QuorumSystem system = new AllPlugin().create(Naive.ids(n), NONE);
      for (Set<NodeId> some : Naive.subsets(Naive.ids(n))) {
        assertThat(system.isReadQuorum(some)).isEqualTo(!some.isEmpty());
        assertThat(system.isWriteQuorum(some)).isEqualTo(some.size() == n);
      }
    }
  }

  @Test
  void flexibleCountsReadAndWriteApart() {
    for (int n = 1; n <= 7; n++) {
      for (int write = 1; write <= n; write++) {
        QuorumSystem system = flexible(n, 0, write);
        for (Set<NodeId> some : Naive.subsets(Naive.ids(n))) {
          assertThat(system.isReadQuorum(some)).isEqualTo(some.size() >= n + 1 - write);
          assertThat(system.isWriteQuorum(some)).isEqualTo(some.size() >= write);
        }
      }
    }
  }

  @Test
  void weightedAddsUpWeights() {
    int[] weights = {3, 1, 1, 0, 2};
    QuorumSystem system = weighted(weights);
    for (Set<NodeId> some : Naive.subsets(Naive.ids(5))) {
      int sum = some.stream().mapToInt(id -> weights[system.acceptors().indexOf(id)]).sum();
      assertThat(system.isReadQuorum(some)).as("%s", some).isEqualTo(2 * sum > 7);
      assertThat(system.isWriteQuorum(some)).as("%s", some).isEqualTo(2 * sum > 7);
    }
  }

  @Test
  void strangersDoNotCount() {
    Set<NodeId> strangers = new TreeSet<>(Naive.ids(9));
    strangers.removeAll(Naive.ids(3));
    for (Plugins.Quorum plugin : List.of(new MajorityPlugin(), new AllPlugin())) {
      QuorumSystem system = plugin.create(Naive.ids(3), NONE);
      assertThat(system.isReadQuorum(strangers)).isFalse();
      assertThat(system.isWriteQuorum(strangers)).isFalse();
    }
  }

  @Test
  void refusesWatermarksOfAnotherLength() {
    for (QuorumSystem system : List.of(flexible(3, 2, 2), weighted(1, 1, 1))) {
      assertThatThrownBy(() -> system.reachedByWriteQuorum(new long[2]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("2 watermarks for 3 acceptors");
    }
  }

  @Test
  void watermarksAreFoundWithoutAllocation() {
    for (QuorumSystem system : List.of(flexible(5, 3, 3), weighted(2, 1, 1, 1, 2))) {
      long[] marks = {5, 9, 1, 7, 3};
      long sum = reachedManyTimes(system, marks, 10);
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long before = threads.getCurrentThreadAllocatedBytes();
      sum += reachedManyTimes(system, marks, 10_000);
      long bytes = threads.getCurrentThreadAllocatedBytes() - before;
      assertThat(sum).isEqualTo(5L * 10_010);
      assertThat(bytes).as("bytes for 10,000 calls").isLessThan(10_000);
    }
  }

  /** The digits of {@code code} to the base 4: every combination of four different marks. */
  private static long[] digits(int code, int length) {
    return IntStream.range(0, length).mapToLong(i -> code >> 2 * i & 3).toArray();
  }

  private static long reachedManyTimes(QuorumSystem system, long[] marks, int times) {
    long sum = 0;
    for (int i = 0; i < times; i++) {
      sum += system.reachedByWriteQuorum(marks);
    }
    return sum;
  }

  private static QuorumSystem randomSystem(Random random) {
    int n = 1 + random.nextInt(11);
    if (random.nextBoolean()) {
      int read = 1 + random.nextInt(n);
      return flexible(n, read, n + 1 - read + random.nextInt(read));
    }
    int[] weights = random.ints(n, 0, 5).toArray();
    weights[0]++;
    return weighted(weights);
  }

  private static QuorumSystem flexible(int n, int read, int write) {
    Settings sizes = NONE.with(FlexiblePlugin.READ, read).with(FlexiblePlugin.WRITE, write);
    return new FlexiblePlugin().create(Naive.ids(n), sizes);
  }

  private static QuorumSystem weighted(int... weights) {
    String text = IntStream.range(0, weights.length)
        .mapToObj(i -> "n" + (i + 1) + ":" + weights[i]).collect(Collectors.joining(","));
    return new WeightedPlugin()
        .create(Naive.ids(weights.length), NONE.with(WeightedPlugin.WEIGHTS, text));
  }
}
