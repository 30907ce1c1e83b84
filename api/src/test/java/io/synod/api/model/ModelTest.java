package io.synod.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The nouns refuse what makes no sense and are ordered as the algorithms need. */
class ModelTest {
  private static final NodeId N1 = NodeId.of("n1");
  private static final NodeId N2 = NodeId.of("n2");

  @Test
  void ballotsAreOrderedByNumberThenProposerThenPlace() {
    List<Ballot> ascending = List.of(
        Ballot.BOTTOM, new Ballot(1, N1, 0), new Ballot(1, N1, 7), new Ballot(1, N2, 0),
        new Ballot(1, NodeId.of("n10"), 0), new Ballot(2, N1, 0));
    for (int i = 0; i < ascending.size(); i++) {
      for (int j = 0; j < ascending.size(); j++) {
        Ballot a = ascending.get(i);
        Ballot b = ascending.get(j);
        assertThat(Integer.signum(a.compareTo(b))).isEqualTo(Integer.compare(i, j));
        assertThat(a.before(b)).isEqualTo(i < j);
        assertThat(Ballot.max(a, b)).isEqualTo(ascending.get(Math.max(i, j)));
      }
    }
  }

  @Test
  void nobodyCanStartABallotBetweenTwoInPlace() {
    Ballot mine = new Ballot(3, N1, 4);
    Ballot next = mine.nextInPlace();
    assertThat(next).isEqualTo(new Ballot(3, N1, 5));
    assertThat(next.before(mine.nextFor(N1))).isTrue();
    assertThat(next.before(mine.nextFor(N2))).isTrue();
    assertThat(next.before(new Ballot(3, N2, 0))).isTrue();
  }

  @Test
  void aNodesNextBallotIsAboveWhateverItWasMadeFrom() {
    Ballot rival = new Ballot(9, N2, 3);
    assertThat(rival.nextFor(N1)).isEqualTo(new Ballot(10, N1, 0));
    assertThat(rival.before(rival.nextFor(N1))).isTrue();
  }

  @Test
  void bottomIsBelowEveryBallotThatCanBeStarted() {
    assertThat(Ballot.BOTTOM.before(Ballot.BOTTOM.nextFor(N1))).isTrue();
    assertThat(Ballot.BOTTOM.before(new Ballot(0, N1, 0))).isTrue();
  }

