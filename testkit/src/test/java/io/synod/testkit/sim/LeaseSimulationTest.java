package io.synod.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.register.lease.LeaseSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * A leader is cut off while it holds a lease, and its successor goes on. As long as the rules of
 * leases are kept no read is stale; with one of them broken the oracle says so. The old leader
 * believes in itself for ever here, so that only the end of its lease stops it.
 */
class LeaseSimulationTest {
  private static final long SEED = 5;

  private final Variant fall = new Variants().fall().with("synod.election.confirm", "self");
  private final Variant longLease = fall.with(LeaseSettings.DURATION, Duration.ofSeconds(10));
  private final Variant shortLease = fall.with(LeaseSettings.DURATION, Duration.ofMillis(100));

  private static CutOffLeader cutOff(Variant variant) {
    CutOffLeader run = new CutOffLeader(variant, SEED);
    run.lead();
    run.cutOff();
    return run;
  }

  @Test
  void theSuccessorWaitsForTheLeaseAndNoReadIsStale() {
    CutOffLeader run = cutOff(shortLease);
    long before = run.applied();
    run.goOn(Duration.ofSeconds(5));
    assertThat(run.violations()).isEmpty();
    assertThat(run.applied()).isGreaterThan(before);
  }

  @Test
  void aLeaseServedAfterItsEndIsFound() {
    CutOffLeader run = cutOff(BrokenLeases.servedAfterExpiry(shortLease));
    run.goOn(Duration.ofSeconds(5));
    assertStaleLeaseRead(run);
  }

  @Test
  void aGrantThatKeepsNobodyOutIsFound() {
    CutOffLeader run = cutOff(BrokenLeases.grantedInVain(longLease));
    run.goOn(Duration.ofSeconds(5));
    assertStaleLeaseRead(run);
  }

  @Test
  void noReadIsStaleWhileClocksDriftWithinTheBound() {
    CutOffLeader run = cutOff(longLease);
    run.driftApart();
    run.goOn(Duration.ofSeconds(14));
    assertThat(run.violations()).isEmpty();
  }

  @Test
  void aLeaseFromWhichTheDriftIsNotTakenIsFound() {
    CutOffLeader run = cutOff(BrokenLeases.driftIgnored(longLease));
    run.driftApart();
    run.goOn(Duration.ofSeconds(14));
    assertStaleLeaseRead(run);
  }

  @Test
  void theTimeOfDayDoesNotMatter() {
    CutOffLeader run = cutOff(longLease);
    run.setBack();
    run.goOn(Duration.ofSeconds(14));
    assertThat(run.violations()).isEmpty();
  }

  @Test
  void aLeaseThatGoesByTheTimeOfDayIsFound() {
    CutOffLeader run = cutOff(BrokenLeases.byWallClock(longLease));
    run.setBack();
    run.goOn(Duration.ofSeconds(14));
    assertStaleLeaseRead(run);
  }

  @Test
  void restartedAcceptorsKeepTheSuccessorWaiting() {
    CutOffLeader run = cutOff(longLease);
    run.restartOthers();
    run.goOn(Duration.ofSeconds(1)); // they tell each other what was decided before
    long before = run.applied();
    run.goOn(Duration.ofSeconds(4));
    assertThat(run.applied()).as("nobody leads before the lease is over").isEqualTo(before);
    run.goOn(Duration.ofSeconds(10));
    assertThat(run.applied()).isGreaterThan(before);
    assertThat(run.violations()).isEmpty();
  }

  @Test
  void aRestartThatDoesNotWaitIsFound() {
    CutOffLeader run = cutOff(BrokenLeases.restartedWithoutWaiting(longLease));
    run.restartOthers();
    run.goOn(Duration.ofSeconds(8));
    assertStaleLeaseRead(run);
  }

  private static void assertStaleLeaseRead(CutOffLeader run) {
    assertThat(run.violations()).isNotEmpty().allSatisfy(violation -> {
      assertThat(violation.property()).isEqualTo("Linearizability");
      assertThat(violation.second()).contains("the read, LEASE, answered");
    });
  }
}
