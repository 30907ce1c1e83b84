package io.synod.consensus.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.ConsensusMode;
import io.synod.api.model.Era;
import io.synod.api.model.Incarnation;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.model.Role;
import io.synod.api.reconfig.Authority;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A ballot has one owner, whatever the stores that answer under one id have seen. */
class BallotsTest {
  private static final NodeId N1 = NodeId.of("n1");
  private static final NodeId N2 = NodeId.of("n2");
  private static final Configuration FOUNDERS =
      new Configuration(List.of(Member.founding("n1", "h:1")), "majority");
  private static final Incarnation FIRST = new Incarnation(1);
  private static final Incarnation SECOND = new Incarnation(2);
  private static final Incarnation THIRD = new Incarnation(3);

  private final Authority authority =
      new World(ConsensusMode.FAST, FOUNDERS).node(N1).authority();

  private static Ballot of(long n, NodeId proposer) {
    return new Ballot(n, proposer, 0);
  }

  private Ballots ofStore(Incarnation store) {
    return new Ballots(N1, store, authority);
  }

  private void names(long era, Incarnation store) {
    authority.learn(new Era(era), new Configuration(
        List.of(new Member(N1, store, URI.create("node://h:1"), Role.ACCEPTOR)), "majority"));
  }

  private static Ballot above(Ballots ballots, Ballot seen) {
    ballots.seen(seen);
    return ballots.next();
  }

  @Test
  void aFounderCounts() {
    Ballots ballots = ofStore(FIRST);
    assertThat(ballots.next()).isEqualTo(of(1, N1));
    assertThat(above(ballots, of(1, N2))).isEqualTo(of(2, N1));
    assertThat(above(ballots, of(998, N2))).isEqualTo(of(999, N1));
    assertThat(above(ballots, of(999, N2))).isEqualTo(of(1000, N1));
    assertThat(above(ballots, of(1003, N2))).isEqualTo(of(2000, N1));
  }

  @Test
  void aStoreThatAnEraNamesUsesBallotsOfItsOwn() {
    names(3, SECOND);
    Ballots ballots = ofStore(SECOND);
    assertThat(ballots.next()).isEqualTo(of(1003, N1));
    assertThat(above(ballots, of(1003, N1))).isEqualTo(of(2003, N1));
    assertThat(above(ballots, of(5999, N2))).isEqualTo(of(6003, N1));
  }

  @Test
  void noTwoStoresUnderOneIdUseABallotWhateverTheyHaveSeen() {
    names(1, SECOND);
    names(2, THIRD);
    names(999, THIRD);
    Set<Ballot> used = new HashSet<>();
    for (Incarnation store : List.of(FIRST, SECOND, THIRD)) {
      Set<Ballot> own = new HashSet<>();
      for (long seen = 0; seen < 5_000; seen++) {
        own.add(above(ofStore(store), of(seen, N2)));
      }
      assertThat(used).doesNotContainAnyElementsOf(own);
      used.addAll(own);
    }
  }

  @Test
  void noBallotIsBegunBelowOneThatWasSeen() {
    Ballots ballots = ofStore(FIRST);
    ballots.begin(ballots.next());
    assertThat(ballots.highest()).isEqualTo(of(1, N1));
    ballots.seen(of(4, N2));
    assertThatThrownBy(() -> ballots.begin(of(4, N1)))
        .hasMessageContaining("ballot (4,n1,0) is not above all seen, (4,n2,0)");
  }
}
