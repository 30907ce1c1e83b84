package io.synod.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SeededRandomTest {
  @Test
  void meansTheSameOnEveryJvm() {
    SeededRandom random = SeededRandom.stream(42, "network");
    assertThat(random.nextLong()).isEqualTo(-196477668261513216L);
    assertThat(random.nextInt(1000)).isEqualTo(680);
  }

  @Test
  void streamsDoNotShiftEachOther() {
    SeededRandom quiet = SeededRandom.stream(7, "disk n1");
    SeededRandom disturbed = SeededRandom.stream(7, "disk n1");
    SeededRandom.stream(7, "network").nextLong();
    assertThat(disturbed.nextLong()).isEqualTo(quiet.nextLong());
    assertThat(SeededRandom.stream(7, "network").nextLong()).isNotEqualTo(quiet.nextLong());
    assertThat(SeededRandom.stream(8, "disk n1").nextLong())
        .isNotEqualTo(SeededRandom.stream(7, "disk n1").nextLong());
  }

  @Test
  void staysWithinBounds() {
    SeededRandom random = SeededRandom.stream(3, "bounds");
    int[] seen = new int[7];
    for (int i = 0; i < 7000; i++) {
      seen[random.nextInt(7)]++;
      assertThat(random.nextLong(5, 9)).isBetween(5L, 8L);
      assertThat(random.nextDouble()).isBetween(0.0, 1.0);
    }
    assertThat(seen).doesNotContain(0);
    assertThat(Arrays.stream(seen).min().orElseThrow()).isGreaterThan(800);
  }
}
