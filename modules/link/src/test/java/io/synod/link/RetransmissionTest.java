package io.synod.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.effect.Clock;
import io.synod.api.effect.Timers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** s-send: what is not answered is done again, ever more seldom, until nobody wants it. */
class RetransmissionTest {
  private final ManualTime time = new ManualTime();
  private final List<Long> resentAt = new ArrayList<>();
  private final Retransmission resend =
      new Retransmission(time, time, 10, 40, () -> resentAt.add(time.now));

  private static final class ManualTime implements Timers, Clock {
    private final List<Due> due = new ArrayList<>();
    private long now = 1000;

    private record Due(long at, Runnable task) {}

    @Override
    public Timer after(long delayNanos, Runnable task) {
      Due entry = new Due(now + delayNanos, task);
      due.add(entry);
      return () -> due.remove(entry);
    }

    @Override
    public long nanos() {
      return now;
    }

    @Override
    public long wallMillis() {
      return 0;
    }

    void until(long then) {
      while (now < then) {
        now++;
        for (Due entry : List.copyOf(due)) {
          if (entry.at() <= now && due.remove(entry)) {
            entry.task().run();
          }
        }
      }
    }
  }

  @Test
  void theDelayDoublesUpToItsCapWhileNothingComesBack() {
    resend.begin();
    time.until(1200);
    assertThat(resentAt).containsExactly(1010L, 1030L, 1070L, 1110L, 1150L, 1190L);
  }

  @Test
  void anAnswerStartsTheDelayAnew() {
    resend.begin();
    time.until(1035);
    assertThat(resentAt).containsExactly(1010L, 1030L);
    resend.answered();
    time.until(1085);
    assertThat(resentAt).as("the timer that runs is not moved, but what follows is short again")
        .containsExactly(1010L, 1030L, 1070L);
  }

  @Test
  void nothingIsSentAgainWhileAnswersCome() {
    resend.begin();
    for (long at = 1005; at < 1200; at += 5) {
      time.until(at);
      resend.answered();
    }
    assertThat(resentAt).isEmpty();
    time.until(1206);
    assertThat(resentAt).as("ten after the last answer at 1195").containsExactly(1205L);
  }

  @Test
  void whoIsReachedWithoutAnAnswerIsSentItAgainAndSoonerThanOneWhoIsSilent() {
    resend.begin();
    for (long at = 1005; at < 1100; at += 5) {
      time.until(at);
      resend.reached();
    }
    assertThat(resentAt).containsExactly(1010L, 1030L, 1050L, 1070L, 1090L);
  }

  @Test
  void afterTheEndNothingIsSentAndNoTimerIsLeft() {
    resend.begin();
    assertThat(resend.waiting()).isTrue();
    time.until(1015);
    resend.end();
    assertThat(resend.waiting()).isFalse();
    assertThat(time.due).isEmpty();
    time.until(1200);
    assertThat(resentAt).containsExactly(1010L);
  }

  @Test
  void anEndWithinTheResendLeavesNoTimerEither() {
    Retransmission[] self = new Retransmission[1];
    self[0] = new Retransmission(time, time, 10, 40, () -> self[0].end());
    self[0].begin();
    time.until(1100);
    assertThat(self[0].waiting()).isFalse();
    assertThat(time.due).isEmpty();
  }

  @Test
  void toBeginTwiceIsToBeginOnce() {
    resend.begin();
    time.until(1004);
    resend.begin();
    assertThat(time.due).hasSize(1);
    time.until(1010);
    assertThat(resentAt).containsExactly(1010L);
  }

  @Test
  void aNewBeginningForgetsHowSlowItHadBecome() {
    resend.begin();
    time.until(1100);
    resend.end();
    resentAt.clear();
    resend.begin();
    time.until(1135);
    assertThat(resentAt).containsExactly(1110L, 1130L);
  }
}
