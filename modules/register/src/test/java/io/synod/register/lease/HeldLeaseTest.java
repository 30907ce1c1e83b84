package io.synod.register.lease;

import static io.synod.register.Fixtures.N1;
import static io.synod.register.Fixtures.N2;
import static io.synod.register.Fixtures.N3;
import static io.synod.register.Fixtures.STORE;
import static io.synod.register.Fixtures.THREE;
import static io.synod.register.Fixtures.ballot;
import static io.synod.register.Fixtures.oneC;
import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.message.RegisterMessage.Lease;
import io.synod.api.message.RegisterMessage.Leased;
import io.synod.api.model.Ballot;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.plugin.Settings;
import io.synod.api.register.Acceptor;
import io.synod.quorum.MajorityPlugin;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The leader stops relying on a lease before any acceptor stops granting it. */
class HeldLeaseTest {
  private static final long MILLI = 1_000_000;
  private static final Ballot B1 = ballot(1, N1);
  private static final Settings HALF_SECOND = Settings.DEFAULTS
      .with(LeaseSettings.DURATION, Duration.ofMillis(500)).with(LeaseSettings.DRIFT, 5);

  private final DriftingClock clock = new DriftingClock();
  private final List<Lease> asked = new ArrayList<>();
  private HeldLease lease;

  @BeforeEach
  void leader() {
    lease = lease(HALF_SECOND);
    begin(oneC(B1, 1));
  }

  private HeldLease lease(Settings settings) {
    return new HeldLease(clock.context(settings));
  }

  private void begin(OneC oneC) {
    lease.begin(
        oneC, List.of(acceptor(asked), acceptor(new ArrayList<>())),
        new MajorityPlugin().create(THREE.acceptors(), Settings.DEFAULTS));
  }

  private static Acceptor acceptor(List<Lease> requests) {
    return (Acceptor) Proxy.newProxyInstance(
        HeldLeaseTest.class.getClassLoader(), new Class<?>[] {Acceptor.class},
        (proxy, method, args) -> {
          assertThat(method.getName()).isEqualTo("lease");
          return requests.add((Lease) args[0]) ? null : null;
        });
  }

  private void grant(Lease request, NodeId... by) {
    for (NodeId id : by) {
      lease.onLeased(id, new Leased(request.ballot(), STORE, request.number()));
    }
  }

  private Lease want() {
    asked.clear();
    lease.want();
    assertThat(asked).hasSize(1);
    return asked.get(0);
  }

  @Test
  void itHoldsOnceAWriteQuorumGranted() {
    Lease request = want();
    assertThat(request.nanos()).isEqualTo(500 * MILLI);
    grant(request, N2);
    grant(request, N2);
    assertThat(lease.holds()).isFalse();
    grant(request, N3);
    assertThat(lease.holds()).isTrue();
  }

  @Test
  void itCountsFromTheSendingOfTheRequestLessTheDrift() {
    Lease request = want();
    clock.advance(400 * MILLI);
    grant(request, N1, N2);
    assertThat(lease.holds()).isTrue();
    clock.advance(52 * MILLI);
    assertThat(lease.holds()).as("500 ms * 0.95 / 1.05 is 452.38 ms").isTrue();
    clock.advance(MILLI);
    assertThat(lease.holds()).isFalse();
  }

  @Test
  void anAnswerThatComesTooLateGivesNothing() {
    Lease request = want();
    clock.advance(453 * MILLI);
    grant(request, N1, N2, N3);
    assertThat(lease.holds()).isFalse();
  }

  @Test
  void aPausedLeaderLooksAtTheClockWhenItWakes() {
    grant(want(), N1, N2);
    assertThat(lease.holds()).isTrue();
    clock.advance(Duration.ofSeconds(3).toNanos());
    assertThat(lease.holds()).isFalse();
    lease.want();
    assertThat(lease.holds()).as("asked for again, not granted yet").isFalse();
  }

  @Test
  void itIsRenewedAtHalfTimeAndOnlyWhenWanted() {
    grant(want(), N1, N2);
    clock.advance(200 * MILLI);
    asked.clear();
    lease.want();
    assertThat(asked).isEmpty();
    clock.advance(30 * MILLI);
    assertThat(asked).as("nobody wanted it").isEmpty();
    Lease renewal = want();
    grant(renewal, N1, N2);
    clock.advance(440 * MILLI);
    assertThat(lease.holds()).isTrue();
  }

