package io.synod.consensus.rounds;

import static io.synod.consensus.rounds.FakeRegister.value;
import static io.synod.consensus.rounds.World.N1;
import static io.synod.consensus.rounds.World.N3;
import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.model.Configuration;
import io.synod.api.model.ConsensusMode;
import io.synod.api.model.Era;
import io.synod.api.model.Incarnation;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.model.Reconfigure;
import io.synod.api.model.Value;
import io.synod.quorum.WinterPlugin;
import io.synod.register.acceptor.Durability;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Deconstructing Paxos, figures 15 and 16: no stable storage, n = 4, nf = 1. */
class WinterTranscriptTest {
  private static final NodeId N4 = NodeId.of("n4");
  private static final String QUORUM = "winter:crashes=1";
  private static final Configuration FOUR = four(Incarnation.FOUNDING);

  private final World world = new World(ConsensusMode.FAST, FOUR, new Layers(
      Durability.VOLATILE, new WinterPlugin(), Layers.FALL.authority()));
  private final WorldNode leader = world.node(N1);
  private final Transcript transcript = new Transcript();

  private static Configuration four(Incarnation storeOfLast) {
    Member last = Member.founding("n4", "h:4");
    return new Configuration(Stream.concat(World.THREE.members().stream(), Stream.of(
        new Member(last.id(), storeOfLast, last.acceptor(), last.role()))).toList(), QUORUM);
  }

  private void run(String what) {
    transcript.heading(what);
    leader.turn(List.of());
    List<World.Sent> taken = world.step();
    while (!taken.isEmpty()) {
      transcript.delay(taken);
      taken = world.step();
    }
  }

  private void decided(Value... values) {
    assertThat(leader.decided()).containsExactly(values);
    transcript.line("decided " + leader.decided().stream().map(FakeRegister::tag).toList());
  }

  @Test
  void aMemberLosesItsMemoryIsNotWaitedForAndVotesAgainAsANewStore() throws IOException {
    leader.lead();
    run("n1 leads: the answers of max(nf + 1, n - nf - |R|) = 3 count");
    leader.proposer().propose(value(1));
    world.hold(sent -> sent.to().equals(N4) || sent.from().equals(N3));
    run("n4 has crashed and n3 is slow: two 2b's are not enough");
    decided();
    world.lose(sent -> sent.to().equals(N4));
    WorldNode back = world.comesBackEmpty(N4);
    leader.register().recovered(N4, Incarnation.FOUNDING);
    world.hold(sent -> sent.from().equals(N3));
    run("n4 is back without memory, R = {n4}: all starts over in the next ballot, and 2 count;"
        + " n4 itself is silent");
    decided(value(1));
    world.hold(sent -> false);
    run("n3 is heard again");
    Value named = new Reconfigure(Era.ZERO, four(back.store())).encode();
    leader.proposer().propose(named);
    run("n4 is up to date, and its new store is named");
    leader.proposer().propose(value(2));
    run("n4 votes again, R = {}");
    decided(value(1), named, value(2));
    transcript.isAsIn("winter.txt");
  }
}
