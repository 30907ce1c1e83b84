package io.synod.election.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.effect.Clock;
import io.synod.api.message.ElectionMessage.LeaseAsked;
import io.synod.api.message.ElectionMessage.LeaseReleased;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.Settings;
import io.synod.link.Drift;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One voter and one holder, by clocks that differ. */
class LeaseGroupTest {
  private static final NodeId N1 = NodeId.of("n1");
  private static final NodeId N2 = NodeId.of("n2");
  private static final NodeId N3 = NodeId.of("n3");
  private static final long LEASE = 1_000_000;

  private long trueTime;

  /** Shows so many percent of true time, from an origin of its own. */
  private Clock clock(int percent) {
    return new Clock() {
      @Override
      public long nanos() {
        return -77 + trueTime * percent / 100;
      }

      @Override
      public long wallMillis() {
        throw new AssertionError("leases go by clocks that nobody sets");
      }
    };
  }

  private static LeaseAsked asked(long number) {
    return new LeaseAsked(number, LEASE, false);
  }

  /** A voter whose first wait is over. */
  private Grant voter(int percent) {
    Grant grant = new Grant(clock(percent), LEASE);
    grant.waitLongest();
    trueTime += 2 * LEASE;
    return grant;
  }

  private Tenure tenure(int percent, int drift) {
    return new Tenure(
        clock(percent), Drift.usable(LEASE, Settings.DEFAULTS.with(Drift.BOUND, drift)), 7);
  }

  @Test
  void whoStartsGrantsNothingForTheLongestLease() {
    Grant grant = new Grant(clock(100), LEASE);
    grant.waitLongest();
    trueTime += LEASE - 1;
    assertThat(grant.grant(N1, asked(1))).isFalse();
    trueTime++;
    assertThat(grant.grant(N1, asked(1))).isTrue();
  }

  @Test
  void oneAtATimeAndNotForLongerThanAStartWaits() {
    Grant grant = voter(100);
    assertThat(grant.grant(N1, new LeaseAsked(1, LEASE + 1, false))).isFalse();
    assertThat(grant.grant(N1, asked(1))).isTrue();
    assertThat(grant.grant(N2, asked(1))).isFalse();
    trueTime += LEASE / 2;
    assertThat(grant.grant(N1, asked(2))).as("renewed").isTrue();
    trueTime += LEASE - 1;
    assertThat(grant.grant(N2, asked(2))).isFalse();
    trueTime++;
    assertThat(grant.grant(N2, asked(3))).isTrue();
  }

  @Test
  void aReleaseEndsTheGrantThatItNamesAndNoLaterOne() {
    Grant grant = voter(100);
    grant.grant(N1, asked(1));
    grant.release(N2, new LeaseReleased(1));
    grant.grant(N1, asked(2));
    grant.release(N1, new LeaseReleased(1));
    assertThat(grant.grant(N2, asked(9))).as("an old copy").isFalse();
    grant.release(N1, new LeaseReleased(2));
    assertThat(grant.grant(N2, asked(9))).isTrue();
  }

  @Test
  void aMajorityMustHaveGrantedIt() {
    Tenure tenure = tenure(100, 0);
    long number = tenure.ask();
    tenure.granted(N1, number);
    tenure.granted(N1, number);
    tenure.granted(N2, number + 1);
    assertThat(tenure.holds(Set.of(N1, N2, N3))).isFalse();
    tenure.granted(N2, number);
    assertThat(tenure.holds(Set.of(N1, N2, N3))).isTrue();
    assertThat(tenure.holds(Set.of(N1, N3))).as("other voters").isFalse();
    tenure.end();
    assertThat(tenure.holds(Set.of(N1, N2, N3))).isFalse();
    tenure.granted(N1, number);
    assertThat(tenure.holds(Set.of(N1))).as("a grant that comes after the end").isFalse();
  }

  /** Whatever the clocks do within the bound, and however long the grant is on its way. */
  @ParameterizedTest
  @CsvSource({
      "100, 100, 0, 0", "95, 105, 5, 0", "105, 95, 5, 0", "80, 120, 20, 0", "80, 120, 20, 300000",
      "120, 80, 20, 200000", "50, 150, 50, 1000"})
  void theHolderStopsBeforeTheVoterGrantsToAnother(
      int holderPercent, int voterPercent, int drift, long onItsWay) {
    Grant grant = voter(voterPercent);
    Tenure tenure = tenure(holderPercent, drift);
    LeaseAsked asked = asked(tenure.ask());
    trueTime += onItsWay;
    assertThat(grant.grant(N1, asked)).isTrue();
    trueTime += onItsWay;
    tenure.granted(N1, asked.number());
    boolean held = false;
    for (int step = 0; step < 4000; step++) {
      trueTime += 1000;
      boolean holds = tenure.holds(Set.of(N1));
      held |= holds;
      if (grant.grant(N2, asked(99))) {
        assertThat(holds).as("at %s", trueTime).isFalse();
        assertThat(held).isTrue();
        return;
      }
    }
    throw new AssertionError("the grant never ended");
  }
}
