package io.synod.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventQueueTest {
  @Test
  void takesEventsInOrderOfTimeThenOfAdding() {
    SeededRandom random = SeededRandom.stream(1, "queue");
    EventQueue queue = new EventQueue();
    List<long[]> expected = new ArrayList<>();
    List<Long> taken = new ArrayList<>();
    for (long i = 0; i < 5000; i++) {
      long time = random.nextLong(100);
      long number = i;
      expected.add(new long[] {time, number});
      queue.add(time, () -> taken.add(number));
    }
    expected.sort(Comparator.comparingLong((long[] e) -> e[0]).thenComparingLong(e -> e[1]));
    while (!queue.isEmpty()) {
      queue.poll().run();
    }
    assertThat(taken).isEqualTo(expected.stream().map(e -> e[1]).toList());
  }

  @Test
  void staysInOrderWhenEventsAreAddedMeanwhile() {
    SeededRandom random = SeededRandom.stream(2, "queue");
    EventQueue queue = new EventQueue();
    long last = 0;
    for (int i = 0; i < 20_000; i++) {
      if (queue.isEmpty() || random.chance(0.55)) {
        queue.add(last + random.nextLong(50), () -> { });
      } else {
        long time = queue.nextTime();
        queue.poll();
        assertThat(time).isGreaterThanOrEqualTo(last);
        last = time;
      }
    }
  }
}
