package io.synod.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.message.RegisterMessage.Accepted;
import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.plugin.Settings;
import io.synod.quorum.MajorityPlugin;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VoteCountTest {
  private static final NodeId N1 = NodeId.of("n1");
  private static final NodeId N2 = NodeId.of("n2");
  private static final NodeId N3 = NodeId.of("n3");
  private static final Ballot FIRST = new Ballot(1, N1, 0);
  private static final Configuration ALL = members("n1", "n2", "n3");

  private final FakeBroadcast broadcast = new FakeBroadcast();
  private Optional<OneC> stored = Optional.empty();
  private final VoteCount count = new VoteCount(N2, () -> stored, broadcast,
      configuration -> new MajorityPlugin().create(configuration, Settings.DEFAULTS));

  private static Configuration members(String... ids) {
    return new Configuration(
        List.of(ids).stream().map(id -> Member.founding(id, id + ":1")).toList(), "majority");
  }

  private void stores(Ballot ballot, Configuration configuration) {
    stored = Optional.of(
        new OneC(ballot, Era.ZERO, configuration, InstanceId.FIRST, List.of()));
  }

  private void votes(NodeId from, Ballot ballot, long upTo) {
    count.onAccepted(from, new Accepted(ballot, new Incarnation(7), InstanceId.of(upTo)));
  }

  @Test
  void whatAQuorumHasVotedForIsChosen() {
    stores(FIRST, ALL);
    votes(N1, FIRST, 3);
    assertThat(broadcast.decisionsHeard()).isEmpty();
    votes(N2, FIRST, 2);
    assertThat(broadcast.decisionsHeard()).containsExactly("n1 " + FIRST + " 2");
  }

  @Test
  void itWaitsForTheOwnVoteSinceThatHasTheValue() {
    stores(FIRST, ALL);
    votes(N1, FIRST, 3);
    votes(N3, FIRST, 3);
    assertThat(broadcast.decisionsHeard()).isEmpty();
    votes(N2, FIRST, 3);
    assertThat(broadcast.decisionsHeard()).containsExactly("n1 " + FIRST + " 3");
  }

  @Test
  void votesOfAnotherBallotDoNotCount() {
    stores(FIRST, ALL);
    votes(N2, FIRST, 3);
    votes(N3, new Ballot(2, N3, 0), 3);
    votes(N3, FIRST.nextInPlace(), 3);
    assertThat(broadcast.decisionsHeard()).isEmpty();
  }

  @Test
  void aNewBallotBeginsWithoutVotesAndWithItsOwnQuorums() {
    stores(FIRST, ALL);
    votes(N1, FIRST, 3);
    stores(FIRST.nextInPlace(), members("n1", "n2", "n3", "n4", "n5"));
    votes(N2, FIRST.nextInPlace(), 3);
    votes(N3, FIRST.nextInPlace(), 3);
    assertThat(broadcast.decisionsHeard()).as("two of five").isEmpty();
    votes(NodeId.of("n5"), FIRST.nextInPlace(), 3);
    assertThat(broadcast.decisionsHeard()).hasSize(1);
  }

  @Test
  void strangersAndOtherStoresDoNotCount() {
    Configuration named = new Configuration(
        ALL.members().stream().map(member -> new Member(
            member.id(), new Incarnation(9), member.acceptor(), member.role()))
            .toList(), "majority");
    stores(FIRST, named);
    votes(N1, FIRST, 3);
    votes(N2, FIRST, 3);
    votes(NodeId.of("n9"), FIRST, 3);
    assertThat(broadcast.decisionsHeard()).as("the stores named are others").isEmpty();
  }

  @Test
  void theLeaderLeavesItToItsRegister() {
    stores(new Ballot(1, N2, 0), ALL);
    votes(N1, new Ballot(1, N2, 0), 3);
    votes(N2, new Ballot(1, N2, 0), 3);
    assertThat(broadcast.decisionsHeard()).isEmpty();
  }
}
