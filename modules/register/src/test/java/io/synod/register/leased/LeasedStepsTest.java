package io.synod.register.leased;

import static io.synod.register.Fixtures.N1;
import static io.synod.register.Fixtures.N2;
import static io.synod.register.Fixtures.N3;
import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Several processes at one plain memory: what an acceptor has answered stays true, unless a claim
 * is believed at once.
 */
class LeasedStepsTest {
  private static final int SEEDS = 60;
  private static final long MILLI = 1_000_000;
  private static final long WRITE = 100 * MILLI;
  private static final int DRIFT = 20;
  private static final LeaseTimes TIMES = LeaseTimes.within(WRITE, 2_000 * MILLI, DRIFT);
  private static final long END = 120_000 * MILLI;

  /** Times in which a claim is believed at once. */
  private static LeaseTimes unsettled(LeaseTimes right) {
    return new LeaseTimes(right.write(), right.term(), right.margin(), 0, right.expiry());
  }

  /** What is wrong after a run; nothing if all is well. */
  private static String flaw(long seed, LeaseTimes times, boolean progresses) {
    Random random = new Random(seed);
    PlainMemory memory = new PlainMemory(random, WRITE);
    AnsweredSteps answered = new AnsweredSteps();
    List<NodeId> processes = random.nextBoolean() ? List.of(N1, N2) : List.of(N1, N2, N3);
    for (NodeId process : processes) {
      double rate = 1 + DRIFT / 100.0 * (random.nextBoolean() ? 1 : -1);
      new Rival(process, memory, random, new Rival.Clocked(times, rate), answered).begin();
    }
    memory.runUntil(END);
    if (progresses) {
      assertThat(answered.size()).as("steps of seed " + seed).isGreaterThan(10);
    }
    return answered.flaw(SharedArea.of(memory.area).view(Optional.of(InstanceId.FIRST)));
  }

  private static Optional<String> flaw(UnaryOperator<LeaseTimes> change) {
    LeaseTimes times = change.apply(TIMES);
    return LongStream.range(0, SEEDS).mapToObj(seed -> flaw(seed, times, false))
        .filter(flaw -> !flaw.isEmpty()).findFirst();
  }

  @Test
  void whatWasAnsweredStaysTrueHoweverProcessesStandStillAndClocksDrift() {
    for (long seed = 0; seed < SEEDS; seed++) {
      assertThat(flaw(seed, TIMES, true)).as("seed " + seed).isEmpty();
    }
  }

  @Test
  void aClaimThatIsNotReadAgainAfterAWhileIsNoClaim() {
    assertThat(flaw(LeasedStepsTest::unsettled)).isPresent();
  }
}
