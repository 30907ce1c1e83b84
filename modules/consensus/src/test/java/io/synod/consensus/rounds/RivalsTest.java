package io.synod.consensus.rounds;

import static io.synod.consensus.rounds.FakeRegister.value;
import static io.synod.consensus.rounds.World.N1;
import static io.synod.consensus.rounds.World.N2;
import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.message.RegisterMessage.Accept;
import io.synod.api.model.ConsensusMode;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Termination needs one leader: two proposers that take turns at reading before the other has
 * written abort each other for as long as they like, and either of them alone decides. Safety does
 * not depend on it.
 */
class RivalsTest {
  private static final int ROUNDS = 100;

  /** Proposes, with its writes held back until the rival has read in a higher ballot. */
  private static void proposeInVain(World world, WorldNode proposer, WorldNode rival, int tag) {
    world.hold(sent -> sent.message() instanceof Accept && sent.from().equals(proposer.id()));
    proposer.proposer().propose(value(tag));
    proposer.turn(List.of());
    world.run();
    rival.lead();
    world.run();
    world.hold(sent -> false);
    world.run();
  }

  @ParameterizedTest
  @EnumSource(ConsensusMode.class)
  void twoRivalsMayStarveEachOtherAndOneAloneDecides(ConsensusMode mode) {
    World world = new World(mode);
    WorldNode one = world.node(N1);
    WorldNode other = world.node(N2);
    one.lead();
    world.run();
    for (int round = 0; round < ROUNDS; round++) {
      proposeInVain(world, one, other, 1);
      proposeInVain(world, other, one, 2);
      assertThat(world.all()).allSatisfy(node -> assertThat(node.decided()).isEmpty());
    }
    assertThat(one.deposedBy()).hasSizeGreaterThanOrEqualTo(ROUNDS);
    assertThat(other.deposedBy()).hasSizeGreaterThanOrEqualTo(ROUNDS);
    one.proposer().propose(value(3));
    one.turn(List.of());
    world.run();
    assertThat(one.decided()).contains(value(3));
  }
}
