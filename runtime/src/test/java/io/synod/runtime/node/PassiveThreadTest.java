package io.synod.runtime.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.storage.StorageException;
import io.synod.register.passive.StandIn;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Who closes a node waits for its threads at passive acceptors, but not for ever. */
class PassiveThreadTest {
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch answers = new CountDownLatch(1);

  private static long in(Duration some) {
    return System.nanoTime() + some.toNanos();
  }

  @Test
  void hasEndedOnlyWhenWhatItWasDoingHas() throws InterruptedException {
    Member member = Member.founding("d1", "h:1");
    StandIn standIn = new StandIn(null, NodeId.of("d1"), context -> null, message -> { });
    PassiveThread thread = new PassiveThread("d1", member, standIn, () -> {
      entered.countDown();
      try {
        answers.await();
      } catch (InterruptedException e) {
        throw new StorageException("interrupted");
      }
      throw new StorageException("gone");
    });
    thread.start();
    entered.await();
    thread.close();
    assertThat(thread.ended(in(Duration.ofMillis(20)))).as("it hangs").isFalse();
    answers.countDown();
    assertThat(thread.ended(in(Duration.ofSeconds(20)))).isTrue();
  }
}
