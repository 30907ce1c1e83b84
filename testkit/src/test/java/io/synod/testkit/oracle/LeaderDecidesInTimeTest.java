package io.synod.testkit.oracle;

import static io.synod.testkit.oracle.Recorded.N1;
import static io.synod.testkit.oracle.Recorded.N2;

import org.junit.jupiter.api.Test;

/** T_el is 300 ms and Δ 10 ms here: a decision must come within 390 ms. */
class LeaderDecidesInTimeTest {
  private static final long MILLI = 1_000_000;
  private static final long DELTA = 10 * MILLI;

  private final Recorded findings = new Recorded();
  private final LeaderDecidesInTime oracle =
      new LeaderDecidesInTime(findings, 300 * MILLI, 1_000 * MILLI);

  @Test
  void aDecisionWithinTheBoundIsEnough() {
    oracle.leads(N1, 2_000 * MILLI, 7);
    oracle.judge(2_390 * MILLI, 7, DELTA);
    oracle.judge(9_000 * MILLI, 8, DELTA);
    findings.green();
  }

  @Test
  void aStableLeaderThatDecidesNothingInTimeIsRed() {
    oracle.leads(N1, 2_000 * MILLI, 7);
    oracle.judge(2_391 * MILLI, 7, DELTA);
    findings.red(LeaderDecidesInTime.class, "nothing beyond instance 7");
  }

  @Test
  void timeCountsFromWhenLinksAreHealthy() {
    oracle.leads(N1, 0, 7);
    oracle.judge(1_390 * MILLI, 7, DELTA);
    findings.green();
    oracle.judge(1_391 * MILLI, 7, DELTA);
    findings.red(LeaderDecidesInTime.class, "all trust n1");
  }

  @Test
  void anotherLeaderHasTimeOfItsOwn() {
    oracle.leads(N1, 2_000 * MILLI, 7);
    oracle.ends();
    oracle.judge(9_000 * MILLI, 7, DELTA);
    oracle.leads(N2, 9_000 * MILLI, 7);
    oracle.judge(9_390 * MILLI, 7, DELTA);
    findings.green();
  }
}