  @Test
  void theGrantsOfAFormerRequestDoNotCountForALaterOne() {
    final Lease first = want();
    clock.advance(300 * MILLI);
    final Lease second = want();
    grant(first, N1, N2, N3);
    assertThat(lease.holds()).isFalse();
    grant(second, N1);
    grant(new Leased(B1.nextInPlace(), STORE, second.number()));
    assertThat(lease.holds()).isFalse();
    grant(second, N2);
    assertThat(lease.holds()).isTrue();
  }

  private void grant(Leased reply) {
    lease.onLeased(N3, reply);
  }

  @Test
  void aRenewalByFewKeepsWhatAllGrantedBefore() {
    grant(want(), N1, N2);
    clock.advance(300 * MILLI);
    grant(want(), N2);
    assertThat(lease.holds()).isTrue();
    clock.advance(153 * MILLI);
    assertThat(lease.holds()).as("one acceptor is no write quorum").isFalse();
  }

  @Test
  void theBallotThatFollowsInPlaceGoesOnWithIt() {
    final Lease request = want();
    grant(request, N1);
    begin(oneC(B1.nextInPlace(), 2));
    grant(request, N2);
    assertThat(lease.holds()).isTrue();
  }

  @Test
  void anotherEraOrAnotherTermEndsIt() {
    grant(want(), N1, N2);
    begin(new OneC(B1.nextInPlace(), new Era(1), THREE, InstanceId.of(2), List.of()));
    assertThat(lease.holds()).isFalse();
    grant(want(), N1, N2);
    assertThat(lease.holds()).isTrue();
    begin(new OneC(ballot(2, N1), new Era(1), THREE, InstanceId.of(2), List.of()));
    assertThat(lease.holds()).isFalse();
  }

  @Test
  void whoIsDeposedOrResignsHasNone() {
    final Lease request = want();
    grant(request, N1, N2);
    lease.end();
    assertThat(lease.holds()).isFalse();
    grant(request, N1, N2, N3);
    lease.want();
    assertThat(lease.holds()).isFalse();
    assertThat(asked).as("no ballot, no request").hasSize(1);
  }

  @Test
  void withoutADurationNobodyIsAsked() {
    lease = lease(HALF_SECOND.with(LeaseSettings.DURATION, Duration.ZERO));
    begin(oneC(B1, 1));
    lease.want();
    assertThat(asked).isEmpty();
    assertThat(lease.holds()).isFalse();
  }

  /** Whether some clocks within five percent make the leader outlast an acceptor's promise. */
  private boolean outlasts(int assumedDrift, Random random) {
    Settings settings = HALF_SECOND.with(LeaseSettings.DRIFT, assumedDrift);
    DriftingClock leaders = clock;
    DriftingClock acceptors = new DriftingClock();
    leaders.rate(random.nextBoolean() ? 0.95 : 1.05);
    acceptors.rate(random.nextBoolean() ? 0.95 : 1.05);
    GrantedLease granted = new GrantedLease(acceptors.context(settings));
    lease = lease(settings);
    begin(oneC(B1, 1));
    Lease request = want();
    DriftingClock.advance(random.nextInt(3) * MILLI, leaders, acceptors);
    assertThat(granted.grant(N1, request.nanos())).isTrue();
    DriftingClock.advance(random.nextInt(3) * MILLI, leaders, acceptors);
    grant(request, N1, N2);
    for (int i = 0; i < 2000; i++) {
      if (lease.holds() && !granted.keepsOut(N2)) {
        return true;
      }
      DriftingClock.advance(MILLI / 3, leaders, acceptors);
    }
    return false;
  }

  @Test
  void theDriftOfBothClocksIsWithinTheBound() {
    Random random = new Random(11);
    for (int i = 0; i < 40; i++) {
      assertThat(outlasts(5, random)).isFalse();
    }
  }

  @Test
  void aBoundThatIsTooSmallWouldShow() {
    Random random = new Random(11);
    boolean shown = false;
    for (int i = 0; i < 40; i++) {
      shown |= outlasts(3, random);
    }
    assertThat(shown).isTrue();
  }
}
