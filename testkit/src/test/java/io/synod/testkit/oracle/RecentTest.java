package io.synod.testkit.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentTest {
  private final Recent<Long> recent = new Recent<>(64);

  @Test
  void keepsTheHighestOfConsecutiveNumbers() {
    for (long i = 1; i <= 1000; i++) {
      recent.put(i, i);
    }
    for (long i = 937; i <= 1000; i++) {
      assertThat(recent.get(i)).isEqualTo(i);
    }
    assertThat(recent.get(936)).isNull();
  }

  @Test
  void anOldNumberDoesNotReplaceANewerOne() {
    for (long i = 1; i <= 100; i++) {
      recent.put(i, i);
    }
    recent.put(36, 7L);
    assertThat(recent.get(100)).isEqualTo(100);
    assertThat(recent.get(36)).isNull();
  }

  @Test
  void growsOnlyAsFarAsNeeded() {
    recent.put(5, 1L);
    recent.put(13, 2L);
    assertThat(recent.get(5)).isEqualTo(1);
    assertThat(recent.get(13)).isEqualTo(2);
    recent.put(5, 3L);
    assertThat(recent.get(5)).isEqualTo(3);
    recent.clear();
    assertThat(recent.get(5)).isNull();
  }
}
