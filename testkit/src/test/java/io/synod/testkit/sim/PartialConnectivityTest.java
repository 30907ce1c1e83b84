package io.synod.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Five nodes of which the leader and most others lose each other, while a hub still reaches a
 * majority: the patterns of the OmniPaxos paper. Progress needs the hub to lead.
 */
class PartialConnectivityTest {
  private static final long SEED = 3;
  private static final int SIZE = 5;
  private static final Duration A_WHILE = Duration.ofSeconds(2);

  private final Variants variants = new Variants();

  /** What the hub applies from two seconds after the cut on, and who knows it as the leader. */
  private record Seen(long applied, long followers) {}

  private Seen cut(String election, PartitionPattern pattern) {
    CutOffLeader run =
        new CutOffLeader(variants.electing(variants.fall(), election), SEED, SIZE);
    run.lead();
    SimulatedNode hub = run.partition(pattern);
    run.goOn(A_WHILE);
    long before = hub.applied();
    run.goOn(A_WHILE);
    assertThat(run.violations()).isEmpty();
    long followers = run.nodes().stream().filter(node -> node.trusts(hub.id())).count();
    return new Seen(hub.applied() - before, followers);
  }

  @ParameterizedTest
  @CsvSource({"plain", "sloppy", "spring"})
  void whoTrustsAnybodyThatIsHeardIsStuck(String election) {
    assertThat(cut(election, PartitionPattern.QUORUM_LOSS).applied()).isZero();
    assertThat(cut(election, PartitionPattern.CHAINED).applied()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"QUORUM_LOSS", "CONSTRAINED_ELECTION", "CHAINED"})
  void underOmegaTheHubLeadsButItsNeighboursDoNotKnow(PartitionPattern pattern) {
    Seen seen = cut("omega", pattern);
    assertThat(seen.applied()).isGreaterThan(100);
    assertThat(seen.followers()).isEqualTo(1);
  }

  /** All that hear the hub: everybody, everybody but the old leader, one on each side. */
  @ParameterizedTest
  @CsvSource({"QUORUM_LOSS, 5", "CONSTRAINED_ELECTION, 4", "CHAINED, 3"})
  void underQuorumConnectedItsNeighboursFollow(PartitionPattern pattern, int followers) {
    Seen seen = cut("quorum-connected", pattern);
    assertThat(seen.applied()).isGreaterThan(100);
    assertThat(seen.followers()).isEqualTo(followers);
  }
}
