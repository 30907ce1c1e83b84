package io.synod.runtime.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.synod.api.storage.StorageException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventLoopTest {
  private final LoopTimers timers = new LoopTimers(new SystemClock());
  private final EventLoop loop = new EventLoop("loop-under-test", timers, 0);
  private final List<String> trace = Collections.synchronizedList(new ArrayList<>());
  private final CompletableFuture<Optional<Throwable>> ended = new CompletableFuture<>();

  @AfterEach
  void stop() {
    loop.stop();
    ended.join();
  }

  @Test
  void tasksOfOneThreadRunInOrderOnTheLoop() throws Exception {
    start(() -> {});
    CountDownLatch all = new CountDownLatch(10_000);
    List<Integer> seen = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      int number = i;
      loop.post(() -> {
        assertThat(loop.isCurrent()).isTrue();
        seen.add(number);
        all.countDown();
      });
    }
    all.await();

    assertThat(seen).isSorted().hasSize(10_000);
  }

  @Test
  void everyTurnEndsAfterItsTasks() throws Exception {
    start(() -> trace.add("end"));
    loop.post(() -> trace.add("task"));

    await().until(() -> trace.contains("task") && "end".equals(trace.get(trace.size() - 1)));
    assertThat(trace.indexOf("task")).isLessThan(trace.lastIndexOf("end"));
  }

  @Test
  void noProducerIsForgottenHoweverOftenTheLoopSleeps() throws Exception {
    start(() -> {});
    AtomicInteger ran = new AtomicInteger();
    List<Thread> producers = new ArrayList<>();
    for (int p = 0; p < 4; p++) {
      Thread producer = new Thread(() -> {
        for (int i = 0; i < 5_000; i++) {
          CountDownLatch done = new CountDownLatch(1);
          loop.post(() -> {
            ran.incrementAndGet();
            done.countDown();
          });
          awaitLatch(done);
        }
      });
      producers.add(producer);
      producer.start();
    }
    for (Thread producer : producers) {
      producer.join();
    }

    assertThat(ran).hasValue(20_000);
  }

  @Test
  void whatIsThrownEndsTheLoopAndTheTurn() {
    start(() -> trace.add("end"));
    await().until(() -> trace.contains("end"));
    CountDownLatch held = new CountDownLatch(1);
    loop.post(() -> awaitLatch(held));
    loop.post(() -> {
      trace.clear();
      throw new StorageException("broken");
    });
    loop.post(task("after", "abandoned"));
    held.countDown();

    assertThat(ended.join()).get().isInstanceOf(StorageException.class);
    assertThat(trace).as("no end of turn, no further task").containsExactly("abandoned");
  }

  @Test
  void errorsEndItToo() {
    start(() -> {});
    loop.post(() -> {
      throw new AssertionError("broken");
    });

    assertThat(ended.join()).get().isInstanceOf(AssertionError.class);
  }

  @Test
  void whatComesTooLateIsAbandoned() {
    start(() -> {});
    loop.stop();
    assertThat(ended.join()).isEmpty();

    loop.post(task("run", "abandoned"));

    assertThat(trace).containsExactly("abandoned");
  }

  @Test
  void offersBeyondTheBoundAreRefusedUntilRoomIsMade() {
    start(() -> {});
    CountDownLatch held = new CountDownLatch(1);
    loop.post(() -> awaitLatch(held));

    assertThat(loop.offer(weighing(60), 100)).isTrue();
    assertThat(loop.offer(weighing(60), 100)).isFalse();
    assertThat(loop.offer(weighing(40), 100)).isTrue();
    held.countDown();

    await().until(() -> loop.offer(weighing(100), 100));
  }

  @Test
  void aTimerRunsOnTheLoopThoughNothingElseHappens() {
    CompletableFuture<Boolean> onLoop = new CompletableFuture<>();
    start(() -> {});
    loop.post(() -> timers.after(2_000_000, () -> onLoop.complete(loop.isCurrent())));

    assertThat(onLoop.join()).isTrue();
  }

  private void start(EventLoopTurnEnd end) {
    loop.start(
        new EventLoop.Turn() {
          @Override
          public boolean pending() {
            return false;
          }

          @Override
          public void end() throws StorageException {
            end.run();
          }
        },
        () -> {}, ended::complete);
  }

  private interface EventLoopTurnEnd {
    void run() throws StorageException;
  }

  private LoopTask task(String run, String abandoned) {
    return new LoopTask() {
      @Override
      public void run() {
        trace.add(run);
      }

      @Override
      public void abandoned() {
        trace.add(abandoned);
      }
    };
  }

  private static LoopTask weighing(int bytes) {
    return new LoopTask() {
      @Override
      public void run() {}

      @Override
      public int weight() {
        return bytes;
      }
    };
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