  @Test
  void ballotsOutOfRangeAreRefused() {
    assertThat(new Ballot(Ballot.MAX_N, N1, 0).n()).isEqualTo(Ballot.MAX_N);
    assertThatThrownBy(() -> new Ballot(Ballot.MAX_N + 1, N1, 0)).hasMessageContaining("range");
    assertThatThrownBy(() -> new Ballot(-1, N1, 0)).hasMessageContaining("range");
    assertThatThrownBy(() -> new Ballot(1, N1, -1)).hasMessageContaining("range");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a/b", "a.b", "é", "n1\n"})
  void nodeIdsThatCouldNotBeAFileNameAreRefused(String name) {
    assertThatThrownBy(() -> NodeId.of(name)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + name + "'");
  }

  @Test
  void nodeIdsHaveAtMostSixtyFourCharacters() {
    assertThat(NodeId.of("x".repeat(64)).name()).hasSize(64);
    assertThatThrownBy(() -> NodeId.of("x".repeat(65))).hasMessageContaining("64");
  }

  @Test
  void nodeTwoPrecedesNodeTen() {
    List<NodeId> ids = new ArrayList<>(List.of(NodeId.of("n10"), N2, NodeId.of("n1")));
    ids.sort(null);
    assertThat(ids).containsExactly(N1, N2, NodeId.of("n10"));
  }

  @Test
  void instancesCountFromOneAndAreNeverNegative() {
    assertThat(InstanceId.NONE.next()).isEqualTo(InstanceId.FIRST);
    assertThat(InstanceId.of(5).plus(-2)).isEqualTo(InstanceId.of(3));
    assertThat(InstanceId.of(5).minus(InstanceId.of(7))).isEqualTo(-2);
    assertThat(InstanceId.of(5).before(InstanceId.of(6))).isTrue();
    assertThat(InstanceId.of(5).before(InstanceId.of(5))).isFalse();
    assertThat(InstanceId.max(InstanceId.of(5), InstanceId.of(7))).isEqualTo(InstanceId.of(7));
    assertThatThrownBy(() -> InstanceId.NONE.plus(-1)).hasMessageContaining("-1");
  }

  @Test
  void erasAreOrderedAndNeverNegative() {
    assertThat(Era.ZERO.compareTo(Era.ZERO.next())).isNegative();
    assertThat(Era.ZERO.next()).isEqualTo(new Era(1));
    assertThatThrownBy(() -> new Era(-1)).hasMessageContaining("-1");
  }

  @Test
  void valuesAreEqualByTheirBytesAndAnUnknownKindIsRefused() {
    Value value = Value.of(new byte[] {1, 2});
    assertThat(value).isEqualTo(Value.of(new byte[] {1, 2})).isNotEqualTo(Value.SKIP);
    assertThat(value).hasSameHashCodeAs(Value.of(new byte[] {1, 2}));
    assertThat(value.kind()).isEqualTo(Value.Kind.BATCH);
    assertThat(value.size()).isEqualTo(2);
    assertThat(Value.of(new byte[] {0})).isSameAs(Value.SKIP);
    assertThat(Value.of(new byte[] {2}).kind()).isEqualTo(Value.Kind.RECONFIGURE);
    for (byte[] bad : List.of(new byte[0], new byte[] {3}, new byte[] {-1})) {
      assertThatThrownBy(() -> Value.of(bad)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aConfigurationIsInTheOrderOfIdsWhateverOrderItIsWrittenIn() {
    Configuration written = new Configuration(
        List.of(Member.founding("n10", "h:1"), Member.founding("n2", "h:2")), "majority");
    assertThat(written.ids()).containsExactly(N2, NodeId.of("n10"));
    assertThat(written.member(N2)).map(Member::acceptor)
        .hasValueSatisfying(uri -> assertThat(uri).hasToString("node://h:2"));
    assertThat(written.member(N1)).isEmpty();
  }

  @Test
  void aModeIsPartOfAConfigurationAndGoesAlongWhereOtherPartsChange() {
    Configuration one = new Configuration(List.of(Member.founding("n1", "h:1")), "majority");
    Configuration classic = one.mode(ConsensusMode.CLASSIC);
    assertThat(one.mode()).isEmpty();
    assertThat(classic.mode()).contains(ConsensusMode.CLASSIC);
    assertThat(classic.sameSeats(one)).isFalse();
    assertThat(classic.quorum("all").mode()).isEqualTo(classic.mode());
    assertThat(classic.members(List.of(Member.founding("n2", "h:2"))).mode())
        .isEqualTo(classic.mode());
    assertThat(ConsensusMode.parse("fast")).isEqualTo(ConsensusMode.FAST);
    assertThatThrownBy(() -> ConsensusMode.parse("slow"))
        .hasMessageContaining("'slow'").hasMessageContaining("classic, fast");
  }

  @Test
  void learnersCountInNoQuorum() {
    Member one = Member.founding("n1", "h:1");
    Member learner = new Member(N2, Incarnation.FOUNDING, one.acceptor(), Role.LEARNER);
    Configuration both = new Configuration(List.of(learner, one), "majority");
    assertThat(both.ids()).containsExactly(N1, N2);
    assertThat(both.acceptors()).containsExactly(N1);
    assertThatThrownBy(() -> new Configuration(List.of(learner), "majority"))
        .hasMessageContaining("acceptor");
  }

  @Test
  void twoMembersOfOneIdAreRefusedByName() {
    List<Member> twice = List.of(Member.founding("n1", "h:1"), Member.founding("n1", "h:2"));
    assertThatThrownBy(() -> new Configuration(twice, "majority")).hasMessageContaining("n1");
  }

  @Test
  void theWindowOfAOneCEndsWhereFreedomBegins() {
    Configuration one = new Configuration(List.of(Member.founding("n1", "h:1")), "majority");
    Ballot ballot = new Ballot(1, N1, 0);
    List<Value> window = List.of(Value.SKIP, Value.SKIP);
    assertThat(new OneC(ballot, Era.ZERO, one, InstanceId.of(4), window).windowEnd())
        .isEqualTo(InstanceId.of(5));
    assertThat(new OneC(ballot, Era.ZERO, one, InstanceId.of(4), List.of()).windowEnd())
        .isEqualTo(InstanceId.of(3));
  }

  @Test
  void aBrokenInvariantShowsBothFacts() {
    Invariant.check(true, "%s %s", 1, 2);
    Invariant.atLeast(3, 3, "width");
    assertThatThrownBy(() -> Invariant.check(false, "%s is not %s", 1, 2))
        .isInstanceOf(Invariant.Broken.class).hasMessage("1 is not 2");
    assertThatThrownBy(() -> Invariant.atLeast(2, 3, "width")).hasMessage("width: 2 is below 3");
    assertThat(Invariant.broken("%s, %s", 1, 2)).hasMessage("1, 2");
  }
}
