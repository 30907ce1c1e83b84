package io.synod.register.lease;

import static io.synod.register.Fixtures.N1;
import static io.synod.register.Fixtures.N2;
import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.plugin.Settings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What an acceptor grants it keeps, on its own clock, and not a moment longer than it must. */
class GrantedLeaseTest {
  private static final long MILLI = 1_000_000;

  private final DriftingClock clock = new DriftingClock();
  private final GrantedLease lease = new GrantedLease(clock.context(
      Settings.DEFAULTS.with(LeaseSettings.DURATION, Duration.ofMillis(500))));

  @Test
  void othersAreKeptOutUntilItIsOver() {
    assertThat(lease.keepsOut(N2)).isFalse();
    assertThat(lease.grant(N1, 300 * MILLI)).isTrue();
    clock.advance(300 * MILLI - 1);
    assertThat(lease.keepsOut(N2)).isTrue();
    assertThat(lease.grant(N2, MILLI)).as("it is promised to another").isFalse();
    assertThat(lease.keepsOut(N1)).isFalse();
    clock.advance(1);
    assertThat(lease.keepsOut(N2)).isFalse();
    assertThat(lease.grant(N2, MILLI)).isTrue();
    assertThat(lease.keepsOut(N1)).isTrue();
  }

  @Test
  void aLaterGrantNeverShortensAnEarlierOne() {
    lease.grant(N1, 500 * MILLI);
    lease.grant(N1, MILLI);
    clock.advance(499 * MILLI);
    assertThat(lease.keepsOut(N2)).isTrue();
  }

  @Test
  void nothingIsGrantedForLongerThanARestartWouldWait() {
    assertThat(lease.grant(N1, 500 * MILLI + 1)).isFalse();
    assertThat(lease.grant(N1, 0)).isFalse();
    assertThat(lease.keepsOut(N2)).isFalse();
  }

  @Test
  void whatAFormerLifeMayHaveGrantedLastsTheLongestTime() {
    lease.mayHaveGranted(N1);
    assertThat(lease.keepsOut(N1)).isFalse();
    clock.advance(500 * MILLI - 1);
    assertThat(lease.keepsOut(N2)).isTrue();
    clock.advance(1);
    assertThat(lease.keepsOut(N2)).isFalse();
  }
}
