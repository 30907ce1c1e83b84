package io.synod.runtime.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;

import io.synod.api.effect.Clock;
import io.synod.api.effect.Effects;
import io.synod.api.effect.Events;
import io.synod.api.effect.Timers;
import io.synod.api.message.AdmissionMessage.Introduce;
import io.synod.api.message.BroadcastMessage.Progress;
import io.synod.api.model.Configuration;
import io.synod.api.model.Incarnation;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.passive.PassiveStore;
import io.synod.api.passive.Step;
import io.synod.api.passive.View;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Settings;
import io.synod.api.storage.DurableRecord;
import io.synod.api.storage.StorageException;
import io.synod.reconfig.log.LogReconfigPlugin;
import io.synod.register.passive.StandIn;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** One thread for each passive acceptor, which is closed with the node. */
class PassiveThreadTest {
  private static final Incarnation STORE = new Incarnation(7);
  private static final Member D1 = Member.founding("d1", "h:1");

  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch answers = new CountDownLatch(1);

  private static long in(Duration some) {
    return System.nanoTime() + some.toNanos();
  }

  @Test
  void hasEndedOnlyWhenWhatItWasDoingHas() throws InterruptedException {
    StandIn standIn = new StandIn(null, NodeId.of("d1"), context -> null, message -> { });
    PassiveThread thread = new PassiveThread("d1", D1, standIn, () -> {
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

  /** Others take for silent who does not say how it stands. */
  @Test
  void looksHowItStandsHoweverMuchThereIsToDo() throws InterruptedException {
    AtomicInteger looks = new AtomicInteger();
    AtomicReference<PassiveThread> itself = new AtomicReference<>();
    StandIn standIn = new StandIn(
        context(), D1.id(), new LogReconfigPlugin()::create, message -> {
          if (message instanceof Progress) {
            looks.incrementAndGet();
          }
        });
    PassiveThread thread = new PassiveThread("d1", D1, standIn, () -> new PassiveStore() {
      @Override
      public Incarnation incarnation() {
        return STORE;
      }

      @Override
      public List<DurableRecord> own() {
        return List.of();
      }

      /** Something has always come meanwhile. */
      @Override
      public View exchange(Step step) {
        itself.get().onMessage(new Introduce(STORE));
        return View.EMPTY;
      }

      @Override
      public void close() {}
    });
    itself.set(thread);
    thread.start();
    await().until(() -> looks.get() > 2);
    thread.close();
    assertThat(thread.ended(in(Duration.ofSeconds(20)))).isTrue();
  }

  private static LayerContext context() {
    return new LayerContext(
        NodeId.of("n1"), STORE, new Configuration(List.of(D1), "majority"), mock(Effects.class),
        mock(Clock.class), mock(Timers.class), new Random(1), Events.NONE, Settings.DEFAULTS);
  }
}
